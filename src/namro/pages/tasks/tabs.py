"""Tabs of the list: the groups of states, each with its count."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from namro.organisation.terms import Capability, Viewer
from namro.pages.tasks.asked import ALL, DRAFTS, STATE_LABELS, WAITING, Asked
from namro.tasks.queries import TaskFilter, count_up_to, most_counted
from namro.tasks.queries.headline import Headline
from namro.tasks.terms import STATE_GROUPS

ALWAYS = ("overdue", "open", "done")


def tabs(viewer: Viewer, asked: Asked, found: Headline) -> list[dict[str, Any]]:
    """All, overdue, open, done; the state asked for beside them; today also results that wait and drafts."""
    current = asked.state
    beside = [current] if current in STATE_LABELS and current not in (*ALWAYS, WAITING, DRAFTS) else []
    shown: list[dict[str, Any]] = [_tab(asked, "", _("Tất cả"), None if found.is_cut else found.counts.total)]
    shown += [
        _tab(asked, code, STATE_LABELS[code], None if found.is_cut else _count(found, code))
        for code in (*ALWAYS, *beside)
    ]
    return shown if asked.as_of.is_past else shown + _today_only(viewer, asked)


def _today_only(viewer: Viewer, asked: Asked) -> list[dict[str, Any]]:
    """Steps of the procedure that have no past: results handed in, and drafts for those who may give out work."""
    whole = replace(asked.filter, state="", waiting=False, drafts=False)
    found = [_tab(asked, WAITING, STATE_LABELS[WAITING], _bounded(viewer, replace(whole, waiting=True)))]
    if viewer.can(Capability.ASSIGN_TASKS):
        found.append(_tab(asked, DRAFTS, STATE_LABELS[DRAFTS], _bounded(viewer, replace(whole, drafts=True))))
    return [tab for tab in found if tab["count"] != 0 or tab["current"]]


def _bounded(viewer: Viewer, asked: TaskFilter) -> int | None:
    """How many, None where it is not counted: beyond the bound, or where words would be looked for once more."""
    if asked.syllables:
        return None
    count = count_up_to(viewer, asked)
    return count if count <= most_counted(asked) else None


def _count(found: Headline, code: str) -> int:
    return sum(getattr(found.counts, state) for state in STATE_GROUPS.get(code, (code,)))


def _tab(asked: Asked, code: str, label: Any, count: int | None) -> dict[str, Any]:
    current = asked.state == code
    return {"label": label, "url": asked.address(trang_thai=code or ALL), "count": count, "current": current}
