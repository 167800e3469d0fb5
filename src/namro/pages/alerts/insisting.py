"""How a rule insists, in words: when it is told again, when it climbs, in which hours it keeps quiet."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from namro.alerts.terms import Insisting
from namro.delivery.terms import Level
from namro.ground.numbers import format_number


def insisting_words(insisting: Insisting) -> list[tuple[str, list[str]]]:
    """Return what a rule does with an alert that nobody takes, as names with their lines; empty where nothing."""
    said = [
        (_("Báo lại khi chưa ai nhận"), list(_hours(insisting.repeat, _("%(level)s: sau mỗi %(n)s giờ")))),
        (
            _("Leo thang khi chưa ai nhận"),
            list(
                _hours(
                    insisting.climb,
                    _(
                        "%(level)s: sau %(n)s giờ làm việc lên lãnh đạo đơn vị, thêm %(n)s giờ lên cấp có thẩm quyền"
                    ),
                )
            ),
        ),
        (_("Giờ yên lặng"), list(_quiet(insisting))),
    ]
    return [(name, lines) for name, lines in said if lines]


def _hours(by_level: Mapping[Level, int], template: str) -> Iterator[str]:
    for level, hours in sorted(by_level.items()):
        yield template % {"level": level.label, "n": format_number(hours)}


def _quiet(insisting: Insisting) -> Iterator[str]:
    for level, (start, end) in sorted(insisting.quiet.items()):
        yield f"{level.label}: {start:%H:%M}–{end:%H:%M}"
