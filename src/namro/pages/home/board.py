"""The excerpt of the league on the home page: the best, the last, and the viewer's own unit."""

from dataclasses import dataclass

from namro.pages.home.scope import Scope
from namro.pages.league.rows import ShownRow, shown_row
from namro.pages.links import address
from namro.tasks.queries import league

BEST, LAST = 4, 3


@dataclass(frozen=True)
class Board:
    """Rows of the excerpt in the order of the league, how many units are ranked, and the way to all of them."""

    rows: list[ShownRow]
    ranked: int
    href: str


def board(scope: Scope) -> Board:
    """Return the excerpt of the league of the agencies, or of the communes where the viewer sits in one."""
    peers = _peers(scope)
    found = league(peers, scope.by_unit)
    ranked = [row for row in found if row.first is not None]
    kept = {row.unit.pk for row in (*ranked[:BEST], *ranked[-LAST:])} | {scope.viewer.home_unit_id}
    rows = [
        shown_row(scope.viewer, scope.as_of, row) for row in found if row.unit.pk in kept and row.counts.total
    ]
    group = "xa-phuong" if peers is scope.communes else "co-quan"
    return Board(rows, len(ranked), address("league", nhom=group, **scope.as_of.query))


def _peers(scope: Scope) -> list:
    in_commune = scope.unit.pk in {unit.pk for unit in scope.communes}
    return scope.communes if in_commune else scope.agencies
