"""Looking for viruses in what people send: by ClamAV's own protocol (INSTREAM) where one is set up.

Where none is, the verdict says that nobody looked; it never says that a file is clean.
"""

import socket
import struct
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

PIECE = 64 * 1024
SECONDS = 20.0
MOST_ANSWER = 4096


class Unscanned(Exception):
    """The scanner that is set up did not look; for the operator. The file must not be taken."""


class Seen(StrEnum):
    """What the scanner saw."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOBODY_LOOKED = "not_scanned"


@dataclass(frozen=True)
class Verdict:
    """What was seen in a file, and by its name what was found."""

    seen: Seen
    found: str = ""


def is_configured() -> bool:
    """Whether this place has a scanner."""
    return bool(settings.NAMRO_CLAMAV)


def scan(content: bytes) -> Verdict:
    """Return the verdict on a file; Unscanned when the scanner does not answer as it should."""
    if not is_configured():
        return Verdict(Seen.NOBODY_LOOKED)
    host, _, port = settings.NAMRO_CLAMAV.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS) as line:
            return _verdict(_asked(line, content))
    except (OSError, ValueError) as fault:
        raise Unscanned(type(fault).__name__) from fault


def _asked(line: socket.socket, content: bytes) -> str:
    """Send the content in pieces, each after its length, and return the answer."""
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        line.sendall(struct.pack("!L", len(piece)) + piece)
    line.sendall(struct.pack("!L", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER and (more := line.recv(1024)):
        answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(answer: str) -> Verdict:
    """Read «stream: OK» or «stream: Name FOUND»; whatever else means that nobody looked."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Verdict(Seen.CLEAN)
    if said.endswith(" FOUND"):
        return Verdict(Seen.INFECTED, said.removesuffix(" FOUND")[:200])
    raise Unscanned(answer[:200] or "no answer")
