"""The first sentence of the list, written from its counts: pure, so that it can be tested."""

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number
from namro.tasks.queries.counting import Counts
from namro.tasks.queries.headline import Headline


def sentence(found: Headline, *, words: str = "", past: bool = False) -> str:
    """«75 nhiệm vụ, 32 đã xong, 2 quá hạn.» A list too long to count says so instead of guessing."""
    counts = found.counts
    if not counts.total:
        return (
            _("Không có nhiệm vụ nào khớp với “%(words)s”.") % {"words": words}
            if words
            else _("Chưa có nhiệm vụ nào.")
        )
    if found.is_cut:
        return _("Hơn %(n)s nhiệm vụ; hãy lọc hẹp hơn để đếm đủ.") % {"n": format_number(counts.total)}
    which = _(" khớp với “%(words)s”") % {"words": words} if words else ""
    return _("%(n)s nhiệm vụ%(which)s, %(done)s, %(late)s.") % {
        "n": format_number(counts.total),
        "which": which,
        "done": _done(counts),
        "late": _late(counts, past=past),
    }


def _done(counts: Counts) -> str:
    if counts.finished == counts.total:
        return _("tất cả đã xong")
    return (
        _("%(n)s đã xong") % {"n": format_number(counts.finished)}
        if counts.finished
        else _("chưa việc nào xong")
    )


def _late(counts: Counts, *, past: bool) -> str:
    if not counts.overdue:
        return _("không việc nào quá hạn")
    words = _("%(n)s đang quá hạn khi đó") if past else _("%(n)s quá hạn")
    return words % {"n": format_number(counts.overdue)}
