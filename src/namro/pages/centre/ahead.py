"""What is said of a forecast and of a target beside the line that shows them."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namro.ground.days import format_day
from namro.ground.numbers import format_number, format_percent, percent, round_half_up
from namro.indicators.rules import expected_on
from namro.indicators.terms import Outlook
from namro.pages.centre.view import View
from namro.pages.indicators.sentence import difference
from namro.pages.naming import period_words

# What the short names of exponential smoothing say.
WAYS = {
    "ETS(A,Ad,N)": gettext_lazy("san bằng hàm mũ, xu thế giảm dần"),
    "ETS(A,N,A)": gettext_lazy("san bằng hàm mũ, nhịp bảy ngày"),
}


def forecast_words(view: View) -> list[str]:
    """Return what is expected, how sure, and how the same method did where the outcome is known; nothing without a
    forecast."""
    row = view.ahead
    if row is None:
        return [_failed(view.forecast.outlook)] if view.forecast and not view.forecast.outlook.holds else []
    outlook, definition = row.outlook, view.definition
    last = outlook.steps[-1]
    told = {
        "when": period_words(view.period(row.starts[-1])),
        "middle": definition.show(_decimal(last.middle, definition.decimals)),
        "low": definition.show(_decimal(last.low, definition.decimals)),
        "high": definition.show(_decimal(last.high, definition.decimals)),
        "level": format_number(outlook.level),
        "method": f"{outlook.method}, {WAYS.get(outlook.method, '')}".rstrip(", "),
        "history": format_number(outlook.history),
        "day": format_day(row.as_of),
    }
    return [
        _("Dự báo %(when)s: %(middle)s, khoảng %(level)s %%: %(low)s đến %(high)s.") % told,
        _tried(view, outlook),
        _("Cách dự báo: %(method)s, từ %(history)s kỳ đã biết, lập ngày %(day)s.") % told,
    ]


def _failed(outlook: Outlook) -> str:
    """Return why no forecast is drawn."""
    told = {"covered": format_number(outlook.covered), "tried": format_number(outlook.tried)}
    return (
        _(
            "Chưa dự báo: thử trên số đã biết, chỉ %(covered)s/%(tried)s lần nằm trong khoảng nên chưa đủ tin để vẽ."
        )
        % told
    )


def _tried(view: View, outlook: Outlook) -> str:
    """Return how often the interval held and how far the middle was off, against repeating what was."""
    decimals = view.definition.decimals
    told = {
        "covered": format_number(outlook.covered),
        "tried": format_number(outlook.tried),
        "share": format_percent(percent(outlook.covered, outlook.tried), 0),
        "error": difference(view.definition, _decimal(outlook.error, decimals)),
        "plain": difference(view.definition, _decimal(outlook.plain_error, decimals)),
    }
    return (
        _(
            "Thử trên số đã biết: %(covered)s/%(tried)s lần (%(share)s) nằm trong khoảng; sai trung bình %(error)s, "
        )
        + _("lặp lại số kỳ trước thì sai %(plain)s.")
    ) % told


def target_words(view: View) -> str:
    """Return where the target should stand at the end of the last period, and by how much the value is ahead or behind;
    '' without a target."""
    if view.target is None or not view.own or view.own[-1].value is None:
        return ""
    definition, end = view.definition, view.period(view.own[-1].start).end
    expected = expected_on(view.target, end)
    if expected is None:
        return _("Mục tiêu: %s.") % view.target.name
    shown, value = (
        round_half_up(expected, definition.decimals),
        _decimal(view.own[-1].value, definition.decimals),
    )
    told = {
        "name": view.target.name,
        "expected": definition.show(shown),
        "day": format_day(end),
        "gap": difference(definition, abs(value - shown)),
    }
    said = _("Mục tiêu «%(name)s»: đến %(day)s cần %(expected)s") % told
    if value == shown:
        return f"{said}."
    more = _("đang cao hơn %(gap)s") if value > shown else _("đang thấp hơn %(gap)s")
    return f"{said}, {more % told}."


def _decimal(value: float, digits: int) -> Decimal:
    return round_half_up(Decimal(repr(value)), digits)
