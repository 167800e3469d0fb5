"""The office for those who run or read it: how it stands, whether what was told came true, the numbers behind."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from namro.dossiers.queries import today as desk
from namro.ground import clock
from namro.ground.days import DayRefused, parse_day
from namro.ground.numbers import format_number
from namro.organisation.terms import Capability
from namro.pages.links import address
from namro.pages.naming import named
from namro.pages.queues.finding import READERS, office_in_reach
from namro.pages.queues.words import basis_words, coverage_words, hours_words, interval_words
from namro.pages.viewing import needs, viewer_of
from namro.queues import queries
from namro.queues.queries import Coverage, Hall
from namro.queues.rules.booking import minute_of
from namro.queues.terms import State

MOST_OFFICES = 100
# What the address of the list of numbers may ask.
ASKED = ("ngay", "tu", "den", "trang_thai", "nhom", "ngoai", "chua_goi")


@require_safe
@needs(*READERS)
def queue_offices(request: HttpRequest) -> HttpResponse:
    """The offices in reach, each with how many are waiting now."""
    offices = list(queries.offices_in_reach(viewer_of(request))[:MOST_OFFICES])
    now = queries.waiting_by_office()
    rows = [{"office": each, "waiting": now.get(each.pk, 0)} for each in offices]
    return render(request, "queues/offices.html", {"rows": rows, "sentence": _offices_words(rows)})


def _offices_words(rows: list[dict[str, Any]]) -> str:
    waiting = sum(row["waiting"] for row in rows)
    words = ngettext(
        "%(n)s người đang chờ ở %(m)s nơi xếp hàng", "%(n)s người đang chờ ở %(m)s nơi xếp hàng", waiting
    )
    return words % {"n": format_number(waiting), "m": format_number(len(rows))}


@require_safe
@needs(*READERS)
def queue_office(request: HttpRequest, unit: str) -> HttpResponse:
    """One office now: who waits for what and how long a newcomer would, its counters, and whether it told the truth.

    The hall is as of the clock; what became of the waits reaches as far as made-up dossiers do, where there are any.
    """
    office = office_in_reach(request, unit)
    hall, viewer, today, told_until = queries.hall(office), viewer_of(request), clock.today(), desk.today()
    services = _services(hall)
    context = {
        "office": office, "hall": hall, "sentence": _sentence(hall), "hours": hours_words(office.halves),
        "services": services, "basis": _one_basis(services), "counters": _counters(hall), "today": today,
        "coverage": _coverage(queries.coverage(office, told_until)),
        "uncalled": queries.uncalled(office, told_until), "since": queries.first_counted(told_until),
        "level": round(office.level * 100), "days": queries.days_of(office, told_until),
        "months": queries.months_of(office, told_until), "told_until": told_until,
        "may_call": viewer.can(Capability.RECEIVE_DOSSIERS), "may_run": viewer.can(Capability.RUN_DESK),
    }  # fmt: skip
    return render(request, "queues/office.html", context)


def _sentence(hall: Hall) -> str:
    counters = len(hall.open_counters)
    if not hall.waiting:
        return _("Không ai phải chờ; %s quầy đang mở") % format_number(counters)
    return _("%(n)s người đang chờ, %(c)s quầy đang mở") % {
        "n": format_number(len(hall.waiting)), "c": format_number(counters),
    }  # fmt: skip


def _services(hall: Hall) -> list[dict[str, Any]]:
    """Return, by service, who waits and what a newcomer would be told."""
    past = queries.calibration_of(hall.standing.office)
    here = minute_of(clock.now().timetz())
    rows = []
    for each in hall.standing.services:
        told = queries.forecast(hall.standing, past, each, here)
        rows.append(
            {
                "service": each,
                "name": named(each),
                "counters": told.counters,
                "waiting": sum(row.service_id == each.pk for row in hall.waiting),
                "wait": interval_words(told.told),
                "basis": basis_words(told, hall.standing.office.level),
            }
        )
    return rows


def _one_basis(services: list[dict[str, Any]]) -> str:
    """Return what all the waits are founded on, empty where it is not the same for each."""
    founded = {row["basis"] for row in services}
    return founded.pop() if len(founded) == 1 else ""


def _counters(hall: Hall) -> list[dict[str, Any]]:
    names = {each.code: named(each) for each in hall.standing.services}
    return [
        {
            "counter": each, "ticket": hall.at_counter.get(each.pk),
            "services": [names[code] for code in each.services if code in names],
        }
        for each in hall.counters
    ]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of the coverage: of which waits, in words, with the interval that their number allows (per cent)."""

    name: str
    words: str
    found: Coverage
    share: float
    low: float
    high: float


def _coverage(found: list[Coverage]) -> list[Line]:
    names = (
        _("Mọi lần chờ"), _("Lúc không có ai phía trước"), _("Lúc chờ ngắn (đến 15 phút)"),
        _("Lúc chờ dài (trên 15 phút)"),
    )  # fmt: skip
    return [
        Line(
            name, coverage_words(each), each, (each.share or 0) * 100, *(side * 100 for side in each.allowed)
        )
        for name, each in zip(names, found, strict=True)
        if each.all
    ]


@require_safe
@needs(*READERS)
def queue_tickets(request: HttpRequest, unit: str) -> HttpResponse:
    """The numbers behind the counts: of a day, a state, a service, or those whose wait was not what was told.

    A day that does not exist is told, and no number is shown in its place.
    """
    office = office_in_reach(request, unit)
    asked = {name: request.GET.get(name, "")[:40].replace("\x00", "") for name in ASKED}
    refusal, page = "", queries.Page([], "")
    try:
        page = queries.tickets_page(office, _sought(asked), after=request.GET.get("sau", "")[:40])
    except DayRefused as refused:
        refusal = f"{refused}."
    kept = {name: value for name, value in asked.items() if value}
    context = {
        "office": office, "tickets": page.tickets, "asked": asked, "refusal": refusal, "states": State.choices,
        "services": [(each.code, named(each)) for each in office.services.all()],
        "next_url": address("queue_tickets", unit, **kept, sau=page.after) if page.after else "",
        "first_url": address("queue_tickets", unit, **kept) if request.GET.get("sau") else "",
    }  # fmt: skip
    return render(request, "queues/tickets.html", context)


def _sought(asked: dict[str, str]) -> queries.Sought:
    """Return which numbers the address asks for; DayRefused for a day that does not exist."""
    day, since, until = (parse_day(asked[name]) if asked[name] else None for name in ("ngay", "tu", "den"))
    state = asked["trang_thai"] if asked["trang_thai"] in State.values else ""
    return queries.Sought(
        day,
        since,
        until,
        state,
        asked["nhom"],
        missed_interval=asked["ngoai"] == "1",
        never_called=asked["chua_goi"] == "1",
    )
