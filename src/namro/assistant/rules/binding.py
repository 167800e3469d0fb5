"""Whether a passage carries a sentence: each number, day, sum and address in it, its words, and its yes or no.

What a model writes is held against the passages it names; what fails is cut, whoever asked for it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from namro.ground.text import fold, nfc, syllables


class Fault(StrEnum):
    """Why a sentence is cut."""

    NO_SOURCE = "no_source"
    NUMBER = "number"
    FREE = "free"
    ADDRESS = "address"
    WORDS = "words"
    NEGATION = "negation"
    MARKUP = "markup"


# The share of a sentence's syllables, and of their pairs, that must stand in its passages.
ENOUGH_WORDS, ENOUGH_PAIRS, ENOUGH_BESIDE_A_NUMBER = 0.75, 0.45, 0.85
LONGEST = 700
_UNITS = {
    "ngay lam viec": "ngay", "ngay": "ngay", "gio": "gio", "thang": "thang", "nam": "nam", "tuan": "tuan",
    "tuoi": "tuoi", "dong": "dong", "vnd": "dong", "d": "dong", "usd": "usd", "phan tram": "%",
    "ban chinh": "ban chinh", "ban sao": "ban sao", "bo": "bo", "lan": "lan",
}  # fmt: skip
_TIMES = {"nghin": 1000, "ngan": 1000, "k": 1000, "trieu": 10**6, "ty": 10**9}
_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10,
}  # fmt: skip
_TELL_NOTHING = frozenset(
    "la duoc se ban co thi ma va cua cho tai khi voi o cac nhung theo het phai nop so vnd dong nghin ngay thang "
    "nam".split()
)
_DAY = re.compile(r"\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\b")
_LONG_DAY = re.compile(r"(?i)ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_DOCUMENT = re.compile(r"\b\d+(?:/\d{4})?/[A-ZĐ][A-ZĐ0-9-]+")
_ADDRESS = re.compile(
    r"(?i)\b(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|gov|io|info)\b\S*"
)
_FREE = re.compile(r"mien phi|khong (?:mat|ton|thu|phai nop|phai dong) (?:tien|phi|le phi)|khong thu")
_STATED_FREE = re.compile(
    r"(?i)miễn phí(?!\s*\()|không thu|không phải (?:nộp|đóng|trả)|miễn lệ phí|miễn (?:thu|nộp)"
)
_NOT = re.compile(r"\b(?:khong|chua|cam|tru|ngoai tru|mien)\b")
_MARKUP = re.compile(r"[<>{}`]|\]\(|javascript:|\\u00|\[\[")


@dataclass(frozen=True)
class Quantity:
    """A number as its value, with the unit that follows it (empty: none)."""

    value: Decimal
    unit: str


def fault_of(sentence: str, passages: Sequence[str]) -> Fault | None:
    """Return why the passages do not carry a sentence, None where they do."""
    if not passages:
        return Fault.NO_SOURCE
    if _MARKUP.search(sentence) or len(sentence) > LONGEST:
        return Fault.MARKUP
    whole = "\n".join(passages)
    if not set(_addresses(sentence)) <= set(_addresses(whole)):
        return Fault.ADDRESS
    if not _has_numbers(sentence, whole):
        return Fault.NUMBER
    return _fault_of_words(sentence, passages)


def _fault_of_words(sentence: str, passages: Sequence[str]) -> Fault | None:
    said = _telling(sentence)
    nearest = max(_clauses(passages), key=lambda clause: _nearness(said, clause), default="")
    if _FREE.search(fold(sentence)) and not _STATED_FREE.search(nearest):
        return Fault.FREE
    held = [syllable for passage in passages for syllable in _telling(passage)]
    if _share(said, held) < ENOUGH_WORDS or _share(_pairs(said), _pairs(held)) < ENOUGH_PAIRS:
        return Fault.WORDS
    if _turns(fold(sentence), fold(nearest)):
        return Fault.NEGATION
    # A number belongs to what stands around it: the limit of another way to submit carries nothing.
    here = _has_numbers(sentence, nearest) and _share(said, _telling(nearest)) >= ENOUGH_BESIDE_A_NUMBER
    return None if here or not any(map(str.isdigit, sentence)) else Fault.NUMBER


def _turns(said: str, held: str) -> bool:
    """Whether a sentence says no where its clause says none, or drops the no in front of words that it repeats."""
    if _NOT.search(said) and not _NOT.search(held):
        return True
    denied = [held[found.end() :].split()[:2] for found in _NOT.finditer(held)]
    plain = _NOT.sub("\x00", said)
    return any(len(after) == 2 and re.search(rf"(?<!\x00) {' '.join(after)}\b", plain) for after in denied)


def _telling(text: str) -> list[str]:
    """The syllables of a text but for numbers, which are compared by value, and words that tell nothing."""
    return [
        each
        for each in syllables(text)
        if not each.isdigit() and each not in _WORDS and each not in _TELL_NOTHING
    ]


def quantities(text: str) -> set[Quantity]:
    """Return the numbers of a text with their units: '70 nghìn đồng' and '70.000 VNĐ' are the same."""
    found = set(_spoken(text))
    plain = nfc(text)
    for number in _NUMBER.finditer(plain):
        after = fold(plain[number.end() : number.end() + 24])
        value = _value(number.group())
        times = next((word for word in _TIMES if after.split()[:1] == [word]), "")
        if times:
            value, after = value * _TIMES[times], after.removeprefix(times).strip()
        found.add(Quantity(value, "%" if plain[number.end() :].lstrip().startswith("%") else _unit(after)))
    return found


def _has_numbers(sentence: str, whole: str) -> bool:
    """Whether each number, day and document of the sentence stands in the passages, with the unit it has there."""
    documents, days = set(_documents(sentence)), set(_days(sentence))
    if not (documents <= set(_documents(whole)) and days <= set(_days(whole))):
        return False
    held = quantities(whole)
    values = {quantity.value for quantity in held}
    rest = _LONG_DAY.sub(" ", _DAY.sub(" ", _DOCUMENT.sub(" ", sentence)))
    return all(each in held if each.unit else each.value in values for each in quantities(rest))


def _spoken(text: str) -> Iterator[Quantity]:
    """Numbers in words before a unit: 'ba ngày', 'mười lăm ngày làm việc'; only those, for 'năm' is a year too."""
    words = syllables(text)
    for place, word in enumerate(words):
        if word not in _WORDS:
            continue
        value, after = _WORDS[word], place + 1
        if word == "muoi" and after < len(words) and words[after] in _WORDS:
            value, after = 10 + _WORDS[words[after]], after + 1
        elif after < len(words) and words[after] == "muoi":
            value, after = value * 10, after + 1
        unit = _unit(" ".join(words[after : after + 3]))
        if (
            unit in {"ngay", "thang", "gio", "tuan", "%", "ban chinh", "ban sao"}
            and words[place - 1] not in _WORDS
        ):
            yield Quantity(Decimal(value), unit)


def _unit(after: str) -> str:
    words = after.split()
    for length in (3, 2, 1):
        found = _UNITS.get(" ".join(words[:length]))
        if found:
            return found
    return ""


def _value(number: str) -> Decimal:
    """'70.000' and '70,000' are seventy thousand, '1,5' and '1.5' one and a half."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
        return Decimal(re.sub(r"[.,]", "", number))
    return Decimal(number.replace(",", "."))


def _documents(text: str) -> Iterator[str]:
    yield from (found.group().rstrip("-").upper() for found in _DOCUMENT.finditer(nfc(text)))


def _days(text: str) -> Iterator[tuple[int, ...]]:
    for pattern in (_DAY, _LONG_DAY):
        yield from (tuple(map(int, found.groups())) for found in pattern.finditer(nfc(text)))


def _addresses(text: str) -> Iterator[str]:
    yield from (found.group().rstrip(".,;:)”\"'").lower() for found in _ADDRESS.finditer(text))


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(words)]


def _share(said: Sequence[str], held: Sequence[str]) -> float:
    known = set(held)
    return sum(each in known for each in said) / len(said) if said else 1.0


def _clauses(passages: Sequence[str]) -> list[str]:
    return [
        clause for passage in passages for clause in re.split(r"[.;\n]+(?=\s|$)", passage) if clause.strip()
    ]


def _nearness(said: Sequence[str], clause: str) -> float:
    """How much of the sentence a clause holds, long clauses a little behind."""
    held = _telling(clause)
    return _share(said, held) + _share(_pairs(said), _pairs(held)) - len(held) / 10_000
