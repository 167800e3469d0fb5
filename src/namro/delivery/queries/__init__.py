"""Reads of the delivery: a person's notices, why one was (not) told, the outbox, what was chosen."""

from namro.delivery.queries.choosing import calendar_link_of, choices_of, endpoints, policy, roles_on
from namro.delivery.queries.inbox import NoticePage, inbox, unread_count
from namro.delivery.queries.outbox import DeadPage, dead_count, dead_letters
from namro.delivery.queries.why import Line, Step, log_of

__all__ = [
    "DeadPage",
    "Line",
    "NoticePage",
    "Step",
    "calendar_link_of",
    "choices_of",
    "dead_count",
    "dead_letters",
    "endpoints",
    "inbox",
    "log_of",
    "policy",
    "roles_on",
    "unread_count",
]
