"""What is asked of the clerk's list: read from the address and kept by every link; what is unknown asks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from namro.dossiers.models import DeskStep
from namro.dossiers.queries import finding
from namro.dossiers.terms import Channel, Group
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.fields import named_unit, shown_unit
from namro.pages.links import address
from namro.procedures.models import Procedure

MOST_LETTERS = 200
MINE, FOR_OTHERS = "toi", "thay"
# Asked of a desk or a person: where there is none.
NONE = "0"


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
        """Narrowings that the filter bar has no field for, and the group to stay in while no words are asked for."""
        kept = [
            (key, self.query[key]) for key in ("ban", "nguoi", "thu_tuc", "tiep_nhan") if key in self.query
        ]
        return [*kept, ("o_nhom", self.query["nhom"])]

    @property
    def desk_words(self) -> str:
        """The desk asked for in words, '' for none."""
        return _("chưa tới bàn nào") if self.filter.desk_id == finding.NONE else str(self.desk or "")

    @property
    def holder_words(self) -> str:
        """Whose dossiers are asked for in words, '' for everybody's."""
        return _("chưa ai nhận") if self.filter.holder_id == finding.NONE else str(self.holder or "")

    @property
    def shown_unit(self) -> str:
        """The unit as the filter bar shows it."""
        return shown_unit(self.unit)


def asked_of(request: HttpRequest, viewer: Viewer) -> Asked:
    """Return what the address asks for; who asks nothing gets what is urgent for their post. 404 for a unit out of
    reach: of its dossiers nothing can be said."""
    get = request.GET
    unit, refusal = _unit(get.get("don_vi", "").strip()[:MOST_LETTERS])
    if unit is not None and not viewer.sees_unit(unit.pk):
        raise Http404(unit.code)
    desk = DeskStep.objects.filter(pk=_pk(get, "ban")).first()
    holder = _holder(get, viewer)
    procedure = (
        Procedure.objects.filter(code=get.get("thu_tuc", "")[:30]).first() if get.get("thu_tuc") else None
    )
    group = _group(get, viewer)
    channel = get.get("cach", "") if get.get("cach") in Channel.values else ""
    words, others = (
        get.get("q", "").replace("\x00", "").strip()[:MOST_LETTERS],
        get.get("tiep_nhan") == FOR_OTHERS,
    )
    query = {
        "q": words, "nhom": group, "don_vi": unit.code if unit else "",
        "ban": str(desk.pk) if desk else _none(get, "ban"),
        "nguoi": get.get("nguoi", "") if holder else _none(get, "nguoi"),
        "thu_tuc": procedure.code if procedure else "", "cach": channel, "tiep_nhan": FOR_OTHERS if others else "",
    }  # fmt: skip
    found = finding.Asked(
        group=Group(group), words=words, unit_id=unit.pk if unit else None, desk_id=_sought(desk, get, "ban"),
        holder_id=_sought(holder, get, "nguoi"), procedure_id=procedure.pk if procedure else None,
        channel=channel, for_others=others,
    )  # fmt: skip
    kept = {key: value for key, value in query.items() if value}
    return Asked(found, kept, get.get("sau", "")[:60], unit, desk, holder, procedure, refusal)


def _group(get: QueryDict, viewer: Viewer) -> str:
    """The group asked for; the one the filter bar stood in, but for words, which look everywhere."""
    words = get.get("q", "").strip()
    for name in ("nhom",) if words else ("nhom", "o_nhom"):
        if get.get(name) in Group.values:
            return str(get[name])
    return first_group(viewer, bool(words))


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


def _none(get: QueryDict, name: str) -> str:
    return NONE if get.get(name) == NONE else ""


def _sought(found: DeskStep | Person | None, get: QueryDict, name: str) -> int | None:
    """The key of what is asked for, `finding.NONE` for where there is none, None where nothing is asked."""
    if found is not None:
        return int(found.pk)
    return finding.NONE if _none(get, name) else None


def _pk(get: QueryDict, name: str) -> int:
    text = get.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0
