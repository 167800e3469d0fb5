"""Receiving a file of records: what it would change is worked out and kept; nothing is published yet."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from uuid import UUID

from namro.audit.actions import once, record
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Viewer
from namro.procedures.catalog import CODE, Reading, as_body, read_records, unpacked
from namro.procedures.formulas.comparing import changed_parts, digest
from namro.procedures.models import Procedure, ProcedureChange, ProcedureImport, ProcedureVersion
from namro.procedures.terms import Change, Part

BATCH = 500
MOST_FAULTS_KEPT = 1000


@once
def receive_import(
    content: bytes,
    *,
    name: str,
    is_complete: bool,
    source_as_of: str = "",
    client_id: UUID,
    by: Person,
    viewer: Viewer,
) -> ProcedureImport:
    """Keep what a file would change; Refused when it is no file of records. The same client id is the same import.

    `is_complete`: codes that are not in the file would end. `source_as_of`: when the source said so, in words. Lines
    that cannot be taken are kept with their reason.
    """
    check_capability(viewer, Capability.PUBLISH_PROCEDURES)
    known = ProcedureImport.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    found = read_records(unpacked(content))
    if not found.records:
        first = f" Dòng {found.faults[0].line}: {found.faults[0].what}." if found.faults else ""
        raise Refused(f"Tệp không có thủ tục nào nhận được.{first}", field="file")
    batch = new_import(found, content, client_id, name=name, is_complete=is_complete, by=by)
    batch.source_as_of = source_as_of
    keep_changes(batch, found)
    record(by=by, verb="receive_procedures", obj=batch, after=counts_of(batch))
    return batch


def new_import(
    found: Reading, content: bytes, client_id: UUID, *, name: str, is_complete: bool, by: Person | None
) -> ProcedureImport:
    """Return an import of the file, not stored yet; `by` None is the package itself."""
    return ProcedureImport(
        client_id=client_id, name=name[:200], digest=file_digest(content), is_complete=is_complete,
        from_package=by is None, received_at=clock.now(), received_by=by, records=len(found.records),
        faults=[asdict(fault) | {"raw": fault.raw[:20_000]} for fault in found.faults[:MOST_FAULTS_KEPT]],
    )  # fmt: skip


def changes_against_now(batch: ProcedureImport, found: Reading) -> list[ProcedureChange]:
    """Return what an import would change in the catalogue in force, not stored; the import counts them."""
    changes = list(_changes(batch, found))
    kinds = [change.kind for change in changes]
    batch.new, batch.changed, batch.ended = (
        kinds.count(kind) for kind in (Change.NEW, Change.CHANGED, Change.ENDED)
    )
    batch.same = len(found.records) - batch.new - batch.changed
    return changes


def keep_changes(batch: ProcedureImport, found: Reading) -> None:
    """Store an import with its changes, for a person to look at."""
    changes = changes_against_now(batch, found)
    batch.save()
    ProcedureChange.objects.bulk_create(changes, batch_size=BATCH)


def file_digest(content: bytes) -> str:
    """Return the SHA-256 (hex) of a file."""
    return hashlib.sha256(content).hexdigest()


def counts_of(batch: ProcedureImport) -> dict[str, object]:
    """What the log says of an import."""
    return {
        "name": batch.name, "records": batch.records, "new": batch.new, "changed": batch.changed,
        "ended": batch.ended, "faults": len(batch.faults),
    }  # fmt: skip


def _changes(batch: ProcedureImport, found: Reading) -> Iterator[ProcedureChange]:
    in_force = dict(Procedure.objects.filter(current__isnull=False).values_list("code", "current_id"))
    digests = dict(ProcedureVersion.objects.filter(pk__in=in_force.values()).values_list("pk", "digest"))
    bodies = {item.code: as_body(item) for item in found.records}
    changed = [
        code for code, body in bodies.items() if code in in_force and digest(body) != digests[in_force[code]]
    ]
    bases = ProcedureVersion.objects.in_bulk([in_force[code] for code in changed])
    for code, body in bodies.items():
        if code not in in_force:
            yield _change(batch, code, body, Change.NEW)
    for code in changed:
        base = bases[in_force[code]]
        parts = changed_parts(base.body or {}, bodies[code])
        yield _change(batch, code, bodies[code], Change.CHANGED, base, parts)
    if batch.is_complete:
        yield from _ends(batch, in_force.keys() - bodies.keys() - _codes_at_fault(found))


def _codes_at_fault(found: Reading) -> set[str]:
    """Codes that stand in lines not taken: such a procedure is in the file, so it does not end."""
    return {code for fault in found.faults for code in CODE.findall(fault.raw)}


def _ends(batch: ProcedureImport, codes: Iterable[str]) -> Iterator[ProcedureChange]:
    for row in Procedure.objects.filter(code__in=codes).select_related("current"):
        yield ProcedureChange(batch=batch, code=row.code, name=row.name, kind=Change.ENDED, base=row.current)


def _change(
    batch: ProcedureImport,
    code: str,
    body: dict[str, object],
    kind: Change,
    base: ProcedureVersion | None = None,
    parts: Iterable[Part] = (),
) -> ProcedureChange:
    return ProcedureChange(
        batch=batch, code=code, name=str(body["name"]), kind=kind, body=body, base=base,
        parts=[part.value for part in parts],
    )  # fmt: skip
