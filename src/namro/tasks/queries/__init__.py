"""Reads of the tasks; every one that serves a person takes the viewer."""

from namro.tasks.queries.counting import (
    Counts,
    counts_by_register,
    counts_by_tree,
    counts_by_unit,
    daily_counts,
)
from namro.tasks.queries.desk import Desk, desk
from namro.tasks.queries.finding import TaskFilter, find, longest_overdue
from namro.tasks.queries.league import LeagueRow, league
from namro.tasks.queries.one import one_task, rulebook
from namro.tasks.queries.paging import Page, count_up_to, most_counted, page_of
from namro.tasks.queries.scope import visible_to

__all__ = [
    "Counts",
    "Desk",
    "LeagueRow",
    "Page",
    "TaskFilter",
    "count_up_to",
    "counts_by_register",
    "counts_by_tree",
    "counts_by_unit",
    "daily_counts",
    "desk",
    "find",
    "league",
    "longest_overdue",
    "most_counted",
    "one_task",
    "page_of",
    "rulebook",
    "visible_to",
]
