"""Names in the language of the page: what a package declares has a Vietnamese name and, mostly, an English one."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy

from namro.ground.period import Kind, Period

NAMES = ("name", "title", "label")

# One form of numbers and days in both languages: only the word before them changes.
PERIODS = {
    Kind.DAY: gettext_lazy("ngày %s"),
    Kind.WEEK: gettext_lazy("tuần %s"),
    Kind.MONTH: gettext_lazy("tháng %s"),
    Kind.QUARTER: gettext_lazy("quý %s"),
    Kind.YEAR: gettext_lazy("năm %s"),
}
HALVES = (gettext_lazy("6 tháng đầu năm %s"), gettext_lazy("6 tháng cuối năm %s"))


def is_english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "").startswith("en")


def named(thing: Any) -> str:
    """Return the name of a unit, form, box, indicator or report: English where it has one and the page is English."""
    attribute = next(each for each in NAMES if hasattr(thing, each))
    english = getattr(thing, f"{attribute}_en", "") if is_english() else ""
    return english or getattr(thing, attribute)


def period_words(period: Period) -> str:
    """Return the label of a period in the language of the page: 'quý III/2025', 'quarter III/2025'."""
    template = HALVES[period.start.month > 1] if period.kind is Kind.HALF else PERIODS[period.kind]
    return template % period.label.rpartition(" ")[2]
