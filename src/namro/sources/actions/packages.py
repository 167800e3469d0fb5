"""Take in what a package declares: forms, returns stated in its source documents, data contracts."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from namro.audit.actions import record
from namro.ground import clock
from namro.ground.period import Period
from namro.organisation.catalog import read_package
from namro.organisation.models import Person, Unit
from namro.organisation.queries import current_by_code
from namro.organisation.terms import Refused
from namro.outside.connectors import CONNECTORS
from namro.sources.actions.submissions import submit
from namro.sources.catalog.contracts import read_contracts
from namro.sources.catalog.forms import read_forms
from namro.sources.catalog.reading import Entry, plain
from namro.sources.catalog.stated import StatedReturn, read_stated
from namro.sources.models import Form, Source
from namro.sources.queries import latest
from namro.sources.rules.schedule import next_run
from namro.sources.terms import ContractDef, FormDef
from namro.sources.terms.drafts import WEB

Progress = Callable[[float, str], None]
# Documents say on which day they speak, not at what hour: they count from noon.
HOUR_OF_DOCUMENTS = time(12, 0, tzinfo=clock.VIETNAM)


@transaction.atomic
def load_package(folder: Path, *, progress: Progress | None = None) -> dict[str, int]:
    """Take in the forms and stated returns of a package; twice is as once. Returns rows by kind, with warnings."""
    head, units = read_package(folder), current_by_code()
    read, reading = read_forms(folder / "forms", today=clock.today(), units=set(units))
    rooted = [_rooted(form, entry, str(head["root"])) for form, entry in read]
    load_definitions(rooted, package=head["code"])
    forms = {form.code: form for form, _ in read}
    stated = read_stated(folder / "stated", forms)
    for number, item in enumerate(stated, start=1):
        _take_in(item, units[item.unit], package=head["code"])
        if progress:
            progress(number / len(stated), "biểu và số liệu đã công bố")
    return {"forms": len(forms), "stated": len(stated), "warnings": len(reading.warnings)}


def load_definitions(read: Iterable[tuple[FormDef, Entry]], *, package: str, by: Person | None = None) -> int:
    """Store the forms of a package; those it no longer declares are no longer asked for. Returns how many changed."""
    known, changed, declared = {row.code: row for row in Form.objects.filter(package=package)}, 0, set()
    for form, entry in read:
        declared.add(form.code)
        row = known.get(form.code) or Form(code=form.code)
        values = {
            "version": form.version,
            "body": plain(entry),
            "owner": form.owner,
            "next_review": form.next_review,
            "package": package,
            "is_active": True,
        }
        if {name: getattr(row, name, None) for name in values} != values or row.pk is None:
            changed += _store(row, values, by)
    for row in (row for row in known.values() if row.code not in declared and row.is_active):
        changed += _store(row, {"is_active": False}, by)
    return changed


@transaction.atomic
def load_sources(folder: Path, *, progress: Progress | None = None) -> dict[str, int]:
    """Take in the data contracts of a package; twice is as once. Returns rows by kind, with warnings."""
    head, units = read_package(folder), current_by_code()
    read, reading = read_contracts(folder / "sources", today=clock.today(), units=set(units))
    met = Source.objects.filter(package=WEB, code__in=[contract.code for contract, _ in read]).count()
    declare_sources(read, package=head["code"])
    if progress:
        progress(1.0, "hợp đồng dữ liệu")
    counts = {"sources": len(read), "source_warnings": len(reading.warnings)}
    return counts | ({"taken_over": met} if met else {})


def declare_sources(
    read: Iterable[tuple[ContractDef, Entry]], *, package: str, by: Person | None = None
) -> int:
    """Store the contracts of a package; those it no longer declares are no longer fetched. Returns how many changed."""
    read = list(read)
    known, changed, declared = {row.code: row for row in Source.objects.filter(package=package)}, 0, set()
    others = Source.objects.filter(code__in=[contract.code for contract, _ in read]).exclude(package=package)
    known |= {row.code: _taken_over(row, dict(_versions(read))) for row in others}
    for contract, entry in read:
        declared.add(contract.code)
        row = known.get(contract.code) or Source(code=contract.code)
        changed += declare(row, contract, entry, package=package, by=by)
    for row in (row for row in known.values() if row.code not in declared and row.is_active):
        changed += _store(row, {"is_active": False}, by)
    return changed


def declare(
    row: Source, contract: ContractDef, entry: Entry, *, package: str, by: Person | None = None
) -> int:
    """Store a contract as the source of a row, and when it is due; returns 1, or 0 where it is as it was."""
    values = {
        "version": contract.version,
        "body": plain(entry),
        "owner": contract.owner,
        "next_review": contract.next_review,
        "package": package,
        "is_active": True,
    }
    if row.pk and {name: getattr(row, name) for name in values} == values:
        return 0
    is_fetched = bool(CONNECTORS[contract.means].module)
    row.next_run = next_run(contract.schedule, clock.now()) if is_fetched else None
    return _store(row, values, by)


def _versions(read: Iterable[tuple[ContractDef, Entry]]) -> Iterator[tuple[str, int]]:
    yield from ((contract.code, contract.version) for contract, _ in read)


def _taken_over(row: Source, versions: dict[str, int]) -> Source:
    """Return a source that was declared on the web for the package to keep from now on; Refused where it may not.

    Its batches stay with it. The newer contract counts: an older file of a package would undo what people changed.
    """
    if row.package != WEB:
        raise Refused(f"Nguồn «{row.code}» đã thuộc gói «{row.package}»; hãy đặt mã khác trong gói này.")
    if versions[row.code] < row.version:
        raise Refused(
            f"Nguồn «{row.code}» khai báo trên web đã ở phiên bản {row.version}, tệp trong gói mới là phiên bản "
            f"{versions[row.code]}; hãy tải hợp đồng từ trang của nguồn, đặt vào gói rồi nạp lại."
        )
    return row


def _store(row: Form | Source, values: dict[str, object], by: Person | None) -> int:
    before = {name: getattr(row, name) for name in values} if row.pk else None
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    verb = "declare_form" if isinstance(row, Form) else "declare_source"
    record(by=by, verb=verb, obj=row, before=before, after=values)
    return 1


def _rooted(form: FormDef, entry: Entry, root: str) -> tuple[FormDef, Entry]:
    """Return the form kept within the package's own city where it does not say otherwise."""
    return form, {**entry, "within": entry.get("within") or root}


def _take_in(item: StatedReturn, unit: Unit, *, package: str) -> None:
    """Send a stated return; when the package now states other values, as a correction of what it stated before."""
    period = Period.parse(item.period)
    said = json.dumps(
        [package, item.form, item.unit, item.period, item.as_of.isoformat(), item.values], sort_keys=True
    )
    current = latest(item.form, unit, period)
    submit(
        form=item.form,
        unit=unit,
        period=period,
        values=item.values,
        as_of=item.as_of,
        client_id=uuid5(NAMESPACE_URL, said),
        expected_version=current.version if current else 0,
        by=None,
        viewer=None,
        source=item.source,
        at=datetime.combine(item.as_of, HOUR_OF_DOCUMENTS),
    )
