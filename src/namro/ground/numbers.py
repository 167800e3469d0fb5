"""Numbers as Vietnamese readers write them, and the one rounding of the house."""

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

NO_VALUE = "—"
MINUS = "−"
NBSP = "\u00a0"
BILLION = 1_000_000_000

Number = Decimal | int | float | Fraction
WIDE = Context(prec=400)  # the longest float has 309 digits before its comma

_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d)")
_VIETNAMESE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,(\d+))?", re.ASCII)
_ONE_COMMA_THREE_DIGITS = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)


class NumberRefused(ValueError):
    """A text that is no number, or could mean two; the message is a Vietnamese sentence for the person."""


def exact(value: Number) -> Fraction:
    """Return the value as a fraction; a float counts as the decimal it prints (0.1 is one tenth)."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def round_half_up(value: Number, digits: int = 0) -> Decimal:
    """Return the value with so many decimals, halves away from zero: 42,65 → 42,7 and −0,5 → −1."""
    step = Decimal(1).scaleb(-digits)
    if isinstance(value, Fraction):
        scaled = value * 10**digits
        whole = math.floor(abs(scaled) + Fraction(1, 2))
        rounded = Decimal(-whole if scaled < 0 else whole).scaleb(-digits, WIDE)
    else:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        rounded = number.quantize(step, ROUND_HALF_UP, WIDE)
    return rounded or step * 0  # there is no −0


def percent(numerator: Number | None, denominator: Number | None, digits: int = 1) -> Decimal | None:
    """Return numerator ÷ denominator in per cent, rounded once from the exact ratio; None where it has no meaning."""
    if numerator is None or not denominator:
        return None
    return round_half_up(exact(numerator) * 100 / exact(denominator), digits)


def format_number(value: Decimal | int | float | None, digits: int | None = None) -> str:
    """Return '1.154' or '42,7'; '—' for None; without digits all significant decimals stand."""
    if value is None or not math.isfinite(value):
        return NO_VALUE
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if digits is not None:
        number = round_half_up(number, digits)
    whole, _, decimals = f"{abs(number):f}".partition(".")
    if digits is None:
        decimals = decimals.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = MINUS if number < 0 else ""
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def format_percent(value_in_percent: Decimal | int | float | None, digits: int = 1) -> str:
    """Return '42,7 %' with a no-break space; '—' for None."""
    text = format_number(value_in_percent, digits)
    return text if text == NO_VALUE else f"{text}{NBSP}%"


def format_money(vnd: Decimal | int | float | None) -> str:
    """Return đồng as '53,7 tỷ đồng' from a billion up (one decimal at most), as '950.000 đồng' below."""
    if vnd is None or not math.isfinite(vnd):
        return NO_VALUE
    if abs(round_half_up(vnd)) < BILLION:
        return f"{format_number(round_half_up(vnd))}{NBSP}đồng"
    return f"{format_number(round_half_up(exact(vnd) / BILLION, 1))}{NBSP}tỷ{NBSP}đồng"


def parse_number(text: str) -> Decimal:
    """Return the number of a Vietnamese text ('1.154', '42,7', '1 154'); NumberRefused if it is none or unclear."""
    written = _SPACES.sub(" ", text.strip())
    signed = written[:1] in ("-", "+", MINUS)
    sign, body = (written[0], written[1:].strip()) if signed else ("", written)
    if _ONE_COMMA_THREE_DIGITS.fullmatch(body):
        raise NumberRefused(_two_meanings(written, body))
    found = _VIETNAMESE.fullmatch(body)
    if not found:
        raise NumberRefused(_no_number(written, sign, body))
    whole = found[1].replace(".", "").replace(" ", "")
    value = Decimal(f"{whole}.{found[2]}" if found[2] else whole)
    return -value if sign in ("-", MINUS) else value


def wilson(successes: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's interval for a rate as shares 0–1, so that 2 of 2 does not beat 90 of 95; (0, 1) if n is 0."""
    if n <= 0:
        return 0.0, 1.0
    rate, spread = successes / n, z * z / n
    middle = rate + spread / 2
    half = z * math.sqrt(rate * (1 - rate) / n + spread / (4 * n))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def _two_meanings(written: str, body: str) -> str:
    """Return the refusal of a text like '1,154', which is thousands in English and decimals in Vietnamese."""
    return (
        f"Số “{written}” có thể hiểu theo hai cách: viết {body.replace(',', '.')} nếu là hàng nghìn, "
        f"{body}0 nếu là phần thập phân"
    )


def _no_number(written: str, sign: str, body: str) -> str:
    """Return the refusal of a text that is no Vietnamese number, with the right spelling if it looks English."""
    swapped = body.translate(str.maketrans(".,", ",."))
    if " " not in body and _VIETNAMESE.fullmatch(swapped):
        return f"Số “{written}” không viết theo lối Việt Nam: dấu phẩy ngăn phần thập phân, hãy viết {sign}{swapped}"
    return f"“{written}” không phải là số: viết như 1.154 (dấu chấm ngăn hàng nghìn) hoặc 42,7 (dấu phẩy thập phân)"
