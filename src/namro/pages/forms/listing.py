"""One form for a period: who has sent, who has not, and what the form asks; as a page and as a download."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.pages.asof import AsOf
from namro.pages.forms.overview import URGENCY, Owed, owed_rows
from namro.pages.forms.sheet import judging, verdict
from namro.pages.forms.values import shown
from namro.pages.links import address, unit_page
from namro.pages.naming import named, period_words
from namro.pages.sheet import Cell
from namro.sources.queries import returns
from namro.sources.rules.due import periods_asked
from namro.sources.terms import CheckKind, FormDef, ReturnState

MOST_PERIODS = 24
CHECK_WORDS = {
    CheckKind.PARTS_ADD_UP: gettext_lazy("Các phần cộng lại bằng tổng"),
    CheckKind.RATE_FOLLOWS: gettext_lazy("Tỷ lệ khớp với số liệu kèm theo"),
    CheckKind.RANGE: gettext_lazy("Giá trị nằm trong khoảng cho phép"),
    CheckKind.JUMP: gettext_lazy("Không thay đổi đột biến so với kỳ trước"),
    CheckKind.NOT_MORE_THAN: gettext_lazy("Không lớn hơn số giới hạn"),
}


def periods(form: FormDef, as_of: AsOf) -> list[Period]:
    """Return the periods that may be looked at, newest first: those asked for, and the one that runs."""
    ended = periods_asked(form, as_of.day)
    running = ended[-1].next() if ended else Period.parse(form.first_period)
    begun = [running] if running.start <= as_of.day else []
    return [*begun, *ended[::-1]][:MOST_PERIODS]


def chosen(form: FormDef, as_of: AsOf, key: str) -> Period:
    """Return the period asked for, else the last that has ended."""
    every = periods(form, as_of)
    ended = [period for period in every if period.end < as_of.day]
    fallback = (ended or every or [Period.parse(form.first_period)])[0]
    return next((period for period in every if period.key == key), fallback)


def rows(viewer: Viewer, as_of: AsOf, form: FormDef, period: Period) -> list[Owed]:
    """Return how each unit within reach stands with the form for the period, the most urgent first."""
    return owed_rows(returns(form, period, viewer, as_of.day), as_of)


def states(
    request: HttpRequest, found: list[Owed], form: FormDef, period: Period, as_of: AsOf
) -> list[dict[str, Any]]:
    """Return the states as tabs, each with its count."""
    wanted = request.GET.get("tinh_trang", "")
    counts = {state: sum(row.owed.state is state for row in found) for state in URGENCY}
    every = [
        ("", _("Tất cả"), len(found)),
        *((state.value, str(state.label), counts[state]) for state in URGENCY),
    ]
    return [
        {
            "label": words,
            "url": address("form_returns", form.code, ky=period.key, tinh_trang=value, **as_of.query),
            "count": count,
            "current": value == wanted,
        }
        for value, words, count in every
        if count or value in ("", wanted)
    ]


def narrowed(found: list[Owed], state: str) -> list[Owed]:
    """Return the rows in the state asked for; all where it is none."""
    return [row for row in found if row.owed.state.value == state] if state in ReturnState.values else found


def with_verdicts(form: FormDef, found: list[Owed]) -> list[dict[str, Any]]:
    """Return the rows, each with what its criteria come to where the form has criteria."""
    judges = judging()
    return [
        {
            "row": row,
            "verdict": verdict(form, row.owed.submission.values, judges) if row.owed.submission else None,
        }
        for row in found
    ]


def facts(form: FormDef, as_of: AsOf) -> list[tuple[str, str, str]]:
    """Return what the form is: words, what, where it leads."""
    owner = Unit.objects.filter(code=form.owner, valid_to=None).first()
    checks = [str(CHECK_WORDS[check.kind]) for check in form.checks]
    return [
        (_("Vì sao thu"), form.why, ""),
        (_("Hạn nộp"), due_words(form), ""),
        (
            _("Chịu trách nhiệm"),
            owner.name if owner else form.owner,
            unit_page(owner, as_of) if owner else "",
        ),
        (_("Phép đối chiếu"), "; ".join(dict.fromkeys(checks)) or _("không có"), ""),
        (_("Phiên bản"), str(form.version), ""),
    ]


def due_words(form: FormDef) -> str:
    """Return when the form is due, in words."""
    if form.due.working_days is not None:
        return _("%s ngày làm việc sau khi hết kỳ") % form.due.working_days
    return _("ngày %s tháng sau") % form.due.day_of_month


def lines(form: FormDef, found: list[Owed]) -> list[list[Cell]]:
    """Return the returns as rows of a download: how each stands, then every box as it was sent."""
    heads: list[Cell] = [
        _("Mã đơn vị"), _("Đơn vị"), _("Kỳ"), _("Hạn nộp"), _("Tình trạng"), _("Ngày nộp"), _("Bản"),
        _("Số chỗ chưa khớp"),
        *(named(field) for field in form.fields),
    ]  # fmt: skip
    return [heads, *(_line(form, row) for row in found)]


def _line(form: FormDef, row: Owed) -> list[Cell]:
    owed, values = row.owed, row.owed.submission.values if row.owed.submission else {}
    return [
        owed.unit.code, owed.unit.name, period_words(owed.period), owed.due, str(owed.state.label), owed.first_sent,
        owed.version or None, len(row.doubts),
        *(shown(form, field, values[field.code]) if field.code in values else None for field in form.fields),
    ]  # fmt: skip
