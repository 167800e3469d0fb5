"""What is asked of the league, read from the address: register, peers, measure, smallest n, day."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from namro.ground.period import Kind, Period
from namro.organisation.models import Unit
from namro.organisation.terms import PROVINCE_KINDS, UnitKind, Viewer
from namro.pages.asof import AsOf, as_of
from namro.pages.naming import period_words
from namro.tasks.models import Register

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


# Groups of peers: only like is held against like.
class Peers(NamedTuple):
    """A group by kinds of units; `wide` ones are sought in the whole country, others in the viewer's city."""

    label: "StrOrPromise"
    kinds: frozenset[UnitKind]
    wide: bool = False


PEERS: dict[str, Peers] = {
    "co-quan": Peers(
        _("Sở, ban, ngành và cơ quan Đảng"),
        frozenset({UnitKind.DEPARTMENT, UnitKind.PARTY_BODY, UnitKind.VERTICAL_AGENCY, UnitKind.OTHER}),
    ),
    "so-nganh": Peers(_("Sở, ban, ngành"), frozenset({UnitKind.DEPARTMENT, UnitKind.VERTICAL_AGENCY})),
    "dang": Peers(_("Cơ quan Đảng, đoàn thể"), frozenset({UnitKind.PARTY_BODY})),
    "xa-phuong": Peers(
        _("Xã, phường, đặc khu"), frozenset({UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE})
    ),
    "phuong": Peers(_("Phường"), frozenset({UnitKind.WARD})),
    "xa": Peers(_("Xã"), frozenset({UnitKind.COMMUNE})),
    "tinh-thanh": Peers(_("Tỉnh, thành phố"), PROVINCE_KINDS, wide=True),
    "bo-nganh": Peers(_("Bộ, ngành Trung ương"), frozenset({UnitKind.MINISTRY}), wide=True),
}
MEASURE_LABELS = {
    "done": _("Hoàn thành trên tổng số giao"),
    "on_time": _("Đúng hạn trên số đã xong"),
    "overdue": _("Quá hạn trên tổng số giao (thấp là tốt)"),
}
SMALLEST = (1, 3, 5, 10, 20)


class LeagueForm(forms.Form):
    """The choices above the table."""

    so = forms.ChoiceField(label=_("Sổ theo dõi"), required=False)
    nhom = forms.ChoiceField(
        label=_("Nhóm so sánh"), required=False, choices=[(key, group.label) for key, group in PEERS.items()]
    )
    do = forms.ChoiceField(label=_("Xếp theo"), required=False, choices=list(MEASURE_LABELS.items()))
    ky = forms.ChoiceField(label=_("Việc có hạn trong"), required=False)
    it_nhat = forms.TypedChoiceField(
        label=_("Ít nhất"),
        required=False,
        coerce=int,
        choices=lambda: [(n, ngettext("%(n)s việc", "%(n)s việc", n) % {"n": n}) for n in SMALLEST],
    )

    def __init__(self, data: Mapping[str, Any], registers: list[Register], periods: list[Period]) -> None:
        super().__init__(data)
        choices = [("", _("Tất cả các sổ")), *((register.code, register.name) for register in registers)]
        cast(forms.ChoiceField, self.fields["so"]).choices = choices
        every = [("", _("Mọi hạn")), *((period.key, period_words(period)) for period in periods)]
        cast(forms.ChoiceField, self.fields["ky"]).choices = every


@dataclass(frozen=True)
class Asked:
    """The choices in force, each with its default where nothing (or nonsense) was asked."""

    as_of: AsOf
    form: LeagueForm
    register: Register | None
    registers: list[Register] = field(default_factory=list)
    peers: str = "co-quan"
    measure: str = "done"
    smallest: int = 5
    due: Period | None = None

    @property
    def kinds(self) -> frozenset[UnitKind]:
        """Kinds of the units that are held against each other."""
        return PEERS[self.peers].kinds

    @property
    def counted(self) -> list[Register]:
        """The registers counted: the one asked for, or all."""
        return [self.register] if self.register else self.registers

    def query(self, **change: object) -> dict[str, object]:
        """Return the choices as the query of an address, with some changed."""
        kept = {
            "so": self.register.code if self.register else "",
            "nhom": self.peers,
            "do": self.measure,
            "ky": self.due.key if self.due else "",
            "it_nhat": self.smallest,
        }
        return kept | self.as_of.query | change


def asked_of(request: HttpRequest, viewer: Viewer) -> Asked:
    """Return what the address asks; whatever it leaves out takes its default (a commune's people meet communes)."""
    registers, day = list(Register.objects.all()), as_of(request)
    periods = periods_around(day.day)
    given = LeagueForm(request.GET, registers, periods)
    given.is_valid()
    values = given.cleaned_data
    peers = values.get("nhom") or _own_peers(viewer)
    measure, smallest = values.get("do") or "done", values.get("it_nhat") or 5
    register = next((each for each in registers if each.code == values.get("so")), None)
    due = next((period for period in periods if period.key == values.get("ky")), None)
    asked = Asked(day, given, register, registers, peers, measure, smallest, due)
    return replace(asked, form=LeagueForm(asked.query(), registers, periods))


def periods_around(day: date) -> list[Period]:
    """Return the periods that may be chosen: those in which the day lies, and the longer ones just before."""
    here = [Period.containing(kind, day) for kind in (Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR)]
    return [*here, *(period.previous() for period in here[1:])]


def _own_peers(viewer: Viewer) -> str:
    kind = Unit.objects.filter(pk=viewer.home_unit_id).values_list("kind", flat=True).first()
    return "xa-phuong" if kind in PEERS["xa-phuong"].kinds else "co-quan"


def peers_of(asked: Asked, viewer: Viewer) -> list[Unit]:
    """Return the units of the group on the day: those directly under the viewer's city, or under the country."""
    rows = Unit.objects.valid_on(asked.as_of.day).filter(kind__in=asked.kinds)
    if PEERS[asked.peers].wide:
        return list(rows.filter(parent__kind=UnitKind.COUNTRY))
    return list(rows.filter(parent_id=viewer.city_id))
