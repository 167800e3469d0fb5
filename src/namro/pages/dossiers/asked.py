"""What is asked of the clerk's list: read from the address and kept by every link; what is unknown asks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from namro.dossiers.models import DeskStep
from namro.dossiers.queries import finding
from namro.dossiers.terms import Channel, Group
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.links import address
from namro.pages.tasks.forms.fields import named_unit, shown_unit
from namro.procedures.models import Procedure

MOST_LETTERS = 200
MINE, FOR_OTHERS = "toi", "thay"


@dataclass(frozen=True)
class Asked:
    """The filter, the query that leads back to it, the cursor, and what was refused in it."""

    filter: finding.Asked
    query: Mapping[str, str]
    after: str
    unit: Unit | None
    desk: DeskStep | None
    holder: Person | None
    procedure: Procedure | None
    refusal: str

    def address(self, name: str = "dossiers", **change: str) -> str:
        """The address of the list with some of the query changed (empty: left out)."""
        return address(name, **(dict(self.query) | change))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Narrowings that the filter bar has no field for."""
        return [
            (key, self.query[key]) for key in ("ban", "nguoi", "thu_tuc", "tiep_nhan") if key in self.query
        ]

    @property
    def shown_unit(self) -> str:
        """The unit as the filter bar shows it."""
        return shown_unit(self.unit)


def asked_of(request: HttpRequest, viewer: Viewer) -> Asked:
    """Return what the address asks for; who asks nothing gets what is urgent for their post."""
    get = request.GET
    unit, refusal = _unit(get.get("don_vi", "").strip()[:MOST_LETTERS])
    desk = DeskStep.objects.filter(pk=_pk(get, "ban")).first()
    holder = _holder(get, viewer)
    procedure = (
        Procedure.objects.filter(code=get.get("thu_tuc", "")[:30]).first() if get.get("thu_tuc") else None
    )
    group = get.get("nhom", "")
    group = group if group in Group.values else first_group(viewer, bool(get.get("q")))
    channel = get.get("cach", "") if get.get("cach") in Channel.values else ""
    words, others = (
        get.get("q", "").replace("\x00", "").strip()[:MOST_LETTERS],
        get.get("tiep_nhan") == FOR_OTHERS,
    )
    query = {
        "q": words, "nhom": group, "don_vi": unit.code if unit else "", "ban": str(desk.pk) if desk else "",
        "nguoi": get.get("nguoi", "") if holder else "", "thu_tuc": procedure.code if procedure else "",
        "cach": channel, "tiep_nhan": FOR_OTHERS if others else "",
    }  # fmt: skip
    found = finding.Asked(
        group=Group(group), words=words, unit_id=unit.pk if unit else None, desk_id=desk.pk if desk else None,
        holder_id=holder.pk if holder else None, procedure_id=procedure.pk if procedure else None,
        channel=channel, for_others=others,
    )  # fmt: skip
    kept = {key: value for key, value in query.items() if value}
    return Asked(found, kept, get.get("sau", "")[:60], unit, desk, holder, procedure, refusal)


def first_group(viewer: Viewer, is_finding: bool) -> str:
    """What a post is shown first: a clerk what waits to be received, others what runs; words look everywhere."""
    if is_finding:
        return Group.ALL
    return Group.TO_RECEIVE if viewer.can(Capability.RECEIVE_DOSSIERS) else Group.RUNNING


def _unit(text: str) -> tuple[Unit | None, str]:
    if not text:
        return None, ""
    try:
        return Unit.objects.filter(code=text, valid_to__isnull=True).first() or named_unit(text), ""
    except Refused as refusal:
        return None, refusal.sentence


def _holder(get: QueryDict, viewer: Viewer) -> Person | None:
    wanted = viewer.person_id if get.get("nguoi") == MINE else _pk(get, "nguoi")
    return Person.objects.filter(pk=wanted).first()


def _pk(get: QueryDict, name: str) -> int:
    text = get.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0
