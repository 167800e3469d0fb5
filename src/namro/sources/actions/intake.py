"""The one door of every source: a shipment becomes a batch, which lands whole or not at all, and leaves a receipt.

The order makes it safe to be killed anywhere: the receipt is opened, rows that break the contract are held, the lake
commits, the receipt is closed. What was cut off is seen by the next run in the lake's own snapshots, and mended.
"""

import errno
import hashlib
import hmac
from uuid import uuid5

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db import transaction

from namro.audit.actions import record
from namro.ground import clock
from namro.ground.numbers import format_number
from namro.lake import tables
from namro.lake.catalogue import locked
from namro.organisation.models import Person
from namro.organisation.terms import Refused
from namro.outside.connectors import Shipment, Unreadable
from namro.sources.formulas.checking import Checked, check, schema_of
from namro.sources.formulas.fitting import MissingColumns, fit, guard
from namro.sources.models import Batch, QuarantinedRow, Source
from namro.sources.queries.intake import last_landed, units_meant
from namro.sources.terms import BatchState, ContractDef, Mode

# More rows held than people can mend: the source has changed, and nothing of the batch is to be trusted.
MOST_HELD = 10_000
MOST_ROWS = 20_000_000


class NotLanded(Exception):
    """A batch that cannot land; the sentence says why and how to mend it."""


def take_in(
    source: Source, shipment: Shipment, *, by: Person | None = None, replaces: Batch | None = None
) -> Batch:
    """Take a shipment in and return its receipt; one that has landed already is returned as it is.

    Whatever befalls it is written on the receipt (state failed, with a sentence), never raised.
    """
    with locked(f"intake:{source.code}"):
        mend(source)
        batch = _open(source, shipment, by, replaces)
        if batch.state == BatchState.LANDED:
            return batch
        try:
            snapshot = _land(source.definition, batch, shipment)
        except Exception as fault:  # noqa: BLE001 - whatever comes from outside, the receipt says what happened
            return _fail(batch, sentence_of(fault))
        return _close(batch, snapshot)


def preview(source: Source, shipment: Shipment) -> Checked:
    """Return what would land and what would be held, and leave nothing. NotLanded where nothing could."""
    return _checked(source.definition, shipment)


def trial(contract: ContractDef, rows: pa.Table) -> Checked:
    """Return what of the rows would land by a contract that nobody has declared yet, and leave nothing."""
    return _sorted(contract, rows)


def note_nothing_new(source: Source, origin: str) -> Batch:
    """Leave a receipt that the source answered and had nothing new."""
    now = clock.now()
    return Batch.objects.create(
        source=source, state=BatchState.SAME, started_at=now, ended_at=now, origin=origin[:300]
    )


def note_failure(source: Source, origin: str, sentence: str) -> Batch:
    """Leave a receipt that the source could not be read at all."""
    now = clock.now()
    return Batch.objects.create(
        source=source,
        state=BatchState.FAILED,
        started_at=now,
        ended_at=now,
        origin=origin[:300],
        error=sentence,
    )


def mend(source: Source) -> int:
    """Close the receipts that were cut off: landed where the lake knows the batch, failed where it does not.

    To be called by who holds the source's lock: a batch that runs then has nobody who runs it. Returns how many.
    """
    cut_off = list(source.batches.filter(state=BatchState.RUNNING))
    for batch in cut_off:
        snapshot = tables.landed(source.code, str(batch.pk))
        if snapshot:
            _close(batch, snapshot)
        else:
            _fail(batch, "Bị cắt ngang giữa chừng, chưa có gì vào hồ số liệu; lần chạy sau sẽ nhận lại.")
    return len(cut_off)


@transaction.atomic
def _open(source: Source, shipment: Shipment, by: Person | None, replaces: Batch | None) -> Batch:
    """Return the receipt of a shipment: a fresh one, that of the earlier attempt, or of the batch that has landed."""
    known = Batch.objects.filter(pk=shipment.id).first()
    if known and known.source_id != source.pk:
        raise Refused("Mã lô này đã dùng cho nguồn khác; hãy tạo mã lô mới.", field="id")
    last = last_landed(source)
    number = shipment.id
    if known and known.state == BatchState.LANDED:
        if source.definition.mode == Mode.APPEND or known == last:
            return known
        # The whole of a source that is again what it once was, after something else stood there.
        number, known = uuid5(shipment.id, str(last)), None
    batch = known or Batch(pk=number, source=source)
    batch.state, batch.started_at, batch.ended_at, batch.error = BatchState.RUNNING, clock.now(), None, ""
    batch.origin, batch.bytes, batch.cursor = shipment.origin[:300], shipment.size, shipment.cursor
    batch.by, batch.replaces = by, replaces
    batch.save()
    return batch


def _land(contract: ContractDef, batch: Batch, shipment: Shipment) -> tables.Snapshot:
    checked = _checked(contract, shipment)
    _hold(batch, checked)
    tables.ensure(contract.code, schema_of(contract))
    number = str(batch.pk)
    if contract.mode == Mode.REPLACE_ALL:
        return tables.replace_all(contract.code, checked.good, batch=number)
    replaced = str(batch.replaces_id or "")
    return tables.land(contract.code, checked.good, batch=number, replaces=replaced, keys=_keys(contract))


