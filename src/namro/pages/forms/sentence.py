"""What the pages of forms say first, written from the returns by rules; pure, so that it can be tested."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.ground.period import Period
from namro.pages.naming import period_words
from namro.sources.terms import ReturnState

SENT = (ReturnState.ON_TIME, ReturnState.LATE)


def owed(who: str, states: Iterable[ReturnState]) -> str:
    """Return what a unit still owes: 'Phường X còn nợ 1 biểu quá hạn, 2 biểu chưa đến hạn.'"""
    counts = Counter(states)
    sent = counts[ReturnState.ON_TIME] + counts[ReturnState.LATE]
    parts = [
        _("%s biểu quá hạn") % format_number(counts[ReturnState.MISSING])
        if counts[ReturnState.MISSING]
        else "",
        _("%s biểu chưa đến hạn") % format_number(counts[ReturnState.WAITING])
        if counts[ReturnState.WAITING]
        else "",
    ]
    left = ", ".join(part for part in parts if part)
    if left:
        return _("%(who)s còn %(left)s chưa nộp.") % {"who": who, "left": left}
    if sent:
        return _("%(who)s đã nộp đủ %(n)s biểu của kỳ gần nhất.") % {"who": who, "n": format_number(sent)}
    return _("%s không phải nộp biểu nào.") % who


def gathered(states_by_form: Iterable[Iterable[ReturnState]]) -> str:
    """Return how the last returns of all forms came in, for those who gather them."""
    every = [Counter(states) for states in states_by_form]
    if not every:
        return _("Chưa có biểu nào đến kỳ báo cáo.")
    missing = sum(counts[ReturnState.MISSING] for counts in every)
    full = sum(not counts[ReturnState.MISSING] and not counts[ReturnState.WAITING] for counts in every)
    said = _("%(full)s trong %(all)s biểu đã nộp đủ") % {
        "full": format_number(full),
        "all": format_number(len(every)),
    }
    if not missing:
        return _("%s, không bản nào quá hạn.") % said
    return _("%(said)s, %(n)s bản quá hạn chưa nộp.") % {"said": said, "n": format_number(missing)}


def of_period(period: Period, states: Iterable[ReturnState]) -> str:
    """Return how one form came in for a period: 'Tháng 6/2025: 87 trong 94 đơn vị đã nộp, 7 đơn vị quá hạn.'"""
    counts = Counter(states)
    total, sent = counts.total(), sum(counts[state] for state in SENT)
    label = capital(period_words(period))
    if not total:
        return _("%s: không có đơn vị nào phải nộp.") % label
    if sent == total:
        return _("%(label)s: cả %(n)s đơn vị đã nộp%(late)s.") % {
            "label": label, "n": format_number(total), "late": _late(counts)
        }  # fmt: skip
    said = _("%(label)s: %(sent)s trong %(total)s đơn vị đã nộp%(late)s") % {
        "label": label, "sent": format_number(sent), "total": format_number(total), "late": _late(counts)
    }  # fmt: skip
    if counts[ReturnState.MISSING]:
        return _("%(said)s, %(n)s quá hạn.") % {"said": said, "n": format_number(counts[ReturnState.MISSING])}
    return _("%s, chưa đến hạn.") % said


def _late(counts: Counter[ReturnState]) -> str:
    if not counts[ReturnState.LATE]:
        return ""
    return _(" (%s muộn)") % format_number(counts[ReturnState.LATE])


def of_return(unit: str, *, state: ReturnState, due: date, version: int, doubts: int) -> str:
    """Return how one return stands: sent or not, in time or not, and what does not add up in it."""
    if state is ReturnState.MISSING:
        return _("%(unit)s chưa nộp, đã quá hạn %(due)s.") % {"unit": unit, "due": format_day(due)}
    if state is ReturnState.WAITING:
        return _("%(unit)s chưa nộp, hạn %(due)s.") % {"unit": unit, "due": format_day(due)}
    how = (
        _("đã nộp đúng hạn")
        if state is ReturnState.ON_TIME
        else _("đã nộp, muộn hơn hạn %s") % format_day(due)
    )
    again = _(", đã đính chính") if version > 1 else ""
    found = _("; còn %s chỗ chưa khớp") % format_number(doubts) if doubts else ""
    return f"{unit} {how}{again}{found}."


def sent(version: int, doubts: int) -> str:
    """Return what is said after a sending: it was taken in, whatever does not add up."""
    taken = (
        _("Đã gửi.")
        if version == 1
        else _("Đã gửi bản %s; các bản trước vẫn được giữ.") % format_number(version)
    )
    if not doubts:
        return _("%s Các số khớp nhau.") % taken
    return _("%(taken)s Còn %(n)s chỗ chưa khớp: số đã gửi được giữ nguyên, sai lệch đi kèm vào báo cáo.") % {
        "taken": taken, "n": format_number(doubts)
    }  # fmt: skip


def capital(words: str) -> str:
    """Return words with a capital in front."""
    return words[:1].upper() + words[1:]
