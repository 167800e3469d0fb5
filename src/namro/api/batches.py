"""Batches that a source sends by itself: signed, counted by their id, answered with the receipt."""

import functools
import hmac
import os
import time
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import pyarrow as pa
from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema
from pydantic import Field

from namro import jobs
from namro.access.terms import Scope
from namro.api.keys import Bearer, Caller
from namro.api.problems import REFUSALS
from namro.flows.jobs import figure_source
from namro.organisation.terms import Refused
from namro.outside.connectors import Shipment
from namro.outside.webhook import signature
from namro.sources.models import Batch, Source
from namro.sources.terms import BatchState, ContractDef, Means

router = Router(tags=["sources"])
MOST_ROWS = 50_000
MOST_REASONS = 100
MOST_SECONDS_AGO = 300
Value = str | int | float | bool | None
SourceCode = Annotated[str, Path(max_length=60)]


class HeldOut(Schema):
    """A row that broke its contract: its number in the batch, from 1, and why."""

    row: int
    reasons: list[str]


class ReceiptOut(Schema):
    """What came of a batch."""

    id: UUID
    state: BatchState
    started_at: datetime
    ended_at: datetime | None
    rows_in: int
    rows_landed: int
    rows_quarantined: int
    error: str
    held: list[HeldOut] = []


class BatchIn(Schema):
    """Rows by the names or headings of the contract; `replaces` names an earlier batch that these rows correct."""

    rows: Annotated[list[dict[str, Value]], Field(min_length=1, max_length=MOST_ROWS)]
    replaces: UUID | None = None


@router.get(
    "/sources/{code}/batches", auth=Bearer(Scope.BATCHES_SEND), response={200: list[ReceiptOut], **REFUSALS},
    url_name="api_batches", summary="Biên nhận của 20 lô gần nhất của nguồn",
)  # fmt: skip
def receipts(request: HttpRequest, code: SourceCode) -> Any:
    """Return the last receipts of a source that the key may send for."""
    return _source(request, code).batches.all()[:20]


@router.post(
    "/sources/{code}/batches", auth=Bearer(Scope.BATCHES_SEND), response={200: ReceiptOut, **REFUSALS},
    url_name="api_batches", summary="Gửi một lô; gửi lại cùng mã lô không nhân đôi",
)  # fmt: skip
def send(request: HttpRequest, code: SourceCode, body: BatchIn) -> Any:
    """Take a batch in. Its id is the header webhook-id (a UUID), signed as Standard Webhooks says."""
    from namro.sources.actions.intake import take_in  # noqa: PLC0415 - the lake takes seconds to load

    source = _source(request, code)
    number = _signed(request, source.definition)
    replaces = _replaced(source, body.replaces)
    shipment = Shipment(
        f"API, {_caller(request).key.account}",
        functools.partial(_table, body.rows),
        number,
        len(request.body),
    )
    batch = take_in(source, shipment, replaces=replaces)
    if batch.state == BatchState.FAILED:
        raise Refused(batch.error)
    jobs.enqueue(figure_source, code=source.code)
    return _told(batch)


def _caller(request: HttpRequest) -> Caller:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return caller


def _source(request: HttpRequest, code: str) -> Source:
    """Return a source that is sent, of the agency for which the key stands; 404 for every other."""
    found = Source.objects.filter(code=code, is_active=True).first()
    sender = _caller(request).key.account.unit.code
    if found is None or found.definition.means != Means.PUSH:
        raise Http404
    if sender not in {found.owner, *found.definition.givers}:
        raise Http404
    return found


def _signed(request: HttpRequest, contract: ContractDef) -> UUID:
    """Return the id of a batch whose signature holds and is of these minutes; refuses every other."""
    name, stamp = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "")
    secret = os.environ.get(str(contract.settings["secret_env"]), "")
    if not secret:
        raise Refused("Nguồn này chưa được đặt khóa ký; hãy báo người trực trung tâm điều hành.")
    if not stamp.isascii() or not stamp.isdigit() or abs(time.time() - int(stamp[:12])) > MOST_SECONDS_AGO:
        raise Refused("Đầu đề webhook-timestamp thiếu hoặc lệch quá 5 phút; hãy chỉnh đồng hồ rồi gửi lại.")
    given = request.headers.get("webhook-signature", "").encode()
    if not hmac.compare_digest(given, signature(secret.encode(), name, stamp, request.body).encode()):
        raise Refused("Chữ ký của lô không đúng; hãy ký «mã lô.thời điểm.nội dung» bằng HMAC-SHA256.")
    try:
        return UUID(name)
    except ValueError:
        raise Refused("Đầu đề webhook-id phải là một UUID do bên gửi tạo, mỗi lô một mã.") from None


def _replaced(source: Source, number: UUID | None) -> Batch | None:
    if number is None:
        return None
    found = source.batches.filter(pk=number, state=BatchState.LANDED).first()
    if found is None:
        raise Refused("Không có lô đã nhận với mã nêu ở «replaces»; hãy xem lại danh sách biên nhận.")
    return found


def _table(rows: list[dict[str, Value]]) -> pa.Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: pa.array([_text(row.get(name)) for row in rows], pa.string()) for name in names})


def _text(value: Value) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _told(batch: Batch) -> ReceiptOut:
    told = ReceiptOut.from_orm(batch)
    told.held = [
        HeldOut(row=each.row, reasons=each.reasons) for each in batch.quarantined.all()[:MOST_REASONS]
    ]
    return told
