"""Lists whose rows are read: units by what they have done, tasks overdue, due dates moved, communes by criteria.

Tasks that bear a mark of confidentiality are counted but never named: a report goes from hand to hand.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from namro.ground.days import format_day
from namro.ground.numbers import format_number, format_percent, round_half_up
from namro.indicators.models import Figure
from namro.organisation.models import Unit
from namro.organisation.queries import agencies_of, communes_of
from namro.reports.queries.figures import definition_door, tasks_door
from namro.reports.terms import Column, Door, FigureRef, Link, Subject, Table, Tier, Words
from namro.tasks.feeds import SOURCE
from namro.tasks.models import Extension, Moment, Register, Task
from namro.tasks.queries import LeagueRow, league
from namro.tasks.queries.counting import Counts, daily_counts
from namro.tasks.terms import OVERDUE_STATES, ExtensionStatus, Mark

MOST_TASKS = 30
CRITERIA = "tieu_chi_xa_dat"


@dataclass(frozen=True)
class Asking:
    """For whom a list is read."""

    subject: Subject
    unit: Unit

    @property
    def day(self) -> date:
        """The day for which it is true."""
        return self.subject.as_of

    @cached_property
    def unit_ids(self) -> list[int]:
        """The unit and those below it."""
        return list(Unit.objects.below(self.unit).values_list("pk", flat=True))


def listing(key: str, asking: Asking) -> Table:
    """Return the list of a key such as 'league:bcd' or 'extensions:tw:bcd'."""
    name, *of = key.split(":")
    return _MAKERS[name](asking, of)


def _league(asking: Asking, of: list[str]) -> Table:
    """The units below by tasks done, each rank with the interval that so few tasks allow; two queries and the units'."""
    ids = dict(Register.objects.filter(code__in=of).values_list("pk", "code"))
    below = communes_of if of == ["xp"] else agencies_of
    units = list(below(asking.unit, asking.day)) if asking.subject.tier is Tier.CITY else []
    counted = daily_counts(asking.day, unit_ids=[unit.pk for unit in units], register_ids=list(ids))
    by_unit: dict[int, Counts] = {}
    for (unit, _), counts in counted.items():
        by_unit[unit] = by_unit.get(unit, Counts()) + counts
    ranked = league([unit for unit in units if unit.pk in by_unit], by_unit)
    columns = (
        Column("Hạng", share=2),
        Column("Đơn vị", share=7),
        Column("Được giao", is_number=True, share=2),
        Column("Hoàn thành", is_number=True, share=2),
        Column("Tỷ lệ", is_number=True, share=2),
        Column("Quá hạn", is_number=True, share=2),
    )
    rows = tuple(_league_row(row, of[0] if len(of) == 1 else "", asking) for row in ranked)
    return Table("", columns, rows, "Hạng ghi thành khoảng khi số nhiệm vụ còn ít; dưới 5 nhiệm vụ thì chưa xếp.")


def _league_row(row: LeagueRow, register: str, asking: Asking) -> tuple[Words, ...]:
    counts = row.counts
    numbers = (("tong", "", counts.total), ("xong", "done", counts.finished))
    cells = tuple((_counted(row.unit, register, name, state, value, asking),) for name, state, value in numbers)
    rate = _rate(row, register, asking)
    overdue = _counted(row.unit, register, "qua_han", "overdue", counts.overdue, asking)
    return ((_rank(row),), (_unit_link(row.unit, asking),), *cells, (rate,), (overdue,))


def _rank(row: LeagueRow) -> str:
    if row.first is None or row.last is None:
        return "chưa xếp"
    return f"{row.first}" if row.first == row.last else f"{row.first}–{row.last}"


def _unit_link(unit: Unit, asking: Asking) -> Link:
    return Link(unit.name, Door("unit", (unit.code,), (("ngay", asking.day.isoformat()),)))


def _counted(unit: Unit, register: str, name: str, state: str, value: int, asking: Asking) -> FigureRef:
    """Return a count of tasks of a unit, which opens their list."""
    return FigureRef(
        key=".".join(part for part in ("don_vi", unit.code, register, name) if part),
        label=f"{_NAMES[name]} – {unit.name}",
        unit=unit.code,
        unit_name=unit.name,
        period=asking.day.isoformat(),
        value=Decimal(value),
        text=format_number(value),
        as_of=asking.day,
        source=SOURCE,
        unit_of_measure="nhiệm vụ",
        how="Đếm trong sổ nhiệm vụ theo đơn vị chủ trì",
        rows=tasks_door(register, state, unit.code, asking.day),
    )


_NAMES = {
    "tong": "Nhiệm vụ được giao",
    "xong": "Nhiệm vụ đã hoàn thành",
    "qua_han": "Nhiệm vụ quá hạn",
    "ty_le": "Tỷ lệ hoàn thành",
}


