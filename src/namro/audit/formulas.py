"""The hash of a link: everything about the line, and the hash before it."""

import hashlib

# Before the first line there is nothing.
BEGINNING = ""


def link_hash(previous: str, *, seq: int, sealed_at: str, content: str) -> str:
    """Return the hash (SHA-256, hex) of a link; `content` is the line, all its values in order."""
    told = "\n".join([previous, str(seq), sealed_at, content])
    return hashlib.sha256(told.encode()).hexdigest()
