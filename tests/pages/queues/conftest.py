"""The office of the queues' own tests, for its pages."""

from tests.queues.conftest import clerk, counters, office, world

__all__ = ["clerk", "counters", "office", "world"]
