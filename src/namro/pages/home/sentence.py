"""The first sentence of the home page, written from the counts by one rule; pure, so that it can be tested."""

from typing import Protocol

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number, percent

# Below this many tasks a rate says too little to be held against another.
FEWEST_TO_COMPARE = 10


class Counted(Protocol):
    """What the sentence needs to know of a count of tasks."""

    @property
    def total(self) -> int: ...
    @property
    def finished(self) -> int: ...
    @property
    def open(self) -> int: ...
    @property
    def overdue(self) -> int: ...


def headline(counts: Counted, what: str) -> str:
    """Return the finding, such as '32 trong 75 nhiệm vụ Trung ương giao đã xong, 2 việc quá hạn.'"""
    if not counts.total:
        return _("Chưa có %(what)s nào.") % {"what": what}
    if counts.finished == counts.total:
        return _("Cả %(total)s %(what)s đã xong.") % {"total": format_number(counts.total), "what": what}
    words = {
        "done": format_number(counts.finished), "total": format_number(counts.total), "what": what, "late": late(counts)
    }  # fmt: skip
    if not counts.finished:
        return _("Chưa việc nào trong %(total)s %(what)s đã xong, %(late)s.") % words
    return _("%(done)s trong %(total)s %(what)s đã xong, %(late)s.") % words


def late(counts: Counted) -> str:
    """Return how many are overdue, in words that also hold for none."""
    if not counts.overdue:
        return _("không việc nào quá hạn")
    return _("%(n)s việc quá hạn") % {"n": format_number(counts.overdue)}


def sub(counts: Counted, other: Counted | None, level: str) -> str:
    """Return what follows: how the rate stands to the level of the others, and what is still to be done."""
    parts = [part for part in (compared(counts, other, level), left(counts)) if part]
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def compared(counts: Counted, other: Counted | None, level: str) -> str:
    """Return the difference to the others in points, or nothing where either side has too few tasks.

    The difference is taken between the two rates as they are printed, so that a reader who subtracts finds it.
    """
    if other is None or min(counts.total, other.total) < FEWEST_TO_COMPARE:
        return ""
    own, theirs = percent(counts.finished, counts.total), percent(other.finished, other.total)
    if own is None or theirs is None:
        return ""
    if own == theirs:
        return _("ngang %(level)s") % {"level": level}
    template = (
        _("cao hơn %(level)s %(points)s điểm") if own > theirs else _("thấp hơn %(level)s %(points)s điểm")
    )
    return template % {"level": level, "points": format_number(abs(own - theirs), 1)}


def left(counts: Counted) -> str:
    """Return how many are still to be done, or nothing when all are."""
    return _("còn %(n)s việc phải làm xong") % {"n": format_number(counts.open)} if counts.open else ""
