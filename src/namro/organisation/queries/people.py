"""People by unit, by the posts they hold, and the accounts of the demo."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from namro.organisation.models import Person, Post, Unit
from namro.organisation.terms import Role


def people_of(unit_ids: Iterable[int], day: date) -> QuerySet[Person]:
    """People who hold a post in the units on the day."""
    held = posts_held(day).filter(person=OuterRef("pk"), unit_id__in=list(unit_ids))
    return Person.objects.filter(Exists(held), is_active=True)


def posts_held(day: date) -> QuerySet[Post]:
    """Posts that are held on the day."""
    return Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class DemoAccount(NamedTuple):
    """A sign-in of the demo, shown by `namro up`."""

    role: str
    username: str
    unit: str


def demo_accounts() -> list[DemoAccount]:
    """One demo account a role, in the order of the roles."""
    posts = Post.objects.filter(person__is_demo=True).select_related("person", "unit").order_by("pk")
    first: dict[str, Post] = {}
    for post in posts:
        first.setdefault(post.role, post)
    return [
        DemoAccount(str(role.label), first[role].person.username, first[role].unit.label)
        for role in Role
        if role in first
    ]


def posts_in(unit: Unit, day: date) -> QuerySet[Post]:
    """Posts held in the unit on the day, with their people."""
    held = posts_held(day).filter(unit=unit)
    return held.select_related("person").order_by("role", "person__sort_key")


def holders(unit_ids: Iterable[int], roles: Iterable[str], day: date) -> dict[int, list[int]]:
    """By unit, the ids of the people with an open account who hold one of the roles there on the day; one query."""
    held = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        unit_id__in=list(unit_ids),
        role__in=list(roles),
        valid_from__lte=day,
        person__is_active=True,
    )
    found: dict[int, list[int]] = defaultdict(list)
    for unit_id, person_id in held.order_by("unit_id", "pk").values_list("unit_id", "person_id"):
        if person_id not in found[unit_id]:
            found[unit_id].append(person_id)
    return dict(found)
