"""The list of people, and how the place stands: registers, definitions, feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from namro.ground import clock
from namro.ground.text import fold, sort_key
from namro.indicators.models import Definition
from namro.organisation.models import Person, Post, Unit
from namro.sources.models import FeedRun, Form
from namro.sources.queries import feed_states
from namro.tasks.models import Register

PAGE_SIZE = 50


@dataclass(frozen=True)
class PeoplePage:
    """People in Vietnamese order, and the key after which the next page begins (empty at the end)."""

    people: Sequence[Person]
    after: str


def people(words: str, after: str) -> PeoplePage:
    """Return a page of people whose name, sign-in name or unit holds the words without marks; two queries."""
    rows = Person.objects.prefetch_related(Prefetch("posts", _held(clock.today()), to_attr="held"))
    if words:
        rows = rows.filter(_matching(words))
    if after:
        key, _, pk = after.rpartition("_")
        rows = rows.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=int(pk) if pk.isdecimal() else 0))
    found = list(rows.order_by("sort_key", "pk").distinct()[: PAGE_SIZE + 1])
    last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    return PeoplePage(found[:PAGE_SIZE], f"{last.sort_key}_{last.pk}" if last else "")


def _held(day: date) -> QuerySet[Post]:
    held = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)
    return held.select_related("unit").order_by("-valid_from")


def _matching(words: str) -> Q:
    """By the sign-in name, by the beginning of the sort key, or by the folded name of a unit where a post is held."""
    units = Unit.objects.filter(folded__contains=fold(words))
    return (
        Q(username__icontains=words)
        | Q(full_name__icontains=words)
        | Q(sort_key__startswith=sort_key(words).partition("00")[0])
        | Q(posts__unit__in=units)
    )


@dataclass(frozen=True)
class Standing:
    """What the place holds: units, people, registers with their tasks, definitions, the last run of each feed."""

    units: int
    people: int
    shut: int
    registers: list[Register]
    forms: int
    indicators: int
    feeds: list[FeedRun]


def standing(day: date) -> Standing:
    """Return how the place stands on the day; a constant number of queries."""
    counted = Person.objects.aggregate(every=Count("pk"), shut=Count("pk", filter=Q(is_active=False)))
    return Standing(
        units=Unit.objects.valid_on(day).count(),
        people=counted["every"],
        shut=counted["shut"],
        registers=list(Register.objects.annotate(directive_count=Count("directives"))),
        forms=Form.objects.filter(is_active=True).count(),
        indicators=Definition.objects.filter(is_active=True).count(),
        feeds=feed_states(day),
    )
