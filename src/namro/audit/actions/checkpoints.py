"""Checkpoints: how far the chain went, written down outside the database, so that a cut-off end is seen."""

import os
from pathlib import Path

from namro.audit.queries.chain import head
from namro.audit.terms import Checkpoint

FILE = "audit-checkpoints"


def note_checkpoint(folder: Path) -> Checkpoint | None:
    """Append where the chain ends now to the folder's list, when it has grown; returns it, None for an empty chain."""
    here = head()
    if here and here not in noted_checkpoints(folder):
        descriptor = os.open(folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as list_of_ends:
            list_of_ends.write(f"{here}\n")
    return here


def noted_checkpoints(folder: Path) -> list[Checkpoint]:
    """The checkpoints of a folder's list, oldest first; ValueError when a line is none."""
    file = folder / FILE
    lines = file.read_text().splitlines() if file.exists() else []
    return [Checkpoint.parse(line) for line in lines if line.strip()]
