"""How many counters? The old line and the new one on the office's own rhythm, for each number of counters."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from namro.ground.numbers import format_number
from namro.pages.queues.finding import READERS, office_in_reach
from namro.pages.viewing import needs
from namro.queues import queries
from namro.queues.formulas.comparing import Asked, Line, Outcome, compare, needed
from namro.queues.models import Office

DAYS, SEED = 10, 57
MOST_COUNTERS, LIMITS = 10, (5, 120)
LINES = {
    Line.OLD: gettext_lazy("Xếp hàng kiểu cũ"),
    Line.NUMBERS: gettext_lazy("Lấy số, một hàng chung"),
    Line.ONLINE: gettext_lazy("Thêm nộp trực tuyến"),
    Line.BOOKED: gettext_lazy("Thêm đặt hẹn"),
}

# One question is asked again and again while people look at the answer; it is the same for everybody.
simulated = lru_cache(maxsize=64)(compare)


@require_safe
@needs(*READERS)
def queue_simulation(request: HttpRequest, unit: str) -> HttpResponse:
    """Compare the lines; what is asked stands in the address, so that an answer can be sent on."""
    office = office_in_reach(request, unit)
    asked, counted = asked_of(request, office), queries.rhythm_of_office(office)
    outcomes = simulated(counted.rhythm, asked)
    context = {
        "office": office, "asked": asked, "counted": counted, "sentence": sentence(outcomes, asked),
        "lines": list(LINES.values()), "rows": _rows(outcomes, asked),
        "needed": [(LINES[line], needed(outcomes, line)) for line in Line], "most": MOST_COUNTERS,
        "online": round(asked.online * 100), "booked": round(asked.booked * 100), "limit": int(asked.limit),
        "visits": {LINES[each.line]: each.visits_a_day for each in outcomes},
        "minutes": counted.rhythm.usual_minutes, "now": len(office.counters.all()),
    }  # fmt: skip
    return render(request, "queues/simulation.html", context)


def asked_of(request: HttpRequest, office: Office) -> Asked:
    """Return what the address asks, each number held inside its bounds."""
    most = _number(request, "quay", 1, MOST_COUNTERS, 8)
    return Asked(
        range(1, most + 1), DAYS, SEED, _number(request, "truc_tuyen", 0, 95, round(office.online * 100)) / 100,
        _number(request, "dat_hen", 0, 90, round(office.booked * 100)) / 100,
        float(_number(request, "cho", *LIMITS, 30)),
    )  # fmt: skip


def _number(request: HttpRequest, name: str, low: int, high: int, usual: int) -> int:
    text = request.GET.get(name, "").strip()
    return min(max(int(text), low), high) if text.isascii() and text.isdigit() and len(text) < 6 else usual


def sentence(outcomes: list[Outcome], asked: Asked) -> str:
    """Return the finding: how many counters are enough with all that is new, and how many the old line needs."""
    new, old = needed(outcomes, Line.BOOKED), needed(outcomes, Line.OLD)
    most = format_number(asked.counters[-1])
    if new is None:
        return _("Ngay cả %s quầy cũng chưa đủ để không quá 1 trong 10 người chờ lâu hơn mức này") % most
    said = {"new": format_number(new), "limit": int(asked.limit), "old": format_number(old) if old else most}
    if old is None:
        return (
            _(
                "Cần %(new)s quầy để không quá 1 trong 10 người chờ trên %(limit)s phút; kiểu cũ, %(old)s quầy chưa đủ"
            )
            % said
        )
    return (
        _("Cần %(new)s quầy để không quá 1 trong 10 người chờ trên %(limit)s phút; kiểu cũ cần %(old)s quầy")
        % said
    )


def _rows(outcomes: list[Outcome], asked: Asked) -> list[dict[str, Any]]:
    """Return a row a number of counters, with the outcome of each line."""
    at = {(each.line, each.counters): each for each in outcomes}
    return [
        {"counters": counters, "outcomes": [(LINES[line], at[line, counters]) for line in Line]}
        for counters in asked.counters
    ]
