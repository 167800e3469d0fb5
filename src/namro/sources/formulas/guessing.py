"""What a sample looks like, column by column: types, how numbers are written, what is about a person, what makes a row.

Guesses are proposals: a person looks at each of them before anything is declared.
"""

import re
from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa

from namro.ground.text import fold
from namro.sources.formulas.checking import typed
from namro.sources.rules.drafts import column_names
from namro.sources.terms import ColumnDef, ColumnType, Personal
from namro.sources.terms.drafts import Guess, Guessed

# Of so many of the values that are there a type must hold; the rest is for the checks to name.
NEARLY_ALL = 0.9
EXAMPLES = 3
LONGEST_EXAMPLE = 40
MOST_OF_KEY = 5
# From the narrowest: what is a whole number is also one with decimals.
_TRIED = (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.DATE, ColumnType.TIMESTAMP, ColumnType.BOOLEAN)
# Words of headings, folded. What names an office or a dossier is not about a person.
_IDENTITY = re.compile(r"\b(cccd|cmnd|can cuoc|(so )?dinh danh|ho chieu|bhxh|bhyt|ma so bao hiem)\b")
_CONTACT = re.compile(
    r"\b(ho (va )?ten|dien thoai|so dt|sdt|e ?mail|thu dien tu|dia chi|ngay sinh|nguoi nop)\b"
)
_OF_OFFICES = re.compile(r"\b(co quan|don vi|ho so|tram|truong|xa|phuong)\b")
_AMBIGUOUS = r"[-+]?[1-9]\d{0,2}(\.\d{3})+"


def guess(rows: pa.Table) -> Guessed:
    """Return what the columns of a sample look like; its values are text as they came."""
    headings, names = list(rows.column_names), column_names(rows.column_names)
    with duckdb.connect() as base:
        base.execute("SET TimeZone='UTC'; SET threads=2")
        base.register("came", rows.rename_columns(_places(headings)))
        counts = [_counted(base, place) for place in range(len(headings))]
        numbers = (
            "vi"
            if sum(each["vi only"] for each in counts) > sum(each["plain only"] for each in counts)
            else "plain"
        )
        columns = tuple(
            _guess(base, place, heading, name, counts[place], numbers)
            for place, (heading, name) in enumerate(zip(headings, names, strict=True))
        )
        is_sure = any(each["vi only"] or each["plain only"] for each in counts)
        return Guessed(rows.num_rows, columns, numbers, "" if is_sure else _ambiguous(base, columns))


def different_rows(rows: pa.Table, headings: Sequence[str]) -> int:
    """Return how many rows the columns tell apart."""
    if not headings:
        return 0
    return rows.select(list(headings)).group_by(list(headings)).aggregate([]).num_rows


def guess_key(rows: pa.Table, first: Sequence[str], columns: Sequence[Guess]) -> list[str]:
    """Return the headings that together tell all rows apart: those given first, then whatever tells most apart."""
    key = list(first)
    others = [each.heading for each in columns if _may_be_key(each) and each.heading not in key]
    while different_rows(rows, key) < rows.num_rows and others and len(key) < MOST_OF_KEY:
        best = max(others, key=lambda heading: different_rows(rows, [*key, heading]))
        key.append(best)
        others.remove(best)
    return key if different_rows(rows, key) == rows.num_rows else list(first)


def _may_be_key(column: Guess) -> bool:
    of_words = column.type in {ColumnType.TEXT, ColumnType.INTEGER, ColumnType.DATE, ColumnType.TIMESTAMP}
    return of_words and column.personal != Personal.DROP


def _places(headings: Sequence[str]) -> list[str]:
    """Names of our own: a heading may hold whatever would end a quoted name."""
    return [f"c{place}" for place in range(len(headings))]