def _rate(row: LeagueRow, register: str, asking: Asking) -> FigureRef:
    return FigureRef(
        key=".".join(part for part in ("don_vi", row.unit.code, register, "ty_le") if part),
        label=f"{_NAMES['ty_le']} – {row.unit.name}",
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


def _named(asking: Asking, of: Iterable[str]) -> QuerySet[Task]:
    """Return the tasks of the registers led within the unit that may be named, with the due date of the day."""
    set_on_day = Moment.objects.filter(task=OuterRef("pk"), due_day__isnull=False, day__lte=asking.day)
    due = Subquery(set_on_day.order_by("-day", "-pk").values("due_day")[:1])
    rows = Task.objects.filter(register__code__in=list(of), lead_unit_id__in=asking.unit_ids, mark=Mark.NORMAL)
    return rows.annotate(due_then=due).select_related("lead_unit").defer("words", "folded", "detail")


def _overdue(asking: Asking, of: list[str]) -> Table:
    """Tasks late and not done at the end of the day, the longest overdue first; two queries."""
    held = {"spans__start__lte": asking.day, "spans__end__gt": asking.day, "spans__state__in": OVERDUE_STATES}
    tasks = _named(asking, of).filter(**held).order_by("due_then", "pk")
    columns = (
        Column("Mã", share=2),
        Column("Nhiệm vụ", share=7),
        Column("Chủ trì", share=4),
        Column("Hạn", share=2),
        Column("Quá hạn", is_number=True, share=2),
    )
    rows = tuple(_overdue_row(task, asking.day) for task in tasks[:MOST_TASKS])
    return _cut("", columns, rows, tasks)


def _overdue_row(task: Task, day: date) -> tuple[Words, ...]:
    due: date = task.due_then or task.due_day  # type: ignore[attr-defined]
    return (
        (_task_link(task, day),),
        (task.title,),
        (task.lead_unit.name,),
        (format_day(due),),
        (f"{(day - due).days} ngày",),
    )


def _task_link(task: Task, day: date) -> Link:
    return Link(task.code, Door("task", (task.code,), (("ngay", day.isoformat()),)))


def _extensions(asking: Asking, of: list[str]) -> Table:
    """Due dates moved by the day, with who granted it and on which document; two queries."""
    granted = Extension.objects.filter(status=ExtensionStatus.GRANTED, decided_day__lte=asking.day)
    rows = granted.filter(task__in=_named(asking, of).values("pk")).select_related("task__lead_unit")
    columns = (
        Column("Mã", share=2),
        Column("Nhiệm vụ, đơn vị chủ trì", share=6),
        Column("Hạn cũ", share=2),
        Column("Hạn mới", share=2),
        Column("Người cho phép, văn bản", share=5),
    )
    shown = rows.order_by("-decided_day", "pk")[:MOST_TASKS]
    return _cut("", columns, tuple(_extension_row(extension, asking.day) for extension in shown), rows)


def _cut(caption: str, columns: tuple[Column, ...], rows: tuple[tuple[Words, ...], ...], every: QuerySet[Any]) -> Table:
    """Return a table that says how many rows it leaves out; the whole is counted only where some are."""
    whole = every.count() if len(rows) == MOST_TASKS else len(rows)
    left = whole - len(rows)
    note = f"Còn {format_number(left)} việc khác, xem danh sách đầy đủ trên hệ thống." if left else ""
    return Table(caption, columns, rows, note, whole=whole)


def _extension_row(extension: Extension, day: date) -> tuple[Words, ...]:
    task = extension.task
    return (
        (_task_link(task, day),),
        (f"{task.title} ({task.lead_unit.name})",),
        (format_day(extension.due_before),),
        (format_day(extension.due_after),),
        (f"{extension.granted_by}; {extension.document}",),
    )


def _communes(asking: Asking, of: list[str]) -> Table:
    """Communes by criteria met in the last period that has come in: 'full' those with all, 'behind' the lowest."""
    units = communes_of(asking.unit, asking.day) if asking.subject.tier is Tier.CITY else Unit.objects.none()
    known = Figure.objects.filter(indicator=CRITERIA, unit__in=units, as_of__lte=asking.day)
    newest = known.select_related("unit").order_by("unit_id", "-period_start", "-as_of").distinct("unit_id")
    told = [row for row in newest if row.numerator is not None and row.denominator is not None]
    shares = sorted(told, key=lambda row: (row.value if row.value is not None else 0, row.unit.sort_key))
    full = [row for row in shares if row.denominator and row.numerator == row.denominator]
    kept = full if of == ["full"] else [row for row in shares if row not in full][:10]
    columns = (
        Column("Đơn vị", share=6),
        Column("Kỳ", share=2),
        Column("Tiêu chí đạt", is_number=True, share=2),
        Column("Tỷ lệ", is_number=True, share=2),
    )
    return Table("", columns, tuple(_commune_row(row, asking) for row in kept))


def _commune_row(row: Figure, asking: Asking) -> tuple[Words, ...]:
    assert row.numerator is not None  # noqa: S101 - asked for in the query
    assert row.denominator is not None  # noqa: S101 - the formula gives both or none
    door = definition_door(CRITERIA, row.unit.code, asking.day)
    base = FigureRef(
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
        rows=door,
        definition=door,
    )
    rate = None if row.value is None else round_half_up(row.value, 1)
    return ((_unit_link(row.unit, asking),), (row.period,), (base,), (format_percent(rate),))


_MAKERS: dict[str, Callable[[Asking, list[str]], Table]] = {
    "league": _league,
    "overdue": _overdue,
    "extensions": _extensions,
    "communes": _communes,
}
