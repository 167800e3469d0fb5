"""Template tags and filters of every page (a builtin library: no {% load %} needed); docs/look.md shows each in use."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from namro.ground.clock import VIETNAM
from namro.ground.days import format_day
from namro.ground.numbers import NO_VALUE, format_money, format_number, format_percent, percent
from namro.pages.charts.chart import Chart
from namro.pages.charts.unit_map import UnitMap
from namro.pages.look.bands import parts
from namro.pages.look.signs import ICONS, STATE_MARKS
from namro.pages.look.states import MARK_OF_TONE, STATES
from namro.pages.naming import named, period_words

register = template.Library()
Number = Decimal | int | float | None

DONE = ("done", "done_late")
OVERDUE = ("in_progress_late", "not_started_late")
OUTSIDE = ("draft", "withdrawn")  # of every total
SIGN_OF_LEVEL = {
    "info": "info", "success": "check", "warning": "alerts", "refused": "refused", "finding": "finding",
}  # fmt: skip
LEVELS = {name: name for name in SIGN_OF_LEVEL} | {"error": "refused"}


@register.filter
def vn_number(value: Number, digits: int | None = None) -> str:
    """Return 1154 as '1.154', 42.7 as '42,7', None as '—'."""
    return format_number(value if value != "" else None, digits)


@register.filter
def vn_percent(value_in_percent: Number, digits: int = 1) -> str:
    """Return 42.66 as '42,7 %' (no-break space), None as '—'."""
    return format_percent(value_in_percent if value_in_percent != "" else None, digits)


@register.filter
def vn_money(vnd: Number) -> str:
    """Return đồng as '950.000 đồng' or '53,7 tỷ đồng', None as '—'."""
    return format_money(vnd if vnd != "" else None)


@register.filter
def vn_day(day: date | None) -> str:
    """Return a day as '09/07/2025', nothing as '—'."""
    return format_day(day) if day else NO_VALUE


@register.filter
def vn_time(moment: Any) -> str:
    """Return an aware moment as '10:42 09/07/2025' in Vietnamese time, nothing as '—'."""
    if not moment:
        return NO_VALUE
    here = moment.astimezone(VIETNAM)
    return f"{here:%H:%M} {format_day(here)}"


register.filter(named)
register.filter(period_words)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon of signs.py, or nothing if there is none of that name; never the only bearer of a meaning."""
    if name not in ICONS:
        return mark_safe("")
    drawing = mark_safe(ICONS[name])  # noqa: S308 — our own constant
    return format_html(
        '<svg class="icon icon-{}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{}</svg>',
        name,
        drawing,
    )


@register.simple_tag
@cache
def state_mark(name: str) -> SafeString:
    """Draw the mark of a state; the words stand beside it."""
    drawing = mark_safe(STATE_MARKS[name])  # noqa: S308 — our own constant
    return format_html(
        '<svg class="state-mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', drawing
    )


@register.simple_tag
def pill(tone: str, words: Any) -> SafeString:
    """Show words with the mark of a tone: ok late progress over risk finding wait none idle."""
    return _pill(tone, MARK_OF_TONE[tone], str(words))


# The same few words stand in every row of every list; typed, so that marked-safe words stay apart from others.
@lru_cache(maxsize=512, typed=True)
def _pill(tone: str, mark: str, words: str) -> SafeString:
    return format_html('<span class="pill tone-{}">{}<span>{}</span></span>', tone, state_mark(mark), words)


@register.simple_tag
def state_pill(state: str, words: Any = "") -> SafeString:
    """Show the state of a task: mark and words (the state's own unless others are given)."""
    shown = STATES[state]
    return _pill(shown.tone, shown.mark, str(words or shown.words))


@register.simple_tag
def door(value: Number, href: str = "", title: str = "") -> SafeString:
    """Show a number inside a sentence or a cell as a link to its rows; zero and nothing are no doors."""
    text = vn_number(value)
    if not href or not value:
        return format_html("{}", text)
    return format_html(
        '<a class="door" href="{}"{}>{}</a>', href, format_html(' title="{}"', title) if title else "", text
    )


@register.inclusion_tag("components/figure.html")
def figure(
    value: Number,
    unit: Any = "",
    as_of: date | None = None,
    href: str = "",
    total: Number = None,
    *,
    title: Any = "",
    source: Any = "",
    digits: int | None = None,
    stale: Any = "",
) -> dict[str, Any]:
    """Show one number with its unit, its total, its day and the door to its rows; stale = words on its age."""
    return {
        "text": vn_number(value, digits), "has_value": value not in (None, ""), "unit": unit, "as_of": as_of,
        "href": href, "total": total, "title": title, "source": source, "stale": stale,
    }  # fmt: skip


@register.inclusion_tag("components/band.html")
def progress_band(counts: Mapping[str, int], thin: bool = False) -> dict[str, Any]:
    """Draw counts by state as one bar; words for those who cannot see it."""
    laid = [(part, STATES[part.code]) for part in parts(counts, tuple(STATES))]
    return {"parts": laid, "total": sum(part.count for part, _ in laid), "thin": thin}


@register.inclusion_tag("components/tally.html")
def tally(
    title: Any, counts: Mapping[str, int], *, source: Any = "", href: str = "", as_of: date | None = None
) -> dict[str, Any]:
    """Show a register of tasks: done of all, per cent, band, open and overdue; doors: href + trang_thai=…"""
    total = sum(counts.get(state, 0) for state in STATES if state not in OUTSIDE)
    done = sum(counts.get(state, 0) for state in DONE)
    overdue = sum(counts.get(state, 0) for state in OVERDUE)
    rates = {"done_rate": percent(done, total), "overdue_rate": percent(overdue, total)}
    numbers = {"counts": counts, "total": total, "done": done, "open": total - done, "overdue": overdue}
    frame = {
        "title": title,
        "source": source,
        "href": href,
        "as_of": as_of,
        "join": "&" if "?" in href else "?",
    }
    return frame | numbers | rates


