"""The first sentence of the desk: pure, so that it can be tested."""

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number


def sentence(*, owed: int, owed_late: int, waiting: int, late: int, urged: int = 0) -> str:
    """«Bạn giữ 7 việc, 2 quá hạn; 3 việc chờ bạn quyết.» What is not there is not said."""
    parts = [part for part in (_owed(owed, owed_late), _waiting(waiting), _urged(urged)) if part]
    if not parts:
        return _late(late) or _("Không việc nào đang chờ bạn.")
    return "; ".join(parts) + "."


def _owed(owed: int, late: int) -> str:
    if not owed:
        return ""
    held = _("Bạn giữ %(n)s việc") % {"n": format_number(owed)}
    return held + (
        _(", %(n)s quá hạn") % {"n": format_number(late)} if late else _(", không việc nào quá hạn")
    )


def _waiting(waiting: int) -> str:
    return _("%(n)s việc đang chờ bạn") % {"n": format_number(waiting)} if waiting else ""


def _urged(urged: int) -> str:
    return _("%(n)s đôn đốc chưa trả lời") % {"n": format_number(urged)} if urged else ""


def _late(late: int) -> str:
    return _("Không việc nào chờ bạn; %(n)s việc đang quá hạn.") % {"n": format_number(late)} if late else ""
