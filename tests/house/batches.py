"""A batch with a row that was held back and a source in the making, so that the addresses of sources lead somewhere."""

from uuid import UUID

from namro.ground import clock
from namro.organisation.models import Person
from namro.sources.models import Batch, QuarantinedRow, Source, SourceDraft
from namro.sources.terms import BatchState

SOURCE = "mua_muc_nuoc"
NUMBER = UUID("8c1d1c7e-0d55-4f0e-9d0b-57a1c5a0b001")


def samples() -> dict[str, dict[str, object]]:
    """Return, by route, what its address is made with."""
    now = clock.now()
    told = {
        "started_at": now,
        "ended_at": now,
        "state": BatchState.LANDED,
        "origin": "mau.csv",
        "rows_quarantined": 1,
    }
    batch, _ = Batch.objects.get_or_create(
        pk=NUMBER, defaults={**told, "source": Source.objects.get(code=SOURCE)}
    )
    QuarantinedRow.objects.get_or_create(
        batch=batch, row=1, defaults={"body": {}, "reasons": ["Thiếu «Mã trạm»."]}
    )
    one, draft = {"code": SOURCE, "pk": NUMBER}, {"pk": _draft(), "step": "lay-mau"}
    named = {f"source{what}": {"code": SOURCE} for what in ("", "_contract", "_revise")}
    drafts = {f"source_draft{what}": draft for what in ("", "_step", "_discard")}
    return {**named, **drafts, "batch": one, "batch_held": one}


def _draft() -> UUID:
    """Return a source in the making that waits for its sample."""
    by, now = Person.objects.order_by("pk").first(), clock.now()
    body = {"code": "nguon_mau", "name": "Nguồn mẫu", "means": "upload", "connector": {"kind": "upload"}}
    told = {
        "code": body["code"],
        "body": body,
        "begun_by": by,
        "begun_at": now,
        "saved_by": by,
        "saved_at": now,
    }
    return SourceDraft.objects.get_or_create(pk=NUMBER, defaults=told)[0].pk
