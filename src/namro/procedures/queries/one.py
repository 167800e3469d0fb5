"""One procedure: its text on a day, its history with what changed, and where its code went or came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from namro.ground import clock
from namro.procedures.formulas.comparing import PartDiff, differences
from namro.procedures.models import Procedure, ProcedureVersion, Succession
from namro.procedures.terms import VersionState

MOST_SUCCESSIONS = 10


@dataclass(frozen=True)
class Version:
    """A version with the day it stopped holding (None: it holds), its state today, and what it changed."""

    row: ProcedureVersion
    valid_to: date | None
    state: VersionState
    diff: list[PartDiff]


def procedure(code: str) -> Procedure | None:
    """The procedure of a code, with its version in force, or None."""
    return Procedure.objects.select_related("current__batch").filter(code=code).first()


def version_on(of: Procedure, day: date) -> ProcedureVersion | None:
    """The text that held on the day: None before the first version and after the end."""
    found = of.versions.filter(valid_from__lte=day).select_related("batch").order_by("-number").first()
    return None if found is None or found.is_end else found


def last_text(of: Procedure) -> ProcedureVersion | None:
    """The last version that has a text: what an ended procedure said."""
    return of.versions.filter(is_end=False).select_related("batch").order_by("-number").first()


def history_of(of: Procedure) -> list[Version]:
    """All versions, the latest first, each with its difference from the one before it; one query."""
    rows = list(of.versions.select_related("batch", "published_by").order_by("number"))
    ends = [row.valid_from for row in rows[1:]] + [None]
    told = [
        Version(row, end, state_on(row, end, clock.today()), _diff(rows, place))
        for place, (row, end) in enumerate(zip(rows, ends, strict=True))
    ]
    return told[::-1]


def _diff(rows: Sequence[ProcedureVersion], place: int) -> list[PartDiff]:
    """How the version at a place differs from the last text before it; nothing for the first and for an end."""
    body = rows[place].body
    before = next((row.body for row in reversed(rows[:place]) if row.body is not None), None)
    return [] if body is None or before is None else differences(before, body)


def state_on(row: ProcedureVersion, end: date | None, day: date) -> VersionState:
    """The state of a version on a day, by the day it began and the day the next one begins."""
    if row.is_end:
        return VersionState.ENDED
    if row.valid_from > day:
        return VersionState.COMING
    return VersionState.REPLACED if end is not None and end <= day else VersionState.IN_FORCE


def successors_of(code: str) -> list[Succession]:
    """Where an old code went, followed to its last codes; at most MOST_SUCCESSIONS steps, never in a circle."""
    found: list[Succession] = []
    seen, codes = {code}, [code]
    for _ in range(MOST_SUCCESSIONS):
        steps = list(Succession.objects.filter(old_code__in=codes))
        found = [kept for kept in found if kept.new_code not in {step.old_code for step in steps}] + steps
        codes = [step.new_code for step in steps if step.new_code not in seen]
        seen.update(codes)
        if not codes:
            break
    return found


def predecessors_of(code: str) -> list[Succession]:
    """The old codes whose place the code took."""
    return list(Succession.objects.filter(new_code=code)[:MOST_SUCCESSIONS])
