"""Verbs of adding a source on the web: begin, save a step, keep a sample, declare it, or give it up."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from namro.access.models.sealed import seal
from namro.audit.actions import once, record, take_turn
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.queries import current_by_code
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Viewer
from namro.sources.actions.packages import declare
from namro.sources.catalog.writing import read_back, written
from namro.sources.models import Source, SourceDraft, SourceSample
from namro.sources.queries.drafts import draft_of, sample_of, sample_rows, taken_codes
from namro.sources.rules.drafts import check_code, check_types_stay, code_of, is_open
from namro.sources.terms import Means, PackageRefused
from namro.sources.terms.drafts import ADDED, WEB, DraftState, Origin, StaleDraft, Step

if TYPE_CHECKING:
    import pyarrow as pa


@once
def begin_draft(
    *, name: str, means: str, code: str = "", client_id: UUID, by: Person, viewer: Viewer
) -> SourceDraft:
    """Begin a source: its name, the means by which it comes, its code (made of the name where none is given)."""
    check_capability(viewer, Capability.RUN_SOURCES)
    if known := SourceDraft.objects.filter(pk=client_id).first():
        return known
    if means not in ADDED:
        raise Refused("Hãy chọn một cách lấy số liệu.", field="means")
    code = code.strip() or code_of(name)
    take_turn(f"source:{code}")
    check_code(code, taken_codes())
    body = {"code": code, "name": name.strip(), "version": 1, "means": means}
    if means == Means.UPLOAD:  # there is nothing to ask for
        body["connector"] = {"kind": means}
    return _begun(body, client_id, by)


@once
def begin_revision(source: Source, *, client_id: UUID, by: Person, viewer: Viewer) -> SourceDraft:
    """Begin a newer contract of a source that was declared on the web; who begins twice goes on with the first."""
    check_capability(viewer, Capability.RUN_SOURCES)
    take_turn(f"source:{source.code}")
    if known := SourceDraft.objects.filter(revises=source, state=DraftState.OPEN).first():
        return known
    if source.package != WEB:
        raise Refused("Hợp đồng của nguồn này nằm trong gói của địa phương; hãy sửa tệp trong gói.")
    means = source.body["connector"]["kind"]
    return _begun(
        source.body | {"version": source.version + 1, "means": means}, client_id, by, revises=source
    )


def _begun(body: dict[str, Any], number: UUID, by: Person, *, revises: Source | None = None) -> SourceDraft:
    now = clock.now()
    draft = SourceDraft.objects.create(
        id=number, code=body["code"], body=body, revises=revises,
        begun_by=by, begun_at=now, saved_by=by, saved_at=now,
    )  # fmt: skip
    record(by=by, verb="begin_source", obj=draft, after=body)
    return draft


@transaction.atomic
def save_draft(
    draft: SourceDraft, said: Mapping[str, Any], *, version: int, by: Person, viewer: Viewer
) -> SourceDraft:
    """Save what a step says of the contract. StaleDraft where someone saved meanwhile."""
    current = _held(draft, version=version, viewer=viewer)
    body = {**current.body, **said}
    before = {key: current.body.get(key) for key in said if current.body.get(key) != said[key]}
    if before:
        record(
            by=by, verb="save_source", obj=current, before=before, after={key: said[key] for key in before}
        )
    current.body = body
    _saved(current, by)
    if "columns" in said:
        _hide(current)
    return current


@transaction.atomic
def keep_sample(
    draft: SourceDraft, rows: "pa.Table", origin: Origin, *, version: int, by: Person, viewer: Viewer
) -> SourceDraft:
    """Keep the rows a draft is made from, in place of those of before; what is marked personal already is hashed."""
    current = _held(draft, version=version, viewer=viewer)
    SourceSample.objects.filter(draft=current).delete()
    told = {"rows": rows.num_rows, "origin": origin.words}
    current.body = {**current.body, "checked": False}
    current.sample = SourceSample(
        draft=current, rows=_sealed(rows), count=rows.num_rows, whole=origin.whole, origin=origin.words[:300],
        batch=origin.id, taken_at=clock.now(),
    )  # fmt: skip
    current.sample.save()
    record(by=by, verb="sample_source", obj=current, after=told)
    _saved(current, by)
    _hide(current)
    return current


@transaction.atomic
def discard_draft(draft: SourceDraft, *, by: Person, viewer: Viewer) -> SourceDraft:
    """Give a draft up; it stays to be read about, its sample goes."""
    current = _held(draft, viewer=viewer)
    SourceSample.objects.filter(draft=current).delete()
    current.state = DraftState.DISCARDED
    _saved(current, by)
    record(by=by, verb="discard_source", obj=current)
    return current


@transaction.atomic
def declare_draft(draft: SourceDraft, *, version: int, by: Person, viewer: Viewer) -> Source:
    """Declare the source of a draft as the person saw it: its contract, as the catalogue reads it, runs from now on;
    twice is as once."""
    current = SourceDraft.objects.select_for_update().get(pk=draft.pk)
    if current.state == DraftState.DECLARED and current.source:
        return current.source
    current = _held(draft, viewer=viewer, version=version)
    if not is_open(Step.LOAD, current.body, has_sample=sample_of(current) is not None):
        raise Refused("Bản nháp còn bước chưa xong; hãy làm nốt rồi khai báo.")
    take_turn(f"source:{current.code}")
    check_code(current.code, taken_codes(but=current))
    if current.revises:
        check_types_stay(current.revises.body, current.body)
    source = _declared(current, by)
    current.state, current.source = DraftState.DECLARED, source
    _saved(current, by)
    return source


def _declared(draft: SourceDraft, by: Person) -> Source:
    try:
        contract, entry = read_back(written(draft.body), today=clock.today(), units=set(current_by_code()))
    except PackageRefused as refusal:
        told = "; ".join(dict.fromkeys(fault.what for fault in refusal.faults))
        raise Refused(f"Hợp đồng chưa dùng được: {told}.") from None
    row = draft.revises or Source(code=draft.code)
    if draft.revises and draft.revises.package != WEB:
        raise Refused("Gói của địa phương đã nhận quản lý nguồn này; hãy sửa tệp trong gói.")
    declare(row, contract, entry, package=WEB, by=by)
    return row


@transaction.atomic
def forget_sample(draft: SourceDraft) -> None:
    """Let the rows of a draft go: the source has them."""
    SourceSample.objects.filter(draft=draft).delete()


def forget_old_samples(before: datetime) -> int:
    """Let the rows of samples taken before a moment go; their drafts stay. Returns how many."""
    return SourceSample.objects.filter(taken_at__lt=before).delete()[0]


def _held(draft: SourceDraft, *, viewer: Viewer, version: int | None = None) -> SourceDraft:
    """Return the draft as it is now, held until the transaction ends."""
    check_capability(viewer, Capability.RUN_SOURCES)
    SourceDraft.objects.select_for_update().get(pk=draft.pk)
    current = draft_of(draft.pk)
    assert current is not None  # noqa: S101 - held just now
    if current.state != DraftState.OPEN:
        raise Refused("Bản nháp này đã khép lại; hãy mở danh sách nguồn.")
    if version is not None and version != current.version:
        raise StaleDraft(
            f"{current.saved_by} vừa lưu bản nháp này; những gì bạn ghi còn ở đây, hãy xem lại rồi lưu lần nữa.",
            current=current.version,
        )
    return current


def _saved(draft: SourceDraft, by: Person) -> None:
    draft.version, draft.saved_by, draft.saved_at = draft.version + 1, by, clock.now()
    draft.save()


def _hide(draft: SourceDraft) -> None:
    """Hash for good what the draft marks as personal in its sample, as the door of the source would."""
    sample = sample_of(draft)
    columns = draft.body.get("columns") or []
    headings = [
        heading for column in columns if column.get("personal") for heading in column.get("heading", ())
    ]
    if sample is None or not set(headings) - set(sample.hidden):
        return
    from namro.sources.actions.intake import key_of  # noqa: PLC0415 - loads the engine, which takes a second
    from namro.sources.formulas.fitting import hashed  # noqa: PLC0415 - see above

    rows = sample_rows(sample)
    there = [heading for heading in headings if heading in rows.column_names]
    sample.rows = _sealed(hashed(rows, there, key_of(draft.code)))
    sample.hidden = sorted({*sample.hidden, *there})
    sample.save()


def _sealed(rows: "pa.Table") -> bytes:
    import pyarrow.parquet  # noqa: PLC0415 - see above

    written_to = io.BytesIO()
    pyarrow.parquet.write_table(rows, written_to, compression="zstd")
    return seal(written_to.getvalue())
