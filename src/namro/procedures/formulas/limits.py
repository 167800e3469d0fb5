"""Time limits: from the words of the catalogue to working days, days, hours or months; never guessed."""

import re
from decimal import Decimal
from functools import lru_cache

from namro.ground.text import fold
from namro.procedures.terms import Limit, LimitKind

_MEASURED = re.compile(r"(\d{1,4}(?:[.,]\d)?) (ngay lam viec|ngay|gio|thang)")
_KINDS = {
    "ngay lam viec": LimitKind.WORKING_DAYS,
    "ngay": LimitKind.DAYS,
    "gio": LimitKind.HOURS,
    "thang": LimitKind.MONTHS,
}
_NONE_SET = frozenset({"khong quy dinh", "khong phai tra ket qua cho nguoi nop thue"})


@lru_cache(maxsize=4096)  # one sentence stands in hundreds of records
def read_limit(text: str) -> Limit:
    """Return the limit that the text states: '1.5 Ngày làm việc' → 1.5 working days.

    Only a number with one unit counts. A plain “ngày” stays calendar days: whether it means working days is for the
    law to say. Zero, ranges and sentences are unreadable.
    """
    said = text.strip()
    if not said:
        return Limit(LimitKind.MISSING)
    if fold(said) in _NONE_SET:
        return Limit(LimitKind.NONE_SET)
    found = _MEASURED.fullmatch(_spaced(said))
    amount = Decimal(found[1].replace(",", ".")) if found else Decimal(0)
    if found is None or amount <= 0:
        return Limit(LimitKind.UNREADABLE)
    return Limit(_KINDS[found[2]], amount)


def _spaced(text: str) -> str:
    """Return number and unit with one space between, the unit folded; what has no such form stays as it is."""
    number, _, unit = " ".join(text.split()).partition(" ")
    return f"{number} {fold(unit)}"
