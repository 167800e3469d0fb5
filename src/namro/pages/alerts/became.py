"""What became of the alerts of a rule, in words: how many led to an action, and after how long."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from namro.alerts.queries import Response
from namro.ground.numbers import NO_VALUE, format_number, format_percent


def acted_of(became: Response | None) -> str:
    """«3/12 (25,0 %)»; a dash where nothing was raised."""
    if became is None or not became.told:
        return NO_VALUE
    share = format_percent(100 * became.acted / became.told, 1)
    return f"{format_number(became.acted)}/{format_number(became.told)} ({share})"


def became_words(became: Response | None) -> str:
    """«12 cảnh báo đã báo, 3 có việc làm (25,0 %), một nửa trong 4,5 giờ.»"""
    if became is None or not became.told:
        return _("Chưa báo lần nào trong 30 ngày qua.")
    n = {"n": format_number(became.told)}
    told = (
        ngettext(
            "%(n)s cảnh báo đã báo trong 30 ngày qua", "%(n)s cảnh báo đã báo trong 30 ngày qua", became.told
        )
        % n
    )
    if became.hours is None:
        return _("%(told)s, chưa cảnh báo nào có người làm.") % {"told": told}
    rest = {
        "told": told,
        "acted": format_number(became.acted),
        "share": format_percent(100 * became.acted / became.told, 1),
        "hours": format_number(became.hours, 1),
    }
    return _("%(told)s, %(acted)s có người làm (%(share)s), một nửa trong %(hours)s giờ.") % rest
