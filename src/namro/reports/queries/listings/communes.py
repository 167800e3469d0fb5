"""Communes by the criteria they meet."""

from namro.ground.numbers import format_number, format_percent, round_half_up
from namro.ground.period import Period
from namro.indicators.models import Figure
from namro.organisation.models import Unit
from namro.organisation.queries import communes_of
from namro.reports.queries.figures import definition_door
from namro.reports.queries.listings.asking import Asking
from namro.reports.terms import Column, FigureRef, Table, Tier, Words

CRITERIA = "tieu_chi_xa_dat"
MOST = 10
COLUMNS = (
    Column("Đơn vị", share=6, names_row=True),
    Column("Kỳ", share=3),
    Column("Tiêu chí đạt", is_number=True, share=2),
    Column("Tỷ lệ", is_number=True, share=2),
)


def communes(asking: Asking, of: list[str]) -> Table:
    """Return communes by criteria met as last known: 'full' those with all, 'behind' the lowest; two queries."""
    units = communes_of(asking.unit, asking.day) if asking.subject.tier is Tier.CITY else Unit.objects.none()
    known = Figure.objects.filter(indicator=CRITERIA, unit__in=units, as_of__lte=asking.day)
    newest = known.select_related("unit").order_by("unit_id", "-period_start", "-as_of").distinct("unit_id")
    told = [row for row in newest if row.numerator is not None and row.denominator]
    shares = sorted(told, key=lambda row: (row.value or 0, row.unit.sort_key))
    full = [row for row in shares if row.numerator == row.denominator]
    behind = [row for row in shares if row.numerator != row.denominator]
    kept = full if of == ["full"] else behind[:MOST]
    return Table(
        "", COLUMNS, tuple(_row(row, asking) for row in kept), whole=len(full if of == ["full"] else behind)
    )


def _row(row: Figure, asking: Asking) -> tuple[Words, ...]:
    rate = None if row.value is None else round_half_up(row.value, 1)
    period = Period.parse(row.period).label
    return ((asking.link_to(row.unit),), (period,), (_met(row, asking),), (format_percent(rate),))


def _met(row: Figure, asking: Asking) -> FigureRef:
    """Return how many criteria a commune meets, which opens the indicator for it."""
    door = definition_door(CRITERIA, row.unit.code, asking.day)
    return FigureRef(
        key=f"tieu_chi.{row.unit.code}.dat",
        label=f"Tiêu chí đạt – {row.unit.name}",
        unit=row.unit.code,
        unit_name=row.unit.name,
        period=row.period,
        value=row.numerator,
        text=f"{format_number(row.numerator)}/{format_number(row.denominator)}",
        numerator=row.numerator,
        denominator=row.denominator,
        as_of=row.as_of,
        source=row.source,
        source_state=row.source_state,
        unit_of_measure="tiêu chí",
        how="Số tiêu chí đạt trên số tiêu chí đã trả lời",
        rows=door,
        definition=door,
    )
