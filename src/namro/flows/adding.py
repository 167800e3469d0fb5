"""A source that is added on the web: its first rows are fetched by its own connector, tried, and taken in."""

import functools
from typing import TYPE_CHECKING, Any

from namro import jobs
from namro.flows.jobs import fetch_source, figure_source
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Viewer
from namro.outside import connectors
from namro.outside.connectors import Asked, Shipment, Unreadable, id_of
from namro.outside.sheets import read_sheet
from namro.sources.actions.drafts import declare_draft, forget_sample, keep_sample
from namro.sources.actions.intake import preview, take_in, trial
from namro.sources.catalog.contracts import contract_of
from namro.sources.formulas.checking import Checked
from namro.sources.formulas.fitting import as_text, headings_of
from namro.sources.models import Batch, Source, SourceDraft
from namro.sources.queries.drafts import sample_of, sample_rows
from namro.sources.queries.intake import cursor_of
from namro.sources.terms import BatchState, ContractDef, Means
from namro.sources.terms.drafts import Origin

if TYPE_CHECKING:
    import pyarrow as pa

# Rows of a sample that is asked for, and of one that came as a file: that has been read whole anyway.
FIRST_ROWS, FIRST_OF_FILE = 500, 100_000
# Rows of a dry run of a source that is there.
TRIED_ROWS = 2_000
# What a draft does not say yet, so that its rows can be checked before anybody answers for them.
_NOT_SAID = {
    "version": 1, "answers": "", "group": "", "why": "", "legal_basis": "", "next_review": "9999-01-01",
    "schedule": {"every": "day"}, "freshness_hours": 24, "connector": {"kind": "upload"},
}  # fmt: skip


def fetch_sample(draft: SourceDraft, *, version: int, by: Person, viewer: Viewer) -> SourceDraft:
    """Let the draft's connector read its first rows and keep them. Unreadable where there are none."""
    settings = {key: value for key, value in draft.body["connector"].items() if key != "kind"}
    asked = Asked(draft.code, settings, first=FIRST_ROWS)
    shipment = next(iter(connectors.read(draft.body["means"], asked)), None)
    if shipment is None:
        raise Unreadable(_nothing(draft))
    rows = shipment.rows().slice(0, FIRST_OF_FILE)
    return _kept(
        draft, rows, Origin(shipment.origin, shipment.id, False), version=version, by=by, viewer=viewer
    )


def receive_sample(
    draft: SourceDraft, content: bytes, name: str, *, version: int, by: Person, viewer: Viewer
) -> SourceDraft:
    """Keep a file that was sent as the sample of a draft. Unreadable where it is no table."""
    settings = {key: value for key, value in draft.body["connector"].items() if key != "kind"}
    rows = read_sheet(content, name, settings, ())
    origin = Origin(name, id_of(draft.code, content), whole=True)
    return _kept(draft, rows, origin, version=version, by=by, viewer=viewer)


def _kept(draft: SourceDraft, rows: "pa.Table", origin: Origin, **act: Any) -> SourceDraft:
    if not rows.num_rows:
        raise Unreadable(f"{origin.words}: chỉ có dòng tiêu đề, chưa có dòng số liệu nào để xem mẫu.")
    return keep_sample(draft, as_text(rows), origin, **act)


def _nothing(draft: SourceDraft) -> str:
    if draft.body["means"] == Means.FOLDER:
        return "Chưa có tệp nào khớp mẫu tên trong thư mục của nguồn; hãy đặt một tệp vào đó rồi đọc lại."
    return "Nguồn trả lời nhưng chưa có dòng nào; hãy thử lại khi có số liệu."


def try_draft(draft: SourceDraft, city: Unit) -> Checked:
    """Return what of the sample would land and what would be held by the contract so far; nothing is kept."""
    sample = sample_of(draft)
    if sample is None:
        raise Unreadable("Chưa có mẫu số liệu; hãy lấy mẫu trước.")
    return trial(contract_in_the_making(draft, city), sample_rows(sample))


def contract_in_the_making(draft: SourceDraft, city: Unit) -> ContractDef:
    """Return the contract of a draft; what it does not say yet stands for nothing."""
    said = {key: value for key, value in draft.body.items() if value not in (None, "", [])}
    return contract_of({**_NOT_SAID, "owner": city.code, **said})


def try_source(source: Source) -> tuple[str, Checked]:
    """Return where a source is read from and what its next rows would come to; nothing is kept. Unreadable if none."""
    contract = source.definition
    asked = Asked(
        source.code,
        contract.settings,
        cursor_of(source),
        contract.cursor,
        headings_of(contract),
        first=TRIED_ROWS,
    )
    shipment = next(iter(connectors.read(contract.means, asked)), None)
    if shipment is None:
        raise Unreadable("Nguồn trả lời được nhưng không có dòng nào mới.")
    return shipment.origin, preview(source, shipment)


def put_to_work(
    draft: SourceDraft, *, version: int, by: Person, viewer: Viewer
) -> tuple[Source, Batch | None]:
    """Declare a draft's source and take its first rows in; returns the receipt of what was sent with the draft.

    What is fetched comes by a job, what is pushed when it is sent: then there is no receipt yet.
    """
    source = declare_draft(draft, version=version, by=by, viewer=viewer)
    sample = sample_of(draft)
    if source.definition.means != Means.UPLOAD or sample is None or not sample.whole:
        forget_sample(draft)
        if source.next_run:
            jobs.enqueue(fetch_source, source=source.code)
        return source, None
    rows = functools.partial(sample_rows, sample)
    receipt = take_in(source, Shipment(sample.origin, rows, sample.batch, len(bytes(sample.rows))), by=by)
    if receipt.state == BatchState.LANDED:
        forget_sample(draft)
        jobs.enqueue(figure_source, code=source.code)
    return source, receipt
