"""The first sentence of the list and its tabs, from counts that stop at a bound: pure, so that it can be tested."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from namro.delivery.terms import Level
from namro.ground.numbers import format_number

MOST_COUNTED = 1000


def counted(n: int) -> str:
    """«43», «hơn 1.000»."""
    if n > MOST_COUNTED:
        return _("hơn %(n)s") % {"n": format_number(MOST_COUNTED)}
    return format_number(n)


def calling(counts: Mapping[Level, int]) -> str:
    """«3 nghiêm trọng, 12 mức cảnh báo, 40 mức theo dõi, chưa ai nhận.» What is not there is not said."""
    words = {
        Level.CRITICAL: _("%(n)s nghiêm trọng"),
        Level.WARNING: _("%(n)s mức cảnh báo"),
        Level.WATCH: _("%(n)s mức theo dõi"),
    }
    parts = [words[level] % {"n": counted(n)} for level, n in counts.items() if n]
    if not parts:
        return _("Không cảnh báo nào đang chờ người nhận.")
    told = ", ".join(parts)
    return _("%(told)s, chưa ai nhận.") % {"told": told[:1].upper() + told[1:]}


def of_view(label: str, counts: Mapping[Level, int]) -> str:
    """«Đã có người nhận: 12 cảnh báo.»"""
    total = sum(counts.values())
    return _("%(label)s: %(n)s cảnh báo.") % {"label": label, "n": counted(total)}
