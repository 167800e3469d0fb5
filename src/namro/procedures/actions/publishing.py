"""Publishing: what a person has seen of an import becomes versions that hold from a day on, all or nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from namro.audit.actions import once, record, take_turn
from namro.ground import clock
from namro.ground.days import format_day
from namro.ground.text import fold, sort_key
from namro.organisation.models import Person
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Viewer
from namro.procedures.actions.appending import append_versions, new_version_ids
from namro.procedures.actions.events import belonging
from namro.procedures.actions.receiving import counts_of
from namro.procedures.catalog import from_body
from namro.procedures.formulas.comparing import digest
from namro.procedures.formulas.doubts import doubts_about
from namro.procedures.models import Procedure, ProcedureChange, ProcedureImport, ProcedureVersion
from namro.procedures.queries import stale_changes
from namro.procedures.terms import LEVEL_OF, Change, ImportState, ProcedureDef

BATCH = 500
# So many letters of a name decide its place in the alphabet: what is equal so far goes by its row.
ORDERED_LETTERS = 80
SHOWN = ["current", "name", "field", "ministry", "agency", "levels", "applicants", "is_online", "flags", "events",
         "order_key", "folded_name", "folded_rest"]  # fmt: skip
Belonging = Callable[[str, str, str], list[str]]


@once
def publish_import(
    batch_id: int, *, valid_from: date, client_id: UUID, by: Person, viewer: Viewer
) -> ProcedureImport:
    """Publish what an import changes, in force from a day (today or earlier); asked twice, published once."""
    check_capability(viewer, Capability.PUBLISH_PROCEDURES)
    take_turn("procedures")  # of two imports the second sees what the first changed
    batch = ProcedureImport.objects.select_for_update().get(pk=batch_id)
    if batch.state == ImportState.PUBLISHED:
        return batch
    _check(batch, valid_from)
    write_versions(batch, batch.changes.select_related("base").order_by("code"), valid_from, by)
    record(by=by, verb="publish_procedures", obj=batch,
           after=counts_of(batch) | {"valid_from": valid_from, "client_id": str(client_id)})  # fmt: skip
    return batch


@once
def discard_import(batch_id: int, *, client_id: UUID, by: Person, viewer: Viewer) -> ProcedureImport:
    """Leave an import unpublished for good; it stays on record with what it would have changed."""
    check_capability(viewer, Capability.PUBLISH_PROCEDURES)
    batch = ProcedureImport.objects.select_for_update().get(pk=batch_id)
    if batch.state == ImportState.PUBLISHED:
        raise Refused("Lô nhập này đã công bố, không bỏ được; hãy nhập một lô sửa lại.")
    if batch.state == ImportState.RECEIVED:
        batch.state = ImportState.DISCARDED
        batch.save(update_fields=["state"])
        record(
            by=by,
            verb="discard_procedures",
            obj=batch,
            after={"name": batch.name, "client_id": str(client_id)},
        )
    return batch


def _check(batch: ProcedureImport, valid_from: date) -> None:
    if batch.state == ImportState.DISCARDED:
        raise Refused("Lô nhập này đã bỏ; hãy gửi lại tệp.")
    if batch.is_complete and batch.faults:
        raise Refused(
            f"Tệp khai là toàn bộ danh mục nhưng còn {len(batch.faults)} dòng sai; hãy sửa các dòng ấy rồi gửi lại."
        )
    if not batch.changes.exists():
        raise Refused("Lô nhập này không thay đổi thủ tục nào nên không có gì để công bố.")
    if valid_from > clock.today():
        raise Refused("Ngày hiệu lực chưa đến; hãy công bố vào ngày ấy.", field="valid_from")
    stale = stale_changes(batch).first()
    if stale is not None:
        raise Refused(
            f"Thủ tục {stale.code} đã đổi sau khi nhận tệp này; hãy gửi lại tệp để so với bản đang có."
        )
    later = ProcedureVersion.objects.filter(
        procedure__code__in=batch.changes.values("code"), valid_from__gt=valid_from
    )
    latest = later.select_related("procedure").order_by("-valid_from").first()
    if latest is not None:
        raise Refused(
            f"Thủ tục {latest.procedure.code} đã có phiên bản từ ngày {format_day(latest.valid_from)}; "
            "ngày hiệu lực mới không được sớm hơn.",
            field="valid_from",
        )


def write_versions(
    batch: ProcedureImport,
    changes: Iterable[ProcedureChange],
    valid_from: date,
    by: Person | None,
    records: Mapping[str, ProcedureDef] | None = None,
) -> None:
    """Append a version for each change and let the procedures point at it; mark the import as published.

    `records` spares reading the bodies again where the caller still holds what they were made of.
    """
    held = list(changes)
    ids = new_version_ids(len(held))
    procedures = _procedures(held, records or {}, ids)
    numbers = _numbers(procedures.values())
    append_versions(
        _version(change, procedures[change.code], numbers, batch, valid_from, by, pk)
        for change, pk in zip(held, ids, strict=True)
    )
    batch.state, batch.published_at, batch.published_by = ImportState.PUBLISHED, clock.now(), by
    batch.save(update_fields=["state", "published_at", "published_by"])


def _procedures(
    changes: Sequence[ProcedureChange], records: Mapping[str, ProcedureDef], ids: Sequence[int]
) -> dict[str, Procedure]:
    """Rows of the codes by code, as the changes leave them, each pointing at the version it will have."""
    events = belonging()
    known = {row.code: row for row in Procedure.objects.filter(code__in=[change.code for change in changes])}
    rows = {}
    for change, pk in zip(changes, ids, strict=True):
        row = known.get(change.code) or Procedure(code=change.code)
        rows[change.code] = _filled(row, records.get(change.code) or change.body, events)
        row.current_id = None if change.kind == Change.ENDED else pk
    Procedure.objects.bulk_create([row for row in rows.values() if row.pk is None], batch_size=BATCH)
    if known:
        Procedure.objects.bulk_update(known.values(), SHOWN, batch_size=BATCH)
    return rows


def _filled(row: Procedure, said: ProcedureDef | Mapping[str, Any] | None, events: Belonging) -> Procedure:
    """Put to a row what can be asked of it; an ended one keeps what it had."""
    if said is None:
        return row
    item = said if isinstance(said, ProcedureDef) else from_body(said)
    name = fold(item.name)
    row.name, row.field, row.agency = item.name, item.field, item.agency
    row.ministry = item.source.get("ministry", "")[:200]
    row.levels = [LEVEL_OF[level] for level in item.level]
    row.applicants, row.is_online = list(item.applicants), item.is_online
    row.flags = [flag.value for flag in doubts_about(item)]
    row.events = events(item.code, name, item.field)
    row.order_key, row.folded_name = sort_key(item.name[:ORDERED_LETTERS])[:240], name
    row.folded_rest = fold(f"{item.code} {item.field} {item.agency} {item.result}")
    return row


def _numbers(rows: Iterable[Procedure]) -> dict[int, int]:
    """The number of the last version of each row that has one."""
    held = ProcedureVersion.objects.filter(procedure__in=[row.pk for row in rows])
    return dict(held.order_by("number").values_list("procedure_id", "number"))


def _version(
    change: ProcedureChange,
    row: Procedure,
    numbers: Mapping[int, int],
    batch: ProcedureImport,
    valid_from: date,
    by: Person | None,
    pk: int,
) -> ProcedureVersion:
    is_end = change.kind == Change.ENDED
    return ProcedureVersion(
        pk=pk, procedure=row, number=numbers.get(row.pk, 0) + 1, valid_from=valid_from, is_end=is_end,
        body=change.body, digest="" if change.body is None else digest(change.body),
        flags=[] if is_end else row.flags, batch=batch, published_at=clock.now(), published_by=by,
    )  # fmt: skip
