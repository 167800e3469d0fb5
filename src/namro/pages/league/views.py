"""The league table and its export."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.audit.actions import record
from namro.ground.numbers import format_number
from namro.organisation.models import Unit
from namro.organisation.terms import Capability, Viewer
from namro.pages.league.asked import MEASURE_LABELS, PEERS, Asked, asked_of, peers_of
from namro.pages.league.export import as_file
from namro.pages.league.rows import ShownRow, shown_row
from namro.pages.links import address
from namro.pages.viewing import needs, viewer_of
from namro.tasks.queries import LeagueRow, counts_by_tree, league

PAGE_SIZE = 100


@require_safe
@needs()
def table(request: HttpRequest) -> HttpResponse:
    """Show the units ranked, 100 a page, with the intervals that their counts leave open."""
    viewer = viewer_of(request)
    asked = asked_of(request, viewer)
    every = ranked(viewer, asked)
    found = [row for row in every if row.counts.total]
    page = _page(request, len(found))
    part = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    context = _frame(viewer, asked, found) | _pages(asked, page, len(found))
    context |= {"rows": _shown(viewer, asked, part), "idle": len(every) - len(found)}
    return render(request, "league/league.html", context)


def ranked(viewer: Viewer, asked: Asked) -> list[LeagueRow]:
    """Return the whole table; three queries whatever the number of tasks."""
    units = peers_of(asked, viewer)
    ids = [register.pk for register in asked.counted]
    counts = counts_by_tree(viewer, asked.as_of.day, units=units, register_ids=ids, due=asked.due)
    return league(units, counts, measure=asked.measure, smallest=asked.smallest)


def _shown(viewer: Viewer, asked: Asked, rows: list[LeagueRow]) -> list[ShownRow]:
    code = asked.register.code if asked.register else ""
    return [
        shown_row(viewer, asked.as_of, row, measure=asked.measure, register=code, due=asked.due)
        for row in rows
    ]


def _frame(viewer: Viewer, asked: Asked, found: list[LeagueRow]) -> dict[str, Any]:
    counted = sum(1 for row in found if row.first is not None)
    return {
        "asked": asked,
        "as_of": asked.as_of,
        "form": asked.form,
        "sentence": _sentence(found, asked),
        "few": len(found) - counted,
        "measure": MEASURE_LABELS[asked.measure],
        "mine": _shown(viewer, asked, [row for row in found if row.unit.pk in viewer.post_unit_ids]),
        "exports": _exports(asked) if viewer.can(Capability.EXPORT) else [],
    }


def _sentence(found: list[LeagueRow], asked: Asked) -> str:
    """Return what the table surely shows: who may be first, and how many cannot be told apart from them."""
    leading = [row for row in found if row.first == 1]
    group = str(PEERS[asked.peers].label)
    if not leading:
        return _("%(group)s: chưa đơn vị nào có đủ %(n)s việc để xếp hạng.") % {
            "group": group, "n": format_number(asked.smallest)
        }  # fmt: skip
    if len(leading) == sum(1 for row in found if row.first is not None) > 1:
        return _("Số việc còn ít: chưa phân được hơn kém giữa %(n)s đơn vị nhóm %(group)s.") % {
            "n": format_number(len(leading)),
            "group": _lower(group),
        }
    if len(leading) == 1:
        return _("%(unit)s chắc chắn đứng đầu nhóm %(group)s.") % {
            "unit": leading[0].unit.name, "group": _lower(group)
        }  # fmt: skip
    return _("%(n)s đơn vị có thể cùng đứng đầu nhóm %(group)s.") % {
        "n": format_number(len(leading)), "group": _lower(group)
    }  # fmt: skip


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _exports(asked: Asked) -> list[tuple[str, str]]:
    return [
        (words, address("league_export", **asked.query(dang=kind)))  # type: ignore[arg-type]
        for kind, words in (("xlsx", _("Xuất Excel")), ("csv", _("Xuất CSV")))
    ]


def _page(request: HttpRequest, rows: int) -> int:
    text = request.GET.get("trang", "1")
    last = max(1, -(-rows // PAGE_SIZE))
    return min(max(1, int(text)), last) if text.isdecimal() and len(text) < 6 else 1


def _pages(asked: Asked, page: int, rows: int) -> dict[str, str]:
    first, last = (page - 1) * PAGE_SIZE + 1, min(page * PAGE_SIZE, rows)
    previous = address("league", **asked.query(trang=page - 1)) if page > 1 else ""  # type: ignore[arg-type]
    following = address("league", **asked.query(trang=page + 1)) if last < rows else ""  # type: ignore[arg-type]
    words = _("%(first)s đến %(last)s trong %(rows)s đơn vị") % {
        "first": format_number(first), "last": format_number(last), "rows": format_number(rows)
    }  # fmt: skip
    return {"previous_url": previous, "next_url": following, "page_words": words if rows > PAGE_SIZE else ""}


@require_safe
@needs(Capability.EXPORT)
@transaction.atomic
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the whole table as a file, leaving a line in the log of who took what."""
    viewer = viewer_of(request)
    asked = asked_of(request, viewer)
    rows = _shown(viewer, asked, ranked(viewer, asked))
    city = Unit.objects.get(pk=viewer.city_id)
    taken = {"table": "league", "rows": len(rows)} | asked.query() | {"day": asked.as_of.day}
    record(by=request.user, verb="export", obj=city, after=taken, unit=city.code)
    return as_file(rows, asked, kind=request.GET.get("dang", "xlsx"))
