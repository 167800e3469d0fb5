"""From what was touched to what must be judged again: which rules read it, in which units they may see something else.

A landed batch moves the figures of one source: only the rules that read one of them are judged. What a unit shows to a
rule on outliers or on spreading hangs on its peers and neighbours: they are judged with it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from namro.alerts.models import Rule
from namro.alerts.terms import FEED_KINDS, FIGURE_KINDS, FORM_KINDS, TASK_KINDS, Kind, Touches
from namro.organisation.models import Neighbour, Unit

# The kinds of rule that read a table; what is read by no kind here lets every rule be judged.
READ_BY: Mapping[str, frozenset[Kind]] = {
    **dict.fromkeys(("tasks_task", "tasks_progressreport", "tasks_evidence", "tasks_extension"), TASK_KINDS),
    **dict.fromkeys(("sources_submission", "sources_finding"), FORM_KINDS),
    **dict.fromkeys(("sources_source", "sources_batch", "sources_quarantinedrow"), FEED_KINDS),
    "reports_sentreport": frozenset({Kind.REPORT_LATE}),
    "indicators_target": frozenset({Kind.FIGURE_OFF_TRAJECTORY}),
}
FIGURES = "indicators_figure"


@dataclass(frozen=True)
class Scope:
    """What is judged again: some units, or all; some rules, by key, or all."""

    units: list[int] | None = None
    rules: list[int] | None = None


def scope_of(touches: Touches | None) -> Scope:
    """Return what must be judged again after some touches (None: everything); at most three queries."""
    if touches is None:
        return Scope()
    if not touches.units:
        return Scope([], [])
    kinds, indicators = _kinds(touches), _indicators(touches)
    if kinds is None:
        return Scope(sorted(touches.units | _of_others(touches.units, _reading(frozenset(), indicators))))
    reading = _reading(kinds, indicators)
    moved = frozenset(pk for pk, about in touches.marks if about.startswith(FIGURES))
    return Scope(sorted(touches.units | _of_others(moved, reading)), sorted(reading))


def _kinds(touches: Touches) -> frozenset[Kind] | None:
    """The kinds that read the tables touched, figures aside; None where a table is read by who knows whom."""
    tables = {about for _, about in touches.marks if not about.startswith(FIGURES)}
    if tables - READ_BY.keys():
        return None
    return frozenset(kind for table in tables for kind in READ_BY[table])


def _indicators(touches: Touches) -> frozenset[str]:
    return frozenset(about.partition(":")[2] for _, about in touches.marks if about.startswith(FIGURES))


def _reading(kinds: Collection[Kind], indicators: Collection[str]) -> dict[int, str]:
    """The rules in use of some kinds, and those over figures that read some indicators: their kinds by key."""
    own = Q(indicator__in=indicators) | Q(body__compare__with__indicator__in=list(indicators))
    rows = Rule.objects.filter(Q(kind__in=kinds) | Q(own, kind__in=FIGURE_KINDS), is_live=True)
    return dict(rows.values_list("pk", "kind"))


def _of_others(moved: Collection[int], reading: Mapping[int, str]) -> set[int]:
    """The peers and neighbours of units whose figures moved, as far as rules in question compare with them."""
    kinds, found = set(reading.values()), set[int]()
    if Kind.FIGURE_SPREAD in kinds:
        found |= set(Neighbour.objects.filter(unit__in=moved).values_list("other_id", flat=True))
    if Kind.FIGURE_OUTLIER in kinds:
        places = Unit.objects.filter(pk__in=moved).values_list("kind", "parent_id").distinct()
        for kind, parent_id in places:
            peers = Unit.objects.filter(kind=kind, parent=parent_id, valid_to__isnull=True)
            found |= set(peers.values_list("pk", flat=True))
    return found
