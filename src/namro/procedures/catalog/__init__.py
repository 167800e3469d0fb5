"""Declared things of the procedures: records of a file, life events, old codes."""

from namro.procedures.catalog.events import LifeEventDef, SayingDef, read_events
from namro.procedures.catalog.reading import CODE, Fault, Reading, as_body, from_body, read_records, unpacked
from namro.procedures.catalog.successions import SuccessionDef, read_successions

__all__ = [
    "CODE", "Fault", "LifeEventDef", "Reading", "SayingDef", "SuccessionDef", "as_body", "from_body", "read_events",
    "read_records", "read_successions", "unpacked",
]  # fmt: skip
