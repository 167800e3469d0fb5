"""A row of the league as the page and the export show it."""

from dataclasses import dataclass
from decimal import Decimal

from namro.ground.numbers import round_half_up
from namro.ground.period import Period
from namro.organisation.terms import Viewer
from namro.pages.asof import AsOf
from namro.pages.links import tasks_of, unit_page
from namro.tasks.queries import LeagueRow
from namro.tasks.queries.league import MEASURES

# What the two counts of each measure are called in the list of tasks.
STATE_OF_PART = {"finished": "done", "done": "done_on_time", "overdue": "overdue", "total": ""}


@dataclass(frozen=True)
class ShownRow:
    """A unit in the league, with the keys of components/league_rows.html; rates and bounds in per cent, the kind by its
    code: only an export says it in words."""

    name: str
    href: str
    code: str
    kind: str
    rank_low: int | None
    rank_high: int | None
    done: int
    assigned: int
    rate: Decimal | None
    low: Decimal | None
    high: Decimal | None
    overdue: int
    done_href: str
    assigned_href: str
    overdue_href: str
    mine: bool


def shown_row(
    viewer: Viewer,
    as_of: AsOf,
    row: LeagueRow,
    *,
    measure: str = "done",
    register: str = "",
    due: Period | None = None,
) -> ShownRow:
    """Return the row with the doors to its tasks, where the viewer may open them."""
    part, whole, _ = MEASURES[measure]

    def door(state: str) -> str:
        return tasks_of(viewer, row.unit, as_of, register=register, state=state, due=due)

    return ShownRow(
        name=row.unit.name,
        href=unit_page(row.unit, as_of),
        code=row.unit.code,
        kind=row.unit.kind,
        rank_low=row.first,
        rank_high=row.last,
        done=row.part,
        assigned=row.whole,
        rate=row.rate,
        low=_per_cent(row.low) if row.whole else None,
        high=_per_cent(row.high) if row.whole else None,
        overdue=row.counts.overdue,
        done_href=door(STATE_OF_PART[part]),
        assigned_href=door(STATE_OF_PART[whole]),
        overdue_href=door("overdue"),
        mine=row.unit.pk in viewer.post_unit_ids,
    )


def _per_cent(share: float) -> Decimal:
    return round_half_up(share * 100, 1)
