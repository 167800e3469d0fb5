"""The place's rule, what people chose, where machines listen, the calendar link."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from namro.delivery.catalog import policy_of
from namro.delivery.models import CalendarLink, Choice, Endpoint, Policy
from namro.delivery.terms import Channel, Level, PolicyDef
from namro.organisation.models import Post


def policy() -> PolicyDef:
    """The place's rule of delivery, or the defaults where the package brings none."""
    row = Policy.objects.order_by("pk").last()
    return policy_of(row.body) if row else PolicyDef()


def choices_of(person_ids: Collection[int]) -> dict[int, dict[tuple[Level, Channel], bool]]:
    """By person, what they chose otherwise than the place's rule."""
    found: dict[int, dict[tuple[Level, Channel], bool]] = defaultdict(dict)
    for row in Choice.objects.filter(person_id__in=person_ids):
        found[row.person_id][Level(row.level), Channel(row.channel)] = row.wanted
    return found


def roles_on(person_ids: Collection[int], day: date) -> dict[int, set[str]]:
    """By person, the roles of the posts they hold on the day."""
    held = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), person_id__in=person_ids, valid_from__lte=day
    )
    found: dict[int, set[str]] = defaultdict(set)
    for person_id, role in held.values_list("person_id", "role"):
        found[person_id].add(role)
    return found


def endpoints() -> QuerySet[Endpoint]:
    """The webhooks in use, the newest first."""
    return (
        Endpoint.objects.filter(ended_at__isnull=True).select_related("person", "unit").order_by("-made_at")
    )


def calendar_link_of(person_id: int) -> CalendarLink | None:
    """The link in force by which the person's calendar is read."""
    return (
        CalendarLink.objects.filter(person_id=person_id, revoked_at__isnull=True).order_by("-made_at").first()
    )
