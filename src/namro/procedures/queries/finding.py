"""Finding a procedure as a citizen would: by words without marks, by code, by what happened, by who does it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Count, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Least, Length

from namro.ground.text import fold
from namro.procedures.models import LifeEvent, Procedure, Saying
from namro.procedures.terms import Level

PAGE_SIZE = 30
MOST_COUNTED = 1000
MOST_SYLLABLES = 20
CODE = re.compile(r"\d\.[\d.A-Za-z]{0,28}")
CITIZEN = "Công dân Việt Nam"
# When no procedure holds all the words, those are shown that hold most of them.
ENOUGH = 0.7
# What a row of the list shows; the rest would only be carried along.
SHOWN = ("code", "name", "field", "agency", "levels", "is_online", "flags", "order_key")


@dataclass(frozen=True)
class Asked:
    """What is asked of the catalogue; empty fields ask nothing. `loose`: most of the words are enough."""

    words: str = ""
    field: str = ""
    level: str = ""
    applicant: str = ""
    event: str = ""
    flag: str = ""
    online: bool = False
    ended: bool = False
    loose: bool = False

    @property
    def code(self) -> str:
        """The beginning of a code, where one is asked for."""
        said = self.words.strip()
        return said.upper() if CODE.fullmatch(said) else ""


@dataclass(frozen=True)
class Page:
    """A page of procedures, the cursor to the next (empty at the end), and whether only most words were met."""

    procedures: list[Procedure]
    after: str
    is_loose: bool = False


@dataclass(frozen=True)
class Facets:
    """What the catalogue in force can be narrowed by, each with how many procedures it holds."""

    fields: list[tuple[str, int]]
    applicants: list[tuple[str, int]]


def find(asked: Asked) -> QuerySet[Procedure]:
    """Procedures that meet what is asked, each with `score`; unordered."""
    rows = _narrowed(Procedure.objects.filter(current__isnull=asked.ended), asked)
    if asked.code:
        return rows.filter(code__startswith=asked.code).annotate(score=Value(0))
    syllables = _syllables(asked.words)
    if not syllables:
        return rows.annotate(score=Value(0))
    if asked.loose:
        return _met_mostly(rows, syllables)
    return rows.filter(words=_query(syllables)).annotate(score=_score(syllables))


def page_of(asked: Asked, *, after: str = "", size: int = PAGE_SIZE) -> Page:
    """One page, best first, from behind a cursor on; with words that nothing holds, what holds most of them."""
    loose = after.startswith("~")
    rows = _listed(replace(asked, loose=loose), after.removeprefix("~"), size)
    if not rows and not after and not asked.code and len(fold(asked.words).split()) > 1:
        loose, rows = True, _listed(replace(asked, loose=True), "", size)
    more, rows = len(rows) > size, rows[:size]
    return Page(rows, ("~" if loose else "") + _cursor(rows[-1]) if more else "", loose)


def count_up_to(asked: Asked) -> int:
    """How many procedures meet it, counted no further than one beyond MOST_COUNTED."""
    return find(asked).order_by()[: MOST_COUNTED + 1].count()


def facets() -> Facets:
    """Fields and applicants of the catalogue in force, the commonest first."""
    in_force = Procedure.objects.filter(current__isnull=False).order_by()
    fields = in_force.values_list("field").annotate(n=Count("pk")).order_by("-n", "field")
    each = in_force.annotate(who=Func("applicants", function="unnest"))
    who = each.values_list("who").annotate(n=Count("pk")).order_by("-n", "who")
    return Facets(list(fields), list(who))


def events_with_counts() -> list[tuple[LifeEvent, int]]:
    """Life events in their order, each with how many procedures in force it leads to."""
    each = Procedure.objects.filter(current__isnull=False).annotate(event=Func("events", function="unnest"))
    held = dict(each.order_by().values_list("event").annotate(n=Count("pk")))
    return [(event, held.get(event.code, 0)) for event in LifeEvent.objects.all()]


def _syllables(words: str) -> list[str]:
    """The folded syllables asked for, in the words of the catalogue."""
    said = f" {fold(words)} "
    if not said.strip():
        return []
    for saying in Saying.objects.all():
        said = said.replace(f" {saying.says} ", f" {saying.means} ")
    return said.split()[:MOST_SYLLABLES]


def _narrowed(rows: QuerySet[Procedure], asked: Asked) -> QuerySet[Procedure]:
    held = {"levels": asked.level, "applicants": asked.applicant, "events": asked.event, "flags": asked.flag}
    if asked.field:
        rows = rows.filter(field=asked.field)
    rows = rows.filter(**{f"{name}__contains": [value] for name, value in held.items() if value})
    return rows.filter(is_online=True) if asked.online else rows


def _query(syllables: Sequence[str], weight: str = "") -> SearchQuery:
    """All syllables must stand in the row (in its name, with weight A); the last may be the beginning of one."""
    *whole, last = syllables
    tail = f"{last}:*{weight}"
    parts = [f"{each}:{weight}".rstrip(":") for each in whole]
    return SearchQuery(" & ".join([*parts, tail]), config="simple", search_type="raw")


def _score(syllables: Sequence[str]) -> CombinedExpression:
    """How well a row answers: the words in a row in its name, all in its name, near to people, a short name."""
    phrase = " ".join(syllables)
    return (
        _points(Q(folded_name__contains=phrase), 400)
        + _points(Q(words=_query(syllables, "A")), 300)
        + _closeness()
    )


def _met_mostly(rows: QuerySet[Procedure], syllables: Sequence[str]) -> QuerySet[Procedure]:
    """Rows that hold most of the syllables in their name, each counted."""
    distinct = list(dict.fromkeys(syllables))
    held = [
        _points(Q(words=SearchQuery(f"{each}:A", config="simple", search_type="raw")), 100)
        for each in distinct
    ]
    any_of = SearchQuery(" | ".join(f"{each}:A" for each in distinct), config="simple", search_type="raw")
    met = rows.filter(words=any_of).annotate(met=sum(held[1:], held[0]))
    return met.filter(met__gte=int(ENOUGH * 100 * len(distinct))).annotate(score=F("met") * 2 + _closeness())


def _closeness() -> CombinedExpression:
    """Points for what most people look for: done at the commune, for citizens, under a short name."""
    near = _points(Q(levels__contains=[Level.COMMUNE]), 40) + _points(
        Q(levels__contains=[Level.PROVINCE]), 20
    )
    return (
        near + _points(Q(applicants__contains=[CITIZEN]), 30) - Least(Length("folded_name"), Value(300)) / 3
    )


def _points(condition: Q, points: int) -> Case:
    return Case(When(condition, then=Value(points)), default=Value(0), output_field=IntegerField())


def _listed(asked: Asked, after: str, size: int) -> list[Procedure]:
    rows = find(asked)
    if after:
        score, key, pk = _position(after)
        behind = (
            Q(score__lt=score) | Q(score=score, order_key__gt=key) | Q(score=score, order_key=key, pk__gt=pk)
        )
        rows = rows.filter(behind)
    return list(rows.order_by("-score", "order_key", "pk").only(*SHOWN)[: size + 1])  # type: ignore[misc]


def _cursor(last: Procedure) -> str:
    return f"{last.score}_{last.order_key}_{last.pk}"  # type: ignore[attr-defined]


def _position(cursor: str) -> tuple[int, str, int]:
    """What a cursor says; one that nobody made here is read as the beginning."""
    found = re.fullmatch(r"(-?\d{1,6})_([0-9a-z]{0,240})_(\d{1,15})", cursor)
    return (int(found[1]), found[2], int(found[3])) if found else (1_000_000, "", 0)
