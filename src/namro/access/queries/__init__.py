"""Reads of the door: visits and second factors of a person, who may come in, what a key opens."""

from namro.access.queries.keys import accounts, key_of, viewer_of_key
from namro.access.queries.people import (
    check_may_come_in,
    factors_of,
    has_factor,
    must_have_factor,
    recovery_codes_left,
    visits_of,
)

__all__ = [
    "accounts",
    "check_may_come_in",
    "factors_of",
    "has_factor",
    "key_of",
    "must_have_factor",
    "recovery_codes_left",
    "viewer_of_key",
    "visits_of",
]
