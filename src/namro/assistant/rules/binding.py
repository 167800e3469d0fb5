"""Whether a passage carries a sentence: each number, day, sum and address in it, its words, and its yes or no.

What a model writes is held against the passages it names; what fails is cut, whoever asked for it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from namro.assistant.rules.scope import spell
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
_COUNTED = frozenset({"ngay", "thang", "gio", "tuan", "%", "ban chinh", "ban sao"})
_TIMES = {"nghin": 1000, "ngan": 1000, "k": 1000, "trieu": 10**6, "ty": 10**9}
# Numbers in words, by letters and tone: "từ" is no "tư", "sau" is no "sáu". "Tư" and "lăm" count behind tens alone.
_ONES = {
    spell(word): value
    for value, word in enumerate("một hai ba bốn năm sáu bảy tám chín".split(), start=1)
}  # fmt: skip
_TEN = frozenset({spell("mười"), spell("mươi")})
_BEHIND_TEN = _ONES | {spell("mốt"): 1, spell("tư"): 4, spell("lăm"): 5, spell("nhăm"): 5}
_COUNTING = frozenset({*_BEHIND_TEN, *_TEN} - {spell("tư")})
# What a number in words behind it makes no count: a day of the week, a month, a year.
_NO_COUNT = frozenset(spell("thứ tháng mùng điều khoản quý hằng hàng mỗi cả cuối đầu giữa").split())
# What a sentence may mean by letters without their marks; it is held to that, no passage lends it.
_UNMARKED = {f"{fold(word)}0": spell(word) for word in "một bốn bảy tám chín mười".split()}
_UNMARKED_IN_ASCII = (
    _UNMARKED | {f"{fold(word)}0": spell(word) for word in "sáu năm".split()} | {"tu0": spell("bốn")}
)
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
_NOT = frozenset(spell("không chưa cấm trừ miễn").split())
_NOT_UNMARKED = frozenset(fold("không chưa cấm trừ miễn").split())
# What stands for a word that denies in words that are compared.
_NO = "\x00"
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
    if _turns(_with_denials(sentence), _with_denials(nearest)):
        return Fault.NEGATION
    # A number belongs to what stands around it: the limit of another way to submit carries nothing.
    here = _has_numbers(sentence, nearest) and _share(said, _telling(nearest)) >= ENOUGH_BESIDE_A_NUMBER
    return None if here or not (any(map(str.isdigit, sentence)) or _said(sentence)) else Fault.NUMBER


def _turns(said: str, held: str) -> bool:
    """Whether a sentence says no where its clause says none, or drops the no in front of words that it repeats."""
    if _NO in said and _NO not in held:
        return True
    denied = [after.split()[:2] for after in held.split(_NO)[1:]]
    return any(
        len(after) == 2 and re.search(rf"(?<!{_NO} )\b{' '.join(map(re.escape, after))}\b", said)
        for after in denied
    )


def _with_denials(text: str) -> str:
    """The folded syllables with `_NO` for each that denies; "thường trú" and "chữa cháy" deny nothing."""
    is_plain = text.isascii()
    return " ".join(
        _NO if spelt in _NOT or (is_plain and plain in _NOT_UNMARKED) else plain
        for spelt, plain in _spelt(text)
    )


def _spelt(text: str) -> list[tuple[str, str]]:
    """Each syllable by letters and tone, and folded."""
    return list(zip(spell(text).split(), syllables(text), strict=True))


def _telling(text: str) -> list[str]:
    """The syllables of a text but for numbers, which are compared by value, and words that tell nothing."""
    return [
        plain
        for spelt, plain in _spelt(text)
        if not plain.isdigit() and spelt not in _COUNTING and plain not in _TELL_NOTHING
    ]


def quantities(text: str) -> set[Quantity]:
    """Return the numbers of a text with their units: '70 nghìn đồng' and '70.000 VNĐ' are the same."""
    found = set(_spoken(spell(text).split()))
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
    return all(each in held if each.unit else each.value in values for each in quantities(rest) | _said(rest))


def _said(sentence: str) -> set[Quantity]:
    """The numbers in words that a sentence may mean, also by words without their marks."""
    meant = _UNMARKED_IN_ASCII if sentence.isascii() else _UNMARKED
    return set(_spoken([meant.get(spelt, spelt) for spelt in spell(sentence).split()]))


def _spoken(words: Sequence[str]) -> Iterator[Quantity]:
    """Numbers in words before a unit: 'ba ngày', 'mười lăm ngày làm việc'; only those, for 'năm' is a year too."""
    place = 0
    while place < len(words):
        value, after = _number_at(words, place)
        unit = _unit(fold(" ".join(word[:-1] for word in words[after : after + 3])))
        before = words[place - 1] if place else ""
        is_count = value and before not in _NO_COUNT and not before[:-1].isdigit() and before not in _ONES
        if is_count and unit in _COUNTED:
            yield Quantity(Decimal(value), unit)
        place = max(after, place + 1)


def _number_at(words: Sequence[str], place: int) -> tuple[int, int]:
    """The number that begins at a place and where it ends; 0 where none does."""
    tens, ones = words[place] in _TEN, _ONES.get(words[place], 0)
    is_ten_times = ones and words[place + 1 : place + 2] and words[place + 1] in _TEN
    if not (tens or is_ten_times):
        return ones, place + bool(ones)
    value, after = (10, place + 1) if tens else (10 * ones, place + 2)
    behind = _BEHIND_TEN.get(words[after], 0) if after < len(words) else 0
    return value + behind, after + bool(behind)


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
