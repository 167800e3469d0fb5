"""What people write into the boxes of a form, read into exact text or refused box by box."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from namro.ground.numbers import BILLION, NumberRefused, format_number, parse_number
from namro.ground.text import fold, nfc
from namro.sources.terms import FieldDef, FieldType, FormDef, FormRefused, Problem

YES, NO = "1", "0"
_YES = {"co", "dat", "1", "on", "true", "yes"}
_NO = {"khong", "chua", "chua dat", "khong dat", "0", "off", "false", "no"}
_WITH_WORDS = re.compile(r"(?P<number>[-+−]?\d[\d.,  ]*?)\s*(?P<words>[^\d\s.,].*)")
MOST_WHOLE_DIGITS, MOST_DECIMALS, LONGEST_TEXT = 15, 6, 2000


class _Unread(ValueError):
    """A box that cannot be read; the message follows the label in the refusal."""


def read_values(form: FormDef, written: Mapping[str, object]) -> dict[str, str]:
    """Return the exact values of a form as text; FormRefused names every box that cannot be read and how to mend it."""
    values, problems = read_boxes(form, written)
    if problems:
        raise FormRefused(problems)
    return values


def read_boxes(form: FormDef, written: Mapping[str, object]) -> tuple[dict[str, str], list[Problem]]:
    """Return what can be read as exact text, and what is wrong with each box that cannot."""
    problems = [
        Problem(code, f"Biểu «{form.title}» không có ô «{code}»; hãy bỏ ô này.")
        for code in written
        if code not in form.by_code
    ]
    values: dict[str, str] = {}
    for field in form.fields:
        try:
            values |= _read_box(field, _text(written.get(field.code)))
        except _Unread as fault:
            problems.append(Problem(field.code, f"Ô «{field.label}»: {fault}"))
    return values, problems


def numbers(form: FormDef, values: Mapping[str, str]) -> dict[str, Decimal]:
    """Return the boxes that hold a number, exactly; boxes left empty are not there."""
    return {f.code: Decimal(values[f.code]) for f in form.fields if f.is_number and f.code in values}


def _text(written: object) -> str:
    """Return what stands in a box as trimmed text; an empty box is ''."""
    return "" if written is None else nfc(str(written)).strip()


def _read_box(field: FieldDef, text: str) -> dict[str, str]:
    """Return the value of one box under its code, nothing if it may be and is left empty."""
    if not text:
        if field.required:
            raise _Unread("chưa có giá trị; hãy ghi số liệu, nếu không phát sinh thì ghi 0.")
        return {}
    return {field.code: _READERS[field.type](field, text)}


def _read_int(field: FieldDef, text: str) -> str:
    number = _number(text, whole=True)
    if number != number.to_integral_value():
        raise _Unread(
            f"phải là số nguyên, đã ghi «{text}»; hãy làm tròn theo thực tế đếm được, ví dụ {_near(number)}."
        )
    if number < 0:
        raise _Unread(f"không thể âm, đã ghi «{text}»; nếu không phát sinh thì ghi 0.")
    return str(int(number))


def _read_decimal(field: FieldDef, text: str) -> str:
    return _plain(_number(text))


def _read_percent(field: FieldDef, text: str) -> str:
    return _plain(_number(text.removesuffix("%").strip()))


def _read_money(field: FieldDef, text: str) -> str:
    in_billions = re.fullmatch(r"(.*\d)\s*tỷ(?:\s*đồng)?", text, re.IGNORECASE)
    if in_billions:
        whole = format_number(_number(in_billions[1]) * BILLION)
        raise _Unread(f"ghi bằng đồng, không ghi «{text}»; hãy ghi {whole}.")
    return _read_int(field, text.removesuffix("đồng").strip())


def _read_bool(field: FieldDef, text: str) -> str:
    word = fold(text)
    if word in _YES:
        return YES
    if word in _NO:
        return NO
    raise _Unread(f"chỉ nhận «có» hoặc «không», đã ghi «{text}».")


def _read_text(field: FieldDef, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise _Unread(f"dài {len(text)} ký tự, tối đa {LONGEST_TEXT}; hãy rút gọn hoặc đính kèm tệp.")
    return text


_READERS: dict[FieldType, Callable[[FieldDef, str], str]] = {
    FieldType.INT: _read_int,
    FieldType.DECIMAL: _read_decimal,
    FieldType.PERCENT: _read_percent,
    FieldType.MONEY: _read_money,
    FieldType.BOOL: _read_bool,
    FieldType.TEXT: _read_text,
}


def _number(text: str, *, whole: bool = False) -> Decimal:
    """Return the number of a Vietnamese text; refuses words beside it and more digits than are kept."""
    with_words = _WITH_WORDS.fullmatch(text)
    if with_words:
        raise _Unread(_words_beside(text, with_words["number"].strip(), with_words["words"], whole=whole))
    try:
        number = parse_number(text)
    except NumberRefused as fault:
        raise _Unread(f"{fault}.") from None
    _, digits, exponent = number.as_tuple()
    decimals = -int(exponent) if int(exponent) < 0 else 0
    if decimals > MOST_DECIMALS or len(digits) - decimals > MOST_WHOLE_DIGITS:
        raise _Unread(f"nhận tối đa {MOST_WHOLE_DIGITS} chữ số và {MOST_DECIMALS} số lẻ, đã ghi «{text}».")
    return number


def _words_beside(text: str, number: str, words: str, *, whole: bool) -> str:
    """Return the refusal of «12,5 người»: the words go, and a half of a person too."""
    try:
        value = parse_number(number)
    except NumberRefused:
        return f"chỉ ghi số, đã ghi «{text}»; viết như 1.154 hoặc 42,7, không kèm chữ."
    if whole and value != value.to_integral_value():
        return f"phải là số nguyên và không kèm chữ «{words}», đã ghi «{text}»; hãy ghi {_near(value)}."
    return f"chỉ ghi số, không kèm chữ «{words}»; hãy ghi {format_number(value)}."


def _near(number: Decimal) -> str:
    """Return the two whole numbers around a number, as a person may have meant either."""
    low = number // 1
    return f"{format_number(low)} hoặc {format_number(low + 1)}"


def _plain(number: Decimal) -> str:
    """Return a number as exact text without exponent, as written: 60,5 → '60.5'."""
    return f"{number:f}"