@register.inclusion_tag("components/band_legend.html")
def band_legend(counts: Mapping[str, int] | None = None) -> dict[str, Any]:
    """Explain the colours of a band; with counts only those that occur."""
    codes = [code for code in STATES if code not in OUTSIDE and (counts is None or counts.get(code))]
    return {"states": [(code, STATES[code]) for code in codes]}


@register.simple_tag
def rate_bar(rate_pct: Number, low_pct: Number = None, high_pct: Number = None) -> SafeString:
    """Draw a rate 0–100 as a bar, with the interval its count allows as a fine line; a league holds a hundred."""
    rate, low, high = _within(rate_pct), _within(low_pct), _within(high_pct)
    fill = "" if rate is None else format_html(RATE_FILL, rate)
    span = "" if low is None or high is None else format_html(RATE_SPAN, low, high)
    return format_html(RATE, format_percent(rate_pct), fill, span)


RATE = (
    '<svg class="rate" role="img" aria-label="{}"><rect class="rate-back" width="100%" height="4" y="4" rx="2"/>'
    "{}{}</svg>"
)
RATE_FILL = '<rect class="rate-fill" width="{}%" height="4" y="4" rx="2"/>'
RATE_SPAN = (
    '<line class="rate-span" x1="{0}%" x2="{1}%" y1="6" y2="6"/>'
    '<line class="rate-end" x1="{0}%" x2="{0}%" y1="2.5" y2="9.5"/>'
    '<line class="rate-end" x1="{1}%" x2="{1}%" y1="2.5" y2="9.5"/>'
)


def _within(value: Number) -> float | None:
    """Return a per cent held inside the drawing."""
    return None if value is None else round(min(max(float(value), 0.0), 100.0), 2)


@register.inclusion_tag("components/notice.html")
def notice(level: str, what: Any, how: Any = "", href: str = "", link: Any = "") -> dict[str, Any]:
    """Say once what happened and how to mend it; levels: info success warning refused finding (and Django's own)."""
    name = LEVELS.get(level, "info")
    return {"level": name, "sign": SIGN_OF_LEVEL[name], "what": what, "how": how, "href": href, "link": link}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, optional: bool | None = None) -> dict[str, Any]:
    """Show one form field: label, hint, refusal, widget (Django ties hint and refusal by aria-describedby)."""
    kind = getattr(bound.field.widget, "input_type", "")
    grouped = bound.use_fieldset
    return {
        "field": bound, "grouped": grouped, "check": kind == "checkbox" and not grouped, "file": kind == "file",
        "optional": not bound.field.required if optional is None else optional,
    }  # fmt: skip


@register.inclusion_tag("components/headline.html")
def headline(sentence: Any, dateline: Any = "", sub: Any = "") -> dict[str, Any]:
    """Open a page: the day above, the finding in a sentence, what follows from it."""
    return {"sentence": sentence, "dateline": dateline, "sub": sub}


@register.inclusion_tag("components/crumbs.html")
def crumbs(steps: Sequence[tuple[Any, str]]) -> dict[str, Any]:
    """Show where the page stands: (words, url) from the top; the page itself is left out."""
    return {"steps": steps}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Sequence[Mapping[str, Any]], label: Any) -> dict[str, Any]:
    """Show tabs as links: label, url, count (may be None), current."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/pages.html")
def pages(previous_url: str = "", next_url: str = "", words: Any = "") -> dict[str, Any]:
    """Show the way to the previous and the next page of a list sorted by key; words say what is on this one."""
    return {"previous_url": previous_url, "next_url": next_url, "words": words}


@register.inclusion_tag("components/clears.html")
def clears(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Show the five clears: name, value (empty = missing), detail, href, how (what to write when it is missing)."""
    return {"items": items}


@register.inclusion_tag("components/history.html")
def history(moments: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Show an append-only history: at (moment or day), who, what, detail, tone, href."""
    return {"moments": moments}


@register.inclusion_tag("components/empty.html")
def empty(what: Any, how: Any = "", href: str = "", link: Any = "") -> dict[str, Any]:
    """Say that there is nothing, why, and the one next step."""
    return {"what": what, "how": how, "href": href, "link": link}


@register.inclusion_tag("components/chart.html")
def chart(drawn: Chart) -> dict[str, Any]:
    """Show a chart: drawn for a desk and for a phone, with day, source, definition and table; live only when asked."""
    # The drawings are our own; ECharts escapes the words in them.
    wide, narrow = mark_safe(drawn.svg(wide=True)), mark_safe(drawn.svg(wide=False))  # noqa: S308
    option_id = f"chart-{drawn.key}"
    return {"chart": drawn, "wide": wide, "narrow": narrow, "option": drawn.option(), "option_id": option_id}


@register.inclusion_tag("components/unit_map.html")
def unit_map(drawn: UnitMap) -> dict[str, Any]:
    """Show a map of units: the drawing first, with legend and table; the live map only when asked."""
    # The drawings are our own; choropleth.py escapes the words in them.
    drawing, legend = mark_safe(drawn.svg()), mark_safe(drawn.legend())  # noqa: S308
    return {
        "map": drawn, "drawing": drawing, "legend": legend, "live": drawn.live(), "live_id": f"map-{drawn.key}",
    }  # fmt: skip
