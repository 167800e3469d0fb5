"""What all forms of chart share: letters, colours as tokens, Vietnamese words for values."""

from typing import Any, Final

from namro.ground.numbers import NBSP, format_number, format_percent

Value = float | int | None
Option = dict[str, Any]

WIDE: Final = 560  # pixels across on a desk
NARROW: Final = 340  # and on a phone: drawn anew, so that letters keep their 12 px
INK, INK_2, LINE, LINE_2, SURFACE = (
    "var(--ink)",
    "var(--ink-2)",
    "var(--line)",
    "var(--line-2)",
    "var(--surface)",
)
LETTERS: Final[Option] = {"fontFamily": "Be Vietnam Pro", "fontSize": 12, "color": INK}
QUIET: Final[Option] = LETTERS | {"color": INK_2}
STRONG: Final[Option] = LETTERS | {"fontWeight": 600, "textBorderWidth": 0}


def words(value: Value, unit: str, digits: int | None = None) -> str:
    """Return a value with its unit of measure: '42,7 %', '1.154 m', '—'."""
    if unit == "%":
        return format_percent(value, 1 if digits is None else digits)
    text = format_number(value, digits)
    return text if value is None or not unit else f"{text}{NBSP}{unit}"


def base() -> Option:
    """Return an option that does not move and writes in our letters."""
    return {"animation": False, "textStyle": LETTERS}
