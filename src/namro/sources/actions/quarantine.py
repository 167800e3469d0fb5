"""What becomes of rows held back: mended and sent again as a batch of their own, or dropped with a ground."""

import functools
from collections.abc import Mapping, Sequence
from uuid import UUID

import pyarrow as pa
from django.db import transaction

from namro.audit.actions import record
from namro.organisation.models import Person
from namro.organisation.terms import Refused
from namro.outside.connectors import Shipment
from namro.sources.actions.intake import take_in
from namro.sources.models import Batch, QuarantinedRow
from namro.sources.terms import BatchState, RowState


def send_again(
    batch: Batch, mended: Mapping[int, Mapping[str, str | None]], *, number: UUID, by: Person | None
) -> Batch:
    """Send rows of a batch's quarantine again, by their number with what stands in them now; returns the new receipt.

    Rows that still break the contract are held anew under the new batch. Refused where a row is not held any more.
    """
    again = Batch.objects.filter(pk=number, state=BatchState.LANDED).first()
    if again:
        return again
    rows = _held(batch, list(mended))
    table = pa.Table.from_pylist(
        [row.body | dict(mended[row.row]) for row in rows],
        schema=pa.schema([(name, pa.string()) for name in _columns(batch)]),
    )
    shipment = Shipment(f"Dòng sửa lại của lô {batch.pk}", functools.partial(_same, table), number)
    landed = take_in(batch.source, shipment, by=by)
    if landed.state == BatchState.LANDED:
        _mark(rows, RowState.RESENT, by, landed)
    return landed


def drop_rows(batch: Batch, numbers: Sequence[int], *, ground: str, by: Person) -> int:
    """Give held rows up, with the ground; they stay to be read. Returns how many."""
    if not ground.strip():
        raise Refused("Hãy ghi lý do bỏ các dòng này.", field="ground")
    rows = _held(batch, numbers)
    _mark(rows, RowState.DROPPED, by, None, ground=ground)
    return len(rows)


def _same(table: pa.Table) -> pa.Table:
    return table


def _held(batch: Batch, numbers: Sequence[int]) -> list[QuarantinedRow]:
    rows = list(batch.quarantined.filter(row__in=numbers, state=RowState.OPEN))
    if not rows or len(rows) != len(set(numbers)):
        raise Refused(
            "Có dòng không còn trong danh sách cách ly của lô này; hãy tải lại danh sách.", field="rows"
        )
    return rows


def _columns(batch: Batch) -> list[str]:
    return [column.name for column in batch.source.definition.kept]


@transaction.atomic
def _mark(
    rows: Sequence[QuarantinedRow],
    state: RowState,
    by: Person | None,
    sent: Batch | None,
    *,
    ground: str = "",
) -> None:
    QuarantinedRow.objects.filter(pk__in=[row.pk for row in rows]).update(state=state, sent_again=sent)
    numbers = {"rows": [row.row for row in rows]}
    batch = rows[0].batch
    verb = "send_rows_again" if sent else "drop_rows"
    record(by=by, verb=verb, obj=batch, after=numbers, unit=batch.source.owner, ground=ground)
