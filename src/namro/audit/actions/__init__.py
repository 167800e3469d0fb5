"""The verbs of the log: record an act, seal what was recorded into the chain."""

from namro.audit.actions.checkpoints import note_checkpoint, noted_checkpoints
from namro.audit.actions.recording import line, plain, record, record_many
from namro.audit.actions.sealing import seal

__all__ = ["line", "note_checkpoint", "noted_checkpoints", "plain", "record", "record_many", "seal"]
