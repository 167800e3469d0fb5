"""The inner way of a dossier as a line: the desks it has passed, where it is, and what is ahead."""

from collections.abc import Iterable
from dataclasses import dataclass

from namro.dossiers.models import DeskStep, Dossier, DossierEvent
from namro.dossiers.queries.desk import route_of
from namro.dossiers.terms import State
from namro.ground.clock import VIETNAM
from namro.organisation.terms import Refused

DECIDED = (State.DECIDED, State.RESULT_GIVEN)


@dataclass(frozen=True)
class Step:
    """A desk of the way: done, now or ahead, and when the dossier came there."""

    name: str
    state: str
    when: str


def way_of(row: Dossier, events: Iterable[DossierEvent]) -> list[Step]:
    """Return the desks of the dossier's route; none for one that was refused or withdrawn, whose way ended."""
    if row.state in (State.REFUSED, State.WITHDRAWN):
        return []
    came = _arrivals(events)
    return [Step(each.name, _state(row, each), came.get(each.pk, "")) for each in _desks(row)]


def _desks(row: Dossier) -> list[DeskStep]:
    try:
        route_id = row.desk.route_id if row.desk else route_of(row.procedure).pk
    except Refused:
        return []  # a place without routes shows no way
    return list(DeskStep.objects.filter(route_id=route_id, is_current=True).order_by("order"))


def _state(row: Dossier, step: DeskStep) -> str:
    if row.state in DECIDED:
        return "done"
    if row.desk is None:
        return "ahead"
    if step.order == row.desk.order:
        return "now"
    return "done" if step.order < row.desk.order else "ahead"


def _arrivals(events: Iterable[DossierEvent]) -> dict[int, str]:
    """When the dossier first stood at each desk."""
    found: dict[int, str] = {}
    for event in sorted(events, key=lambda each: each.pk):
        if event.desk_id is not None:
            found.setdefault(event.desk_id, f"{event.at.astimezone(VIETNAM):%H:%M %d/%m}")
    return found
