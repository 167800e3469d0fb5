"""Take in the service groups, charts and marks that a package declares, and keep people's own boards."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from namro.audit.actions import record
from namro.ground import clock
from namro.indicators.catalog.annotations import Annotation as AnnotationDef
from namro.indicators.catalog.annotations import read_annotations
from namro.indicators.catalog.charts import ChartDef, read_charts
from namro.indicators.catalog.groups import GroupDef, read_groups
from namro.indicators.models import Annotation, BoardPlace, Chart, ServiceGroup
from namro.indicators.terms import IndicatorDef
from namro.organisation.models import Person
from namro.organisation.terms import Refused
from namro.sources.catalog.reading import Entry, plain

MOST_OF_ONES_OWN = 24
_GROUP_FIELDS = ["name", "name_en", "owner", "order", "icon", "package", "is_active"]
_CHART_FIELDS = ["group", "order", "body", "owner", "next_review", "package", "is_active"]


def load_boards(
    folder: Path, *, package: str, units: set[str], indicators: Iterable[IndicatorDef]
) -> dict[str, int]:
    """Take in the groups, charts and marks of a package; twice is as once. Returns rows by kind, with warnings."""
    today, known = clock.today(), {each.code: each for each in indicators}
    groups, first = read_groups(folder, units=units)
    codes = {group.code for group in groups}
    charts, second = read_charts(folder / "charts", today=today, units=units, groups=codes, indicators=known)
    marks, third = read_annotations(folder, today=today, groups=codes)
    store_groups(groups, package=package)
    store_charts(charts, package=package)
    store_annotations(marks, package=package)
    warnings = sum(len(reading.warnings) for reading in (first, second, third))
    return {
        "groups": len(groups),
        "charts": len(charts),
        "annotations": len(marks),
        "chart_warnings": warnings,
    }


@transaction.atomic
def store_groups(groups: Sequence[GroupDef], *, package: str) -> None:
    """Store the groups of a package; those it no longer declares fall out of use."""
    rows = [ServiceGroup(**vars(group), package=package) for group in groups]
    store_declared(ServiceGroup, rows, _GROUP_FIELDS, package)


@transaction.atomic
def store_charts(read: Sequence[tuple[ChartDef, Entry]], *, package: str) -> None:
    """Store the charts of a package in the order of its groups; those it no longer declares fall out of use."""
    groups = {group.code: group for group in ServiceGroup.objects.all()}
    placed = sorted(read, key=lambda each: groups[each[0].group].order)
    rows = [
        Chart(
            code=chart.code, group=groups[chart.group], order=place, body=plain(entry), owner=chart.owner,
            next_review=chart.next_review, package=package,
        )
        for place, (chart, entry) in enumerate(placed)
    ]  # fmt: skip
    store_declared(Chart, rows, _CHART_FIELDS, package)


def store_annotations(marks: Iterable[AnnotationDef], *, package: str) -> None:
    """Store the marks of a package in the place of those it had."""
    rows = [Annotation(**(vars(mark) | {"groups": list(mark.groups)}), package=package) for mark in marks]
    Annotation.objects.filter(package=package).delete()
    Annotation.objects.bulk_create(rows)


def store_declared(
    model: type[Any], rows: Sequence[Any], fields: list[str], package: str, *, verb: str = "declare_charts"
) -> None:
    """Store declared rows by code where they changed, with one line in the log that says which."""
    known = {row.code: row for row in model.objects.filter(package=package)}
    codes = {row.code for row in rows}
    new = [row for row in rows if not _same(known.get(row.code), row, fields)]
    gone = [row for code, row in known.items() if code not in codes and row.is_active]
    if not new and not gone:
        return
    for row in gone:
        row.is_active = False
    model.objects.bulk_create(
        [*new, *gone], update_conflicts=True, unique_fields=["code"], update_fields=fields
    )
    names = {"declared": [row.code for row in new], "no_longer": [row.code for row in gone]}
    record(by=None, verb=verb, obj=(new or gone)[0], after={"package": package} | names)


def _same(known: Any, row: Any, fields: list[str]) -> bool:
    names = [f"{name}_id" if name == "group" else name for name in fields]
    return known is not None and all(getattr(known, name) == getattr(row, name) for name in names)


@transaction.atomic
def arrange_board(codes: Sequence[str], *, by: Person) -> None:
    """Keep a person's own board: these charts, in this order; refuses a chart that is none, and too many of them."""
    wanted = list(dict.fromkeys(codes))
    if len(wanted) > MOST_OF_ONES_OWN:
        raise Refused(
            f"Bảng riêng giữ nhiều nhất {MOST_OF_ONES_OWN} biểu đồ; hãy bỏ bớt trước khi thêm.", field="chart"
        )
    charts = {chart.code: chart for chart in Chart.objects.filter(code__in=wanted, is_active=True)}
    missing = [code for code in wanted if code not in charts]
    if missing:
        raise Refused(f"Không có biểu đồ «{missing[0]}»; hãy chọn trong danh sách.", field="chart")
    rows = [BoardPlace(person=by, chart=charts[code], place=place) for place, code in enumerate(wanted)]
    Person.objects.select_for_update().get(pk=by.pk)  # two windows of one person take turns
    BoardPlace.objects.filter(person=by).delete()
    BoardPlace.objects.bulk_create(rows)
    record(by=by, verb="arrange_board", obj=by, after={"charts": wanted})
