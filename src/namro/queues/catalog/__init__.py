"""Declared things of the queues: offices with their services, counters, priority classes and rhythm."""

from namro.queues.catalog.offices import CounterDef, OfficeDef, ServiceDef, read_offices
from namro.queues.catalog.rhythms import as_body, from_body

__all__ = ["CounterDef", "OfficeDef", "ServiceDef", "as_body", "from_body", "read_offices"]
