"""The agencies (or communes) of a city by tasks done, as the league page ranks them."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from namro.ground.numbers import format_number, format_percent, percent
from namro.organisation.models import Unit
from namro.organisation.queries import agencies_of, communes_of
from namro.reports.queries.figures import tasks_door
from namro.reports.queries.listings.asking import Asking, joined_key
from namro.reports.terms import Column, FigureRef, Table, Tier, Words
from namro.tasks.feeds import SOURCE
from namro.tasks.models import Register
from namro.tasks.queries import LeagueRow, league
from namro.tasks.queries.counting import Counts, daily_counts

COLUMNS = (
    Column("Hạng", share=2, keeps_line=True),
    Column("Đơn vị", share=8, names_row=True),
    Column("Được giao", is_number=True, share=2),
    Column("Hoàn thành", is_number=True, share=2),
    Column("Tỷ lệ", is_number=True, share=2),
    Column("Quá hạn", is_number=True, share=2),
)
NOTE = (
    "Tính cả đơn vị trực thuộc. Hạng ghi thành khoảng: với số nhiệm vụ đã giao, đơn vị có thể đứng ở bất kỳ hạng nào "
    "trong khoảng đó (tin cậy 95 %). Dưới 5 nhiệm vụ thì chưa xếp hạng; những đơn vị này ghi gộp, trừ nơi có nhiệm vụ "
    "quá hạn."
)
COUNTS = {
    "tong": ("Nhiệm vụ được giao", "", "total"),
    "xong": ("Nhiệm vụ đã hoàn thành", "done", "finished"),
    "qua_han": ("Nhiệm vụ quá hạn", "overdue", "overdue"),
}


def league_table(asking: Asking, of: list[str]) -> Table:
    """Return the units directly under a city, ranked with the interval that their counts leave open; four queries."""
    if asking.subject.tier is not Tier.CITY:
        return Table("", COLUMNS, ())
    among = communes_of if of == ["xp"] else agencies_of
    units = list(among(asking.unit, asking.day).filter(parent=asking.unit))
    counts = _by_tree(units, asking, of)
    ranked = league([unit for unit in units if unit.pk in counts], counts)
    named = [row for row in ranked if row.first is not None or row.counts.overdue]
    rest = [row for row in ranked if row not in named]
    register = of[0] if len(of) == 1 else ""
    rows = [_row(row, register, asking) for row in named]
    return Table("", COLUMNS, (*rows, *_rest(rest)), NOTE, whole=len(ranked))


def _by_tree(units: Sequence[Unit], asking: Asking, of: list[str]) -> dict[int, Counts]:
    """Return the counts of each unit together with all below it, as its door shows them."""
    registers = list(Register.objects.filter(code__in=of).values_list("pk", flat=True))
    owners = {unit.path: unit.pk for unit in units}
    found: dict[int, Counts] = defaultdict(Counts)
    for (unit, _), counts in daily_counts(
        asking.day, unit_ids=list(asking.paths), register_ids=registers
    ).items():
        owner = next((pk for path, pk in owners.items() if asking.paths[unit].startswith(path)), None)
        if owner is not None:
            found[owner] += counts
    return dict(found)


def _row(row: LeagueRow, register: str, asking: Asking) -> tuple[Words, ...]:
    given, done, late = (_counted(row, name, register, asking) for name in COUNTS)
    return (
        (_rank(row),),
        (asking.link_to(row.unit),),
        (given,),
        (done,),
        (_rate(row, register, asking),),
        (late,),
    )


def _rank(row: LeagueRow) -> str:
    if row.first is None or row.last is None:
        return "chưa xếp"
    return f"{row.first}" if row.first == row.last else f"{row.first}–{row.last}"


def _counted(row: LeagueRow, name: str, register: str, asking: Asking) -> FigureRef:
    """Return a count of tasks of a unit, which opens their list."""
    label, state, counted = COUNTS[name]
    value = getattr(row.counts, counted)
    return FigureRef(
        key=joined_key("don_vi", row.unit.code, register, name),
        label=f"{label} – {row.unit.name}",
        unit=row.unit.code,
        unit_name=row.unit.name,
        period=asking.day.isoformat(),
        value=Decimal(value),
        text=format_number(value),
        as_of=asking.day,
        source=SOURCE,
        unit_of_measure="nhiệm vụ",
        how="Đếm trong sổ nhiệm vụ theo đơn vị chủ trì",
        rows=tasks_door(register, state, row.unit.code, asking.day),
    )


def _rate(row: LeagueRow, register: str, asking: Asking) -> FigureRef:
    return FigureRef(
        key=joined_key("don_vi", row.unit.code, register, "ty_le"),
        label=f"Tỷ lệ hoàn thành – {row.unit.name}",
        unit=row.unit.code,
        unit_name=row.unit.name,
        period=asking.day.isoformat(),
        value=row.rate,
        text=format_percent(row.rate),
        numerator=Decimal(row.part),
        denominator=Decimal(row.whole),
        as_of=asking.day,
        source=SOURCE,
        unit_of_measure="%",
        how="Hoàn thành ÷ được giao × 100",
        rows=tasks_door(register, "done", row.unit.code, asking.day),
    )


def _rest(rows: list[LeagueRow]) -> list[tuple[Words, ...]]:
    """Return one row for the units that are neither ranked nor late, so that the table adds up."""
    if not rows:
        return []
    total = sum((row.counts for row in rows), Counts())
    rate = format_percent(percent(total.finished, total.total))
    words = f"{format_number(len(rows))} đơn vị khác"
    numbers = (format_number(total.total), format_number(total.finished), rate, format_number(total.overdue))
    return [(("–",), (words,), *((number,) for number in numbers))]
