"""Held rows as a sheet to be mended, and the mended sheet as rows again."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namro.ground.text import fold
from namro.organisation.terms import Refused
from namro.outside.connectors import Unreadable
from namro.outside.sheets import read_sheet
from namro.sources.models import QuarantinedRow
from namro.sources.terms import ContractDef

# A sheet does not run what begins with a mark; the mark goes again when the row comes back.
_GUARDED = ("'=", "'+", "'-", "'@")
# Read again by these names when the sheet comes back, in whatever language the page was.
NUMBER, WHY = gettext_noop("Dòng"), gettext_noop("Lý do")


def sheet_of(contract: ContractDef, rows: Iterable[QuarantinedRow]) -> list[list[str | int | None]]:
    """Return the rows under the labels of the contract, each with its number before and its reasons behind."""
    columns = contract.kept
    lines: list[list[str | int | None]] = [[NUMBER, *(column.label for column in columns), WHY]]
    lines += [
        [row.row, *(row.body.get(column.name) for column in columns), " ".join(row.reasons)] for row in rows
    ]
    return lines


def mended_of(contract: ContractDef, content: bytes, name: str) -> dict[int, dict[str, str | None]]:
    """Return the mended rows by their number; Refused where the sheet is not the one that was handed out."""
    labels = {column.label: column.name for column in contract.kept}
    try:
        table = read_sheet(content, name, {}, [NUMBER, *labels])
    except Unreadable as fault:
        raise Refused(str(fault), field="file") from None
    came = {fold(heading): heading for heading in table.column_names}
    if fold(NUMBER) not in came:
        raise Refused(_("Tệp không có cột “Dòng”; hãy dùng tệp các dòng cách ly đã tải về."), field="file")
    named = {came[fold(label)]: column for label, column in labels.items() if fold(label) in came}
    rows = table.to_pylist()
    numbers = [row[came[fold(NUMBER)]] or "" for row in rows]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        raise Refused(_("Cột “Dòng” phải là số của dòng như trong tệp đã tải về."), field="file")
    return {
        int(number): {column: _plain(row[heading]) for heading, column in named.items()}
        for number, row in zip(numbers, rows, strict=True)
    }


def _plain(value: str | None) -> str | None:
    return value[1:] if value and value.startswith(_GUARDED) else value