def _keys(contract: ContractDef) -> tuple[str, ...]:
    """Return the columns of the key; with the time among them, the day too, so that only its months are looked at."""
    kept = {column.name for column in contract.kept}
    keys = tuple(name for name in contract.key if name in kept)
    return (*keys, "_day") if contract.time in keys else keys


def _checked(contract: ContractDef, shipment: Shipment) -> Checked:
    """Return the rows of a shipment, sorted; NotLanded, Unreadable or MissingColumns where it is no such thing."""
    rows = shipment.rows()
    if rows.num_rows > MOST_ROWS:
        raise NotLanded(f"Lô có hơn {format_number(MOST_ROWS)} dòng; hãy chia thành nhiều lô.")
    checked = _sorted(contract, rows)
    _refuse_hopeless(contract, checked)
    return checked


def _sorted(contract: ContractDef, rows: pa.Table) -> Checked:
    """Return the rows guarded, typed and checked."""
    guarded = guard(fit(rows, contract), contract, key_of(contract.code))
    came = pc.unique(guarded[contract.unit.column]).to_pylist()
    return check(guarded, contract, units_meant(came, contract), now=clock.now())


def _refuse_hopeless(contract: ContractDef, checked: Checked) -> None:
    held = checked.bad.num_rows
    if held > MOST_HELD:
        first = checked.bad["_reasons"][0].as_py()[0]
        raise NotLanded(
            f"{format_number(held)} dòng sai hợp đồng dữ liệu nên cả lô không được nhận; ví dụ dòng "
            f"{format_number(checked.bad['_row'][0].as_py())}: {first}"
        )
    if contract.mode == Mode.REPLACE_ALL and not checked.good.num_rows:
        raise NotLanded("Lô không có dòng nào dùng được nên không thay toàn bộ số liệu đang có.")


@transaction.atomic
def _hold(batch: Batch, checked: Checked) -> None:
    """Put the rows that break the contract into quarantine, before anything lands; again is as once."""
    batch.rows_in = checked.good.num_rows + checked.bad.num_rows
    batch.rows_quarantined = checked.bad.num_rows
    batch.save()
    reasons = checked.bad["_reasons"].to_pylist()
    rows = checked.bad.drop_columns(["_reasons"]).to_pylist()
    held = [
        QuarantinedRow(batch=batch, row=row.pop("_row"), body=_storable(row), reasons=why)
        for row, why in zip(rows, reasons, strict=True)
    ]
    QuarantinedRow.objects.bulk_create(
        held,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["batch", "row"],
        update_fields=["body", "reasons"],
    )


def _storable(row: dict[str, str | None]) -> dict[str, str | None]:
    """Return a row as the database can hold it: a zero byte has no place in its texts."""
    return {name: value.replace("\0", "") if value else value for name, value in row.items()}


@transaction.atomic
def _close(batch: Batch, snapshot: tables.Snapshot) -> Batch:
    batch.state, batch.ended_at = BatchState.LANDED, clock.now()
    batch.rows_landed, batch.snapshot, batch.months = snapshot.rows, snapshot.id, list(snapshot.months)
    batch.save()
    told = {
        "rows": batch.rows_landed,
        "held": batch.rows_quarantined,
        "replaces": str(batch.replaces_id or ""),
    }
    record(by=batch.by, verb="take_in", obj=batch, after=told, unit=batch.source.owner)
    return batch


@transaction.atomic
def _fail(batch: Batch, sentence: str) -> Batch:
    batch.state, batch.ended_at, batch.error = BatchState.FAILED, clock.now(), sentence
    batch.save()
    record(by=batch.by, verb="fail_batch", obj=batch, after={"error": sentence}, unit=batch.source.owner)
    return batch


def sentence_of(fault: Exception) -> str:
    """Return what befell a shipment in a sentence that people understand, without what was in its rows."""
    match fault:
        case MissingColumns():
            missing = ", ".join(f"«{label}»" for label in fault.missing)
            found = ", ".join(f"«{name}»" for name in fault.found[:20])
            return f"Thiếu cột {missing} của hợp đồng dữ liệu; tệp có: {found}. Hãy sửa tên cột rồi gửi lại."
        case Unreadable() | NotLanded() | Refused():
            return str(fault)
        case OSError(errno=errno.ENOSPC | errno.EFBIG | errno.EDQUOT):
            return "Đĩa của hồ số liệu đã đầy; hãy giải phóng đĩa rồi chạy lại, chưa có gì bị mất."
    return f"Không nhận được lô ({type(fault).__name__}: {str(fault)[:300]}); số liệu trước đó còn nguyên."


def key_of(source: str) -> bytes:
    """Return the key under which personal columns of a source are hashed: no two sources can be laid side by side."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"namro personal {source}".encode(), hashlib.sha256)
