"""Figures as rows of a download: the same values with their counts, day, source and state."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.ground.period import Period
from namro.indicators.terms import FigureRow, IndicatorDef
from namro.pages.indicators.asked import Asked
from namro.pages.naming import named, period_words
from namro.pages.sheet import Cell
from namro.sources.terms import SourceState

Lines = list[list[Cell]]


def heads() -> list[Cell]:
    """Return the heads of the columns."""
    return [
        _("Mã chỉ số"), _("Chỉ số"), _("Mã đơn vị"), _("Đơn vị"), _("Kỳ"), _("Phân tổ"), _("Giá trị"), _("Đơn vị tính"),
        _("Tử số"), _("Mẫu số"), _("Số liệu đến ngày"), _("Nguồn"), _("Tình trạng nguồn"), _("Phiên bản"),
    ]  # fmt: skip


def title(words: str, asked: Asked) -> Lines:
    """Return the lines above the table: what it is, as of which day."""
    return [[words], [_("Xem như ngày %s") % format_day(asked.as_of.day)], []]


def line(definition: IndicatorDef, row: FigureRow, part: str) -> list[Cell]:
    """Return one figure; an empty cell is no data."""
    return [
        definition.code, named(definition), row.unit_code, row.unit_name, period_words(Period.parse(row.period)), part,
        row.rounded(definition), definition.unit_of_measure, _plain(row.numerator), _plain(row.denominator), row.as_of,
        row.source, str(SourceState(row.source_state).label), row.version,
    ]  # fmt: skip


def table(words: str, asked: Asked, rows: Iterable[tuple[IndicatorDef, FigureRow, str]]) -> Lines:
    """Return the whole sheet."""
    return [*title(words, asked), heads(), *(line(*row) for row in rows)]


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.normalize() + 0