def _counted(base: duckdb.DuckDBPyConnection, place: int) -> dict[str, int]:
    """Return how many values are there, differ, and are of each type, plain and in the Vietnamese way."""
    name = f"c{place}"
    decimals = {way: typed(_column(name, ColumnType.DECIMAL), way) for way in ("plain", "vi")}
    asked = {
        "filled": name,
        "different": f"DISTINCT {name}",
        "leading zero": rf"CASE WHEN regexp_matches({name}, '^0\d') THEN 1 END",
        "plain only": f"CASE WHEN {decimals['vi']} IS NULL THEN {decimals['plain']} END",
        "vi only": f"CASE WHEN {decimals['plain']} IS NULL THEN {decimals['vi']} END",
        **{f"{kind} {way}": typed(_column(name, kind), way) for kind in _TRIED for way in ("plain", "vi")},
    }
    told = ", ".join(f"count({what})" for what in asked.values())
    row = base.execute(f"SELECT {told} FROM came").fetchone()  # noqa: S608 - names of our own
    return dict(zip(asked, row or (), strict=True))


def _column(name: str, kind: ColumnType) -> ColumnDef:
    return ColumnDef(name=name, type=kind, label=name)


def _guess(
    base: duckdb.DuckDBPyConnection, place: int, heading: str, name: str, counts: dict[str, int], numbers: str
) -> Guess:
    examples = tuple(_examples(base, place))
    kind = _type(counts, numbers, examples)
    personal = _personal(heading, examples, kind)
    return Guess(heading, name, kind, personal, counts["filled"], counts["different"], examples)


def _type(counts: dict[str, int], numbers: str, examples: Sequence[str]) -> ColumnType:
    """Return the narrowest type of nearly all values; what begins with zero or is as long as an id is no number."""
    if not counts["filled"]:
        return ColumnType.TEXT
    for kind in _TRIED:
        fits = counts[f"{kind} {numbers}"] >= NEARLY_ALL * counts["filled"]
        number = kind in {ColumnType.INTEGER, ColumnType.DECIMAL}
        if fits and not (number and (counts["leading zero"] or _are_ids(examples))):
            return kind
    return ColumnType.TEXT


def _are_ids(examples: Sequence[str]) -> bool:
    return bool(examples) and all(len(each) >= 9 and each.isdigit() for each in examples)


def _personal(heading: str, examples: Sequence[str], kind: ColumnType) -> Personal | None:
    """Return what to do with a column that seems to be about a person, by its heading or by what stands in it."""
    said = fold(heading)
    if _all_like(examples, r"0\d{11}") or (_IDENTITY.search(said) and not _OF_OFFICES.search(said)):
        return Personal.HASH
    if _all_like(examples, r"(\+84|0)\d{9}") or _all_like(examples, r"[^@\s]+@[^@\s]+\.\w+"):
        return Personal.DROP
    if _CONTACT.search(said) and not _OF_OFFICES.search(said) and kind in {ColumnType.TEXT, ColumnType.DATE}:
        return Personal.DROP
    return None


def _all_like(examples: Sequence[str], form: str) -> bool:
    return bool(examples) and all(re.fullmatch(form, each) for each in examples)


def _examples(base: duckdb.DuckDBPyConnection, place: int) -> Iterator[str]:
    """Yield the first different values of a column."""
    name = f"c{place}"
    asked = f"SELECT {name} FROM came WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {EXAMPLES}"  # noqa: S608
    for (value,) in base.execute(asked).fetchall():
        yield value if len(value) <= LONGEST_EXAMPLE else value[:LONGEST_EXAMPLE] + "…"


def _ambiguous(base: duckdb.DuckDBPyConnection, columns: Sequence[Guess]) -> str:
    """Return a value that is another number in either way of writing, such as 1.154; '' where there is none."""
    for place, column in enumerate(columns):
        if column.type == ColumnType.DECIMAL:
            name = f"c{place}"
            asked = f"SELECT min({name}) FROM came WHERE regexp_full_match({name}, '{_AMBIGUOUS}')"  # noqa: S608
            if (found := base.execute(asked).fetchone()) and found[0]:
                return str(found[0])
    return ""
