"""The verbs of the log: record an act, seal what was recorded; and how an act that is sent twice happens once."""

from namro.audit.actions.checkpoints import note_checkpoint, noted_checkpoints
from namro.audit.actions.recording import line, plain, record, record_many
from namro.audit.actions.sealing import seal
from namro.audit.actions.turns import once, take_turn

__all__ = [
    "line",
    "note_checkpoint",
    "noted_checkpoints",
    "once",
    "plain",
    "record",
    "record_many",
    "seal",
    "take_turn",
]
