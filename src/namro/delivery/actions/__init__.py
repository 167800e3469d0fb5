"""Verbs of the delivery: tell, carry, and what those who are told may choose."""

from namro.delivery.actions.carrying import carry
from namro.delivery.actions.choosing import (
    add_endpoint,
    choose,
    end_endpoint,
    load_package,
    make_calendar_link,
    mark_read,
    open_calendar,
    retry,
    revoke_calendar_link,
)
from namro.delivery.actions.telling import tell

__all__ = [
    "add_endpoint",
    "carry",
    "choose",
    "end_endpoint",
    "load_package",
    "make_calendar_link",
    "mark_read",
    "open_calendar",
    "retry",
    "revoke_calendar_link",
    "tell",
]
