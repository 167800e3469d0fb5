"""Verbs of the organisation: load units, put people and posts, end posts, let others stand in."""

from namro.organisation.actions.deputies import deputise, end_deputising
from namro.organisation.actions.people import (
    add_person,
    end_post,
    give_post,
    put_people,
    set_active,
    set_email,
)
from namro.organisation.actions.units import load_package

__all__ = [
    "add_person",
    "deputise",
    "end_deputising",
    "end_post",
    "give_post",
    "load_package",
    "put_people",
    "set_active",
    "set_email",
]
