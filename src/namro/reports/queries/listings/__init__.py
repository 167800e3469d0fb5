"""Lists whose rows are read: units by what they have done, tasks overdue, due dates moved, communes by criteria.

Tasks that bear a mark of confidentiality are counted but never named: a report goes from hand to hand.
"""

from collections.abc import Callable

from namro.reports.queries.listings.asking import Asking
from namro.reports.queries.listings.communes import communes
from namro.reports.queries.listings.lateness import extensions, overdue
from namro.reports.queries.listings.league import league_table
from namro.reports.queries.listings.standing import open_alerts
from namro.reports.queries.listings.urging import late_forms, late_reports, late_tasks
from namro.reports.terms import Table

__all__ = ["Asking", "listing"]

_MAKERS: dict[str, Callable[[Asking, list[str]], Table]] = {
    "league": league_table,
    "overdue": overdue,
    "extensions": extensions,
    "communes": communes,
    "late_tasks": late_tasks,
    "late_forms": late_forms,
    "late_reports": late_reports,
    "open_alerts": open_alerts,
}


def listing(key: str, asking: Asking) -> Table:
    """Return the list of a key such as 'league:tw:bcd' or 'overdue:xp'."""
    name, *of = key.split(":")
    return _MAKERS[name](asking, of)
