"""Fees: from the words of the catalogue to sums in đồng, or to a plain word on why there is no sum."""

import re
from decimal import Decimal
from functools import lru_cache

from namro.ground.text import fold
from namro.procedures.terms import Amount, Fee, FeeKind

# Below this no fee of the State is charged for itself: a sum under 1.000 đồng lost its thousands at the source.
LEAST_VND = Decimal(1000)
_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+(?:\.\d{1,2})?"
_SUM = re.compile(
    rf"(?:(?:Lệ phí|Phí)\s*:\s*)?(?P<number>{_NUMBER}|[Kk]hông|o)\s*"
    r"(?P<currency>VNĐ|vnđ|đồng|Đồng|USD|đ|Đ)(?=[\s/(]|$)\s*"
)
_PER = re.compile(r"/\s*[\w ]{1,40}")
_FREE = re.compile(r"Miễn phí\s*(?:\((?P<note>.*)\))?", re.DOTALL)
# Notes that say again that nothing is paid; any other note must be read by whoever pays.
_AGREES = frozenset(
    {"", "khong", "khong co", "khong thu le phi", "khong thu phi", "khong thu phi le phi", "mien phi"}
)
_NONE_SET = frozenset({"khong quy dinh", "chua quy dinh"})


@lru_cache(maxsize=4096)  # one sentence stands in hundreds of records
def read_fee(text: str) -> Fee:
    """Return the fee that the text states; a word “Miễn phí” with a note beside it is never taken for free."""
    said = text.strip()
    if not said:
        return Fee(FeeKind.MISSING)
    free = _FREE.fullmatch(said)
    if free:
        return _read_free(free["note"] or "")
    amounts = _read_amounts(said)
    if amounts is None:
        return Fee(FeeKind.UNREADABLE)
    if any(_lost_thousands(amount) for amount in amounts):
        return Fee(FeeKind.DOUBTFUL, amounts)
    if all(amount.value == 0 for amount in amounts):
        return _read_free(" ".join(amount.note for amount in amounts))
    return Fee(FeeKind.AMOUNTS, amounts)


def _read_free(note: str) -> Fee:
    said = fold(note)
    if said in _AGREES:
        return Fee(FeeKind.FREE)
    if said in _NONE_SET:
        return Fee(FeeKind.NONE_SET, note=note.strip())
    return Fee(FeeKind.SEE_NOTE, note=note.strip())


def _read_amounts(text: str) -> tuple[Amount, ...] | None:
    """Return the sums of which the text wholly consists, each with its note; None when anything else stands there."""
    found, place = [], 0
    while place < len(text):
        sum_ = _SUM.match(text, place)
        if not sum_:
            return None
        note, place = _note(text, sum_.end())
        found.append(Amount(_value(sum_["number"]), _currency(sum_["currency"]), note))
        place += len(text[place:]) - len(text[place:].lstrip())
    return tuple(found)


def _note(text: str, start: int) -> tuple[str, int]:
    """Return the note that begins at a place, in its brackets or after a stroke, and where it ends."""
    if text.startswith("(", start):
        end = _closing(text, start)
        return text[start + 1 : end].strip(), end + 1
    per = _PER.match(text, start)
    return (per.group().strip(), per.end()) if per else ("", start)


def _closing(text: str, start: int) -> int:
    """Return the place of the bracket that closes the one at start; the end of the text where none does."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return len(text)


def _value(number: str) -> Decimal:
    """Return '2.000.000' as 2000000, '1.5' as 1.5, the word for none as 0."""
    if not number[0].isdigit():
        return Decimal(0)
    thousands = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number)
    return Decimal(number.replace(".", "") if thousands else number)


def _currency(word: str) -> str:
    return "USD" if word == "USD" else "VND"


def _lost_thousands(amount: Amount) -> bool:
    return amount.currency == "VND" and 0 < amount.value < LEAST_VND
