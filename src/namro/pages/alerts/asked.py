"""What is asked of the list of alerts: read from the address and kept by every link; what cannot be is said."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from namro.alerts.queries import AlertFilter, Shown
from namro.alerts.terms import LEVEL_SLUGS, Kind, Order
from namro.organisation.models import Unit
from namro.organisation.terms import Refused
from namro.pages.fields import named_unit, shown_unit
from namro.pages.links import address

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LEVELS = LEVEL_SLUGS
VIEWS: dict[str, tuple[Shown, "_StrPromise"]] = {
    "": (Shown.CALLING, _("Chưa ai nhận")),
    "da-nhan": (Shown.TAKEN, _("Đã có người nhận")),
    "tam-im": (Shown.SILENCED, _("Tạm im")),
    "theo-goc": (Shown.INHIBITED, _("Do nguyên nhân khác")),
    "da-dong": (Shown.CLOSED, _("Đã đóng")),
    "tat-ca": (Shown.ALL_OPEN, _("Mọi cảnh báo đang mở")),
}
AGES: dict[str, tuple[int, "_StrPromise"]] = {
    "3": (3, _("từ 3 ngày")),
    "7": (7, _("từ 7 ngày")),
    "30": (30, _("từ 30 ngày")),
}
KEPT = ("xem", "muc", "loai", "quy_tac", "don_vi", "tuoi", "cua_toi", "thu_tu", "q")


@dataclass
class Asked:
    """The list asked for: the filter, the query that leads back to it, and what was refused in it."""

    filter: AlertFilter = field(default_factory=AlertFilter)
    query: dict[str, str] = field(default_factory=dict)
    unit: Unit | None = None
    after: str = ""
    refusals: list[str] = field(default_factory=list)

    def address(self, name: str = "alerts", **change: str) -> str:
        """The address of the list, or of another page of it, with some of the query changed (empty: left out)."""
        return address(name, **(self.query | change))

    @property
    def view(self) -> str:
        """Which of the views is open."""
        return self.query.get("xem", "")

    @property
    def unit_shown(self) -> str:
        """The unit as the filter bar shows it."""
        return shown_unit(self.unit)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the view is asked for."""
        return bool(self.query.keys() - {"xem"})


def asked_of(request: HttpRequest) -> Asked:
    """The list that the address asks for."""
    get, asked = request.GET, Asked()
    text = get.get("don_vi", "").strip()
    if text:
        asked.unit = _unit(text, asked)
    known = {
        "xem": get.get("xem", "") if get.get("xem") in VIEWS else "",
        "muc": get.get("muc", "") if get.get("muc") in LEVELS else "",
        "loai": get.get("loai", "") if get.get("loai") in Kind.values else "",
        "quy_tac": get.get("quy_tac", "")[:60],
        "don_vi": asked.unit.code if asked.unit else "",
        "tuoi": get.get("tuoi", "") if get.get("tuoi") in AGES else "",
        "cua_toi": "1" if get.get("cua_toi") else "",
        "thu_tu": "cu" if get.get("thu_tu") == "cu" else "",
        "q": get.get("q", "").strip()[:80],
    }
    asked.query = {key: value for key, value in known.items() if value}
    asked.filter = _filter(known, asked.unit)
    asked.after = cursor_of(get.get("sau", ""), asked.filter)
    return asked


def _filter(known: dict[str, str], unit: Unit | None) -> AlertFilter:
    return AlertFilter(
        shown=VIEWS[known["xem"]][0],
        level=LEVELS.get(known["muc"]),
        kind=known["loai"],
        rule=known["quy_tac"],
        unit_id=unit.pk if unit else None,
        mine=bool(known["cua_toi"]),
        older_than=AGES[known["tuoi"]][0] if known["tuoi"] else 0,
        order=Order.OLDEST if known["thu_tu"] else Order.GRAVEST,
        words=known["q"],
    )


def _unit(text: str, asked: Asked) -> Unit | None:
    found = Unit.objects.filter(valid_to__isnull=True, code=text).first()
    if found is not None:
        return found
    try:
        return named_unit(text)
    except Refused as refusal:
        asked.refusals.append(refusal.sentence)
        return None


def cursor_of(text: str, asked: AlertFilter) -> str:
    """The cursor of a page, empty when it is none of this order."""
    place, _line, pk = text.rpartition("_")
    if not pk.isdecimal() or len(pk) > 18:
        return ""
    if asked.order is Order.OLDEST:
        return text if len(place) == 10 and place.replace("-", "").isdecimal() else ""
    return text if place.isdecimal() and len(place) < 3 else ""
