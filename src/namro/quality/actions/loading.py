"""Loading what a package declares of the index; the same folder twice changes nothing."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from namro.ground.period import Kind, Period
from namro.ground.reviewed import FileRefused, read_reviewed, storable
from namro.organisation.models import Unit
from namro.organisation.queries import current_by_code
from namro.procedures.models import Procedure
from namro.quality.actions.keeping import AnnouncementRow, ReportedRow, put_announcements, put_reported
from namro.quality.catalog import read_scheme
from namro.quality.models import QualityIndex

FOLDER = "quality"
Row = dict[str, str]


@transaction.atomic
def load_package(
    folder: Path, root: Unit, *, progress: Callable[[float, str], None] | None = None
) -> dict[str, int]:
    """Put the index of a package, and the city's announcements and national counts where it has such files.

    Returns rows by kind; FileRefused with the line of a fault.
    """
    inside = folder / FOLDER
    if not inside.is_dir():
        return {}
    file = inside / "index766.yaml"
    scheme = read_scheme(file)
    QualityIndex.objects.update_or_create(
        code=scheme.code, defaults={"version": scheme.version, "body": storable(read_reviewed(file))}
    )
    announcements = inside / "announcements.csv"
    reported = inside / "reported.csv"
    counts = {"quality_parts": len(scheme.parts)}
    if announcements.is_file():
        counts["announcements"] = put_announcements(root, _announcements(announcements), is_synthetic=False)
    if reported.is_file():
        counts["reported_counts"] = put_reported(_reported(reported), is_synthetic=False)
    if progress:
        progress(1.0, "bộ chỉ số phục vụ")
    return counts


def _announcements(file: Path) -> Iterator[AnnouncementRow]:
    keys = dict(Procedure.objects.values_list("code", "pk"))
    for line, row in _rows(file):
        if row.get("procedure") not in keys:
            raise FileRefused(file, line, f"không có thủ tục mã “{row.get('procedure')}”")
        yield AnnouncementRow(
            number=row["number"],
            procedure=keys[row["procedure"]],
            effective_on=_day(file, line, row, "effective_on"),
            decided_on=_day(file, line, row, "decided_on"),
            published_on=_day(file, line, row, "published_on") if row.get("published_on") else None,
            whole_since=_day(file, line, row, "whole_since") if row.get("whole_since") else None,
        )


def _reported(file: Path) -> Iterator[ReportedRow]:
    units = current_by_code()
    for line, row in _rows(file):
        if row.get("unit") not in units:
            raise FileRefused(file, line, f"không có đơn vị mã “{row.get('unit')}”")
        try:
            period = Period.parse(row["period"])
            received = int(row["received"])
        except (KeyError, ValueError) as fault:
            raise FileRefused(file, line, f"kỳ hoặc số không đọc được: {fault}") from None
        if period.kind not in (Kind.MONTH, Kind.YEAR) or received < 0:
            raise FileRefused(file, line, "kỳ phải là tháng hoặc năm, số không được âm")
        yield ReportedRow(units[row["unit"]].pk, period, received)


def _rows(file: Path) -> Iterator[tuple[int, Row]]:
    with file.open(encoding="utf-8", newline="") as opened:
        yield from enumerate(csv.DictReader(opened), start=2)


def _day(file: Path, line: int, row: Row, key: str) -> date:
    try:
        return date.fromisoformat(row.get(key) or "")
    except ValueError:
        raise FileRefused(file, line, f"“{key}” phải là ngày dạng 2025-07-01") from None
