"""Pages of dossiers by cursor, never by offset, so that no page's cost grows with their number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from namro.dossiers.models import Dossier
from namro.dossiers.queries.finding import Asked, HoldsWords, Times, find, units_asked, without_words
from namro.dossiers.terms import FILED, RUNNING, Group
from namro.organisation.terms import Viewer

PAGE_SIZE = 30
MOST_COUNTED = 1000
# Common words are met soon by walking the list in its order; what is not met within so many rows is rare, and the index
# of words is quick for it.
WALKED_ROWS = 4000
SMALL_REACH = 3
BY_DUE = frozenset({Group.RUNNING, Group.AT_RISK, Group.LATE})
BY_TOUCH = frozenset({Group.TO_RECEIVE, Group.STOPPED, Group.TO_HAND_OVER})
LISTED = (
    "code state channel due_at promised_at submitted_at received_at finished_at stopped_since touched_at late_on "
    "desk_since desk_due_at supplements outcome unit_id received_unit_id holder_id fee fee_paid_at version_no "
    "is_synthetic procedure__code procedure__name unit__name unit__short_name desk__name desk__desk holder__full_name "
    "applicant__name applicant__kind applicant__identity_tail"
).split()


@dataclass(frozen=True)
class Page:
    """A page of dossiers, the cursor to the next (empty at the end), and the moments by which they are late."""

    dossiers: list[Dossier]
    after: str
    times: Times


def page_of(
    viewer: Viewer, asked: Asked, *, after: str = "", size: int = PAGE_SIZE, times: Times | None = None
) -> Page:
    """One page in the order of its group, from behind a cursor: what is due first, what waits longest, the newest."""
    times = times or Times.read()
    rows = ordered(viewer, asked, times, after)
    if asked.syllables:
        met = _met(viewer, asked, times, size + 1, after)
        rows = in_order(Dossier.objects.filter(pk__in=met), asked)
    found = list(_shown(rows)[: size + 1])
    more, found = len(found) > size, found[:size]
    return Page(found, cursor(found[-1], asked) if more else "", times)


def ordered(
    viewer: Viewer, asked: Asked, times: Times, after: str = "", *, as_typed: bool = False
) -> QuerySet[Dossier]:
    """All that meet what is asked, in order, from behind a cursor on; `as_typed`: the last syllable is no beginning."""
    units = units_asked(viewer, asked)
    if asked.syllables and units is not None and len(units) <= SMALL_REACH:
        rows = without_words(viewer, asked, times).filter(HoldsWords(asked.syllables, as_typed=as_typed))
    else:
        rows = find(viewer, asked, times, as_typed=as_typed)
    return in_order(rows, asked, after)


def counts(viewer: Viewer, asked: Asked, times: Times | None = None) -> dict[str, int]:
    """How many dossiers each group holds, whatever words are asked for, each counted no further than one beyond
    MOST_COUNTED; one query beside those for the moments, where they are not told."""
    times = times or Times.read()
    parts: list[str] = []
    values: list[Any] = []
    for group in Group:
        narrowed = Asked(group, asked.unit_id, asked.desk_id, asked.holder_id, asked.procedure_id,
                         asked.channel, for_others=asked.for_others)  # fmt: skip
        rows = without_words(viewer, narrowed, times).order_by().values("pk")[: MOST_COUNTED + 1]
        if rows.query.is_empty():
            parts.append("0")
            continue
        sql, given = rows.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 - our own statement
        values.extend(given)
    with connection.cursor() as cursor_:
        cursor_.execute(f"SELECT {', '.join(parts)}", values)
        return dict(zip(Group, cursor_.fetchone(), strict=True))


def _shown(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    return rows.select_related("procedure", "unit", "desk", "holder", "applicant").only(*LISTED)


def _met(viewer: Viewer, asked: Asked, times: Times, wanted: int, after: str) -> list[int]:
    """Ids of a page that holds the words: only a page is joined with what is shown of it. The words as they were typed,
    which the index finds sooner; where nothing holds them so, the last as the beginning of a syllable."""
    met = _met_by_walking(viewer, asked, times, wanted, after)
    for as_typed in (True, False):
        if not met:
            rows = ordered(viewer, asked, times, after, as_typed=as_typed)
            met = list(rows.values_list("pk", flat=True)[:wanted])
    return met or []


def _met_by_walking(viewer: Viewer, asked: Asked, times: Times, wanted: int, after: str) -> list[int] | None:
    """Ids of the first dossiers that hold the words, when walking the whole city's order meets enough of them."""
    if units_asked(viewer, asked) is not None:
        return None
    walk = in_order(without_words(viewer, asked, times), asked, after)
    walk = walk.annotate(holds=HoldsWords(asked.syllables, as_typed=True))
    sql, values = walk.values("pk", "holds")[:WALKED_ROWS].query.sql_with_params()
    with connection.cursor() as cursor_:
        cursor_.execute(f"SELECT id FROM ({sql}) AS walked (id, holds) WHERE holds LIMIT {wanted}", values)  # noqa: S608
        met = [pk for (pk,) in cursor_.fetchall()]
    return met if len(met) == wanted else None


def in_order(rows: QuerySet[Dossier], asked: Asked, after: str = "") -> QuerySet[Dossier]:
    """The order of a group, from behind a cursor on; the condition that an index is made for is said once more."""
    column, downwards = order_of(asked.group)
    if column == "due_at":
        rows = rows.filter(state__in=RUNNING)
    elif column == "submitted_at":
        rows = rows.filter(state__in=FILED)
    if after:
        rows = rows.filter(_behind(after, column, downwards))
    sign = "-" if downwards else ""
    return rows.order_by(f"{sign}{column}", f"{sign}pk")


def order_of(group: str) -> tuple[str, bool]:
    """The column a group is sorted by, and whether from the latest down."""
    if group in BY_DUE:
        return "due_at", False
    return ("touched_at", False) if group in BY_TOUCH else ("submitted_at", True)


def _behind(after: str, column: str, downwards: bool) -> Q:
    """The condition for all rows behind the cursor; one that nobody made here is read as the beginning."""
    try:
        moment, pk = after.split("_")
        at, key = datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return Q()
    step = "lt" if downwards else "gt"
    further = Q(**{f"{column}__{step}": at}) | Q(**{column: at, f"pk__{step}": key})
    return further & Q(**{f"{column}__{step}e": at})


def cursor(dossier: Dossier, asked: Asked) -> str:
    """Where a page ends."""
    column, _ = order_of(asked.group)
    return f"{getattr(dossier, column).isoformat()}_{dossier.pk}"
