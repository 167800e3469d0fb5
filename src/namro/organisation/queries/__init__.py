"""Reads of the organisation: the viewer, the tree, people, and old names that lead to the new units."""

from namro.organisation.queries.calendar import first_late_day, forget_calendar, working_calendar
from namro.organisation.queries.deputies import (
    Deputy,
    deputies_on,
    deputised_posts,
    deputisings_of,
    posts_to_deputise,
)
from namro.organisation.queries.finding import Found, find_units, unit_named, unit_or_successor
from namro.organisation.queries.people import (
    DemoAccount,
    demo_accounts,
    holders,
    people_of,
    posts_held,
    posts_in,
)
from namro.organisation.queries.tree import (
    agencies_of,
    ancestors_of,
    city_of,
    communes_of,
    current_by_code,
    predecessors_of,
    subtree_ids,
    unit_on,
)
from namro.organisation.queries.viewing import ROLE_ORDER, posts_on, viewer

__all__ = [
    "ROLE_ORDER",
    "DemoAccount",
    "Deputy",
    "Found",
    "agencies_of",
    "ancestors_of",
    "city_of",
    "communes_of",
    "current_by_code",
    "demo_accounts",
    "deputies_on",
    "deputised_posts",
    "deputisings_of",
    "find_units",
    "first_late_day",
    "forget_calendar",
    "holders",
    "people_of",
    "posts_held",
    "posts_in",
    "posts_on",
    "posts_to_deputise",
    "predecessors_of",
    "subtree_ids",
    "unit_named",
    "unit_on",
    "unit_or_successor",
    "viewer",
    "working_calendar",
]
