"""Who stands in for whom on a day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from namro.organisation.models import Deputising, Post


class Deputy(NamedTuple):
    """Someone who stands in for a person who is away, and that person's name."""

    deputy_id: int
    name: str


def in_force(day: date) -> QuerySet[Deputising]:
    """Deputisings of the day, of posts that are held on it."""
    return Deputising.objects.filter(
        Q(post__valid_to__isnull=True) | Q(post__valid_to__gt=day),
        post__valid_from__lte=day,
        start__lte=day,
        end__gt=day,
    )


def deputies_on(person_ids: Collection[int], day: date) -> dict[int, list[Deputy]]:
    """By person who is away on the day, those who stand in; one query, of the few deputisings rather than the many."""
    rows = in_force(day).filter(deputy__is_active=True).order_by("pk")
    found: dict[int, list[Deputy]] = defaultdict(list)
    for person_id, name, deputy_id in rows.values_list(
        "post__person_id", "post__person__full_name", "deputy_id"
    ):
        if person_id in person_ids and Deputy(deputy_id, name) not in found[person_id]:
            found[person_id].append(Deputy(deputy_id, name))
    return dict(found)


def deputised_posts(person_id: int, day: date) -> Q:
    """The condition of the posts for which the person stands in on the day."""
    return Q(pk__in=in_force(day).filter(deputy_id=person_id).values("post_id"))


def deputisings_of(person_id: int, day: date) -> QuerySet[Deputising]:
    """Deputisings not yet over in which the person is away or stands in, the next first."""
    mine = Q(post__person_id=person_id) | Q(deputy_id=person_id)
    rows = Deputising.objects.filter(mine, end__gt=day)
    return rows.select_related("post__person", "post__unit", "deputy").order_by("start", "pk")


def posts_to_deputise(person_id: int, day: date) -> QuerySet[Post]:
    """Posts of the person that another may hold for a time."""
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return Post.objects.filter(held, person_id=person_id, valid_from__lte=day).select_related("unit")
