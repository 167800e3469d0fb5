"""Declare the templates of a package, and note that a report was handed out."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import transaction

from namro.audit.actions import record
from namro.ground import clock
from namro.organisation.catalog import read_package
from namro.organisation.models import Person
from namro.organisation.queries import current_by_code
from namro.reports.catalog.figures import read_facts
from namro.reports.catalog.templates import TemplateDef, read_templates
from namro.reports.models import Template
from namro.reports.terms import Format, Report
from namro.sources.catalog.reading import Entry, plain

Progress = Callable[[float, str], None]


@transaction.atomic
def load_package(folder: Path, *, progress: Progress | None = None) -> dict[str, int]:
    """Take in the templates of a package with its facts; twice is as once. Returns rows by kind, with warnings."""
    head, units = read_package(folder), set(current_by_code())
    facts = read_facts(folder)
    read, reading = read_templates(folder / "reports", today=clock.today(), units=units, facts=facts)
    load_definitions(read, package=head["code"])
    if progress:
        progress(1.0, "mẫu báo cáo")
    return {"reports": len(read), "warnings": len(reading.warnings)}


def load_definitions(
    read: Iterable[tuple[TemplateDef, Entry]], *, package: str, by: Person | None = None
) -> int:
    """Store the templates of a package; those it no longer declares fall out of use. Returns how many changed."""
    known = {row.code: row for row in Template.objects.filter(package=package)}
    changed, declared = 0, set()
    for template, entry in read:
        declared.add(template.code)
        values = {
            "version": template.version,
            "body": plain(entry),
            "owner": template.owner,
            "next_review": template.next_review,
            "package": package,
            "is_active": True,
        }
        changed += _store(known.get(template.code) or Template(code=template.code), values, by)
    for row in (row for row in known.values() if row.code not in declared):
        changed += _store(row, {"is_active": False}, by)
    return changed


def _store(row: Template, values: dict[str, object], by: Person | None) -> int:
    """Store a template where it changed, with a line in the log."""
    before = {name: getattr(row, name) for name in values} if row.pk else None
    if before == values:
        return 0
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(by=by, verb="declare_report", obj=row, before=before, after=values)
    return 1


@transaction.atomic
def note_handed_out(report: Report, form: Format, *, by: Person) -> None:
    """Note in the log who took a report away, of which unit, for which day and in which format."""
    row = Template.objects.get(code=report.template)
    taken = {"format": form.value, "unit": report.unit, "as_of": report.as_of, "version": report.version}
    record(by=by, verb="export", obj=row, after=taken, unit=report.unit)
