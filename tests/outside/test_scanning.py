"""The scanner is asked by its own protocol, and whoever did not look does not say clean."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from namro.outside.scanning import PIECE, Seen, Unscanned, Verdict, scan

Speaker = Callable[[bytes], bytes]


@pytest.fixture
def scanner(settings: Any) -> Iterator[list[bytes]]:
    """A scanner on loopback that finds what is called bad; what it was sent stands in the list."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(20)
        settings.NAMRO_CLAMAV = f"127.0.0.1:{door.getsockname()[1]}"
        thread = threading.Thread(target=serve, args=(door, heard))
        thread.start()
        yield heard
        thread.join(20)


def serve(door: socket.socket, heard: list[bytes]) -> None:
    """Answer one call as clamd does."""
    line, _ = door.accept()
    with line, line.makefile("rb") as sent:
        assert sent.read(10) == b"zINSTREAM\0"
        while size := struct.unpack("!L", sent.read(4))[0]:
            heard.append(sent.read(size))
        content = b"".join(heard)
        if b"silent" not in content:
            line.sendall(b"stream: Eicar-Test FOUND\0" if b"bad" in content else b"stream: OK\0")


def test_a_file_goes_over_in_pieces_and_is_clean(scanner: list[bytes]) -> None:
    content = b"x" * (PIECE + 5)
    assert scan(content) == Verdict(Seen.CLEAN)
    assert [len(piece) for piece in scanner] == [PIECE, 5]


def test_what_is_found_is_named(scanner: list[bytes]) -> None:
    assert scan(b"bad") == Verdict(Seen.INFECTED, "Eicar-Test")


def test_a_scanner_that_hangs_up_did_not_look(scanner: list[bytes]) -> None:
    with pytest.raises(Unscanned):
        scan(b"silent")


def test_a_scanner_that_is_not_there_did_not_look(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.NAMRO_CLAMAV = f"127.0.0.1:{door.getsockname()[1]}"
    with pytest.raises(Unscanned):
        scan(b"x")


def test_without_a_scanner_nobody_looked(settings: Any) -> None:
    settings.NAMRO_CLAMAV = ""
    assert scan(b"x").seen is Seen.NOBODY_LOOKED
