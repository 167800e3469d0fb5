"""A batch with a row that was held back, so that the addresses of a source lead somewhere."""

from uuid import UUID

from namro.ground import clock
from namro.sources.models import Batch, QuarantinedRow, Source
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
    one = {"code": SOURCE, "pk": NUMBER}
    return {"source": {"code": SOURCE}, "batch": one, "batch_held": one}
