"""Dossiers on their way to the national portal: which it lacks, and the word of the program that carried them there.

No person's data leaves by these addresses; what the portal asks beyond them, the program reads by its own agreement.
"""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from namro.access.terms import Scope
from namro.api.asking import NumberCursor, Paged, Size, UnitName, page
from namro.api.keys import Bearer, Caller, viewer_of
from namro.api.problems import REFUSALS
from namro.dossiers.actions import synchronise
from namro.dossiers.models import Dossier
from namro.dossiers.queries.synchronising import to_synchronise
from namro.ground import clock

router = Router(tags=["dossiers"])
MOST_CODES = 5_000
DossierCode = Annotated[str, Field(pattern=r"^[0-9A-Z.-]{1,40}$")]


class DossierOut(Schema):
    """A dossier as the national portal counts it."""

    code: str
    procedure_code: str
    unit: UnitName
    channel: str
    state: str
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None


class Dossiers(Paged):
    """A page of dossiers."""

    rows: list[DossierOut]


class CodesIn(Schema):
    """Codes of dossiers that the portal has taken."""

    codes: Annotated[list[DossierCode], Field(min_length=1, max_length=MOST_CODES)]


class NotedOut(Schema):
    """What came of it: noted now, noted before, and codes of no dossier in reach of the key."""

    noted: int
    before: int
    unknown: list[str]


@router.get(
    "/dossiers/to-synchronise", auth=Bearer(Scope.DOSSIERS_SYNCHRONISE), response={200: Dossiers, **REFUSALS},
    url_name="api_dossiers_to_synchronise", summary="Hồ sơ chưa lên Cổng dịch vụ công quốc gia",
)  # fmt: skip
def waiting(request: HttpRequest, cursor: NumberCursor = "", size: Size = 50) -> dict[str, Any]:
    """Return the dossiers of units within reach that the portal lacks; made-up ones are not among them."""
    rows = to_synchronise(viewer_of(request), after=int(cursor or 0), size=size)
    return page([_told(row) for row in rows], str(rows[-1].pk) if len(rows) == size else "", clock.today())


@router.post(
    "/dossiers/synchronised", auth=Bearer(Scope.DOSSIERS_SYNCHRONISE), response={200: NotedOut, **REFUSALS},
    url_name="api_dossiers_synchronised", summary="Báo mã các hồ sơ Cổng đã nhận; báo lại không đổi gì",
)  # fmt: skip
def synchronised(request: HttpRequest, body: CodesIn) -> Any:
    """Note what the portal has taken; the first moment stays."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return synchronise(body.codes, by=f"API, {caller.key.account}", viewer=caller.viewer)


def _told(row: Dossier) -> dict[str, Any]:
    return {
        "code": row.code, "procedure_code": row.procedure.code, "channel": row.channel, "state": row.state,
        "unit": {"code": row.unit.code, "name": row.unit.name}, "submitted_at": row.submitted_at,
        "received_at": row.received_at, "due_at": row.due_at, "finished_at": row.finished_at,
    }  # fmt: skip
