"""What is asked of a report page: the template, the unit, the day; nonsense is refused beside its field."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from namro.ground import clock
from namro.ground.days import DayRefused, format_day, parse_day
from namro.organisation.models import Unit
from namro.organisation.queries import unit_named
from namro.organisation.terms import Refused, Viewer
from namro.pages.asof import AsOf
from namro.pages.links import address
from namro.pages.viewing import viewer_of
from namro.reports.catalog.templates import TemplateDef
from namro.reports.queries import has_figures, may_read, template


@dataclass(frozen=True)
class Asked:
    """The choices in force; `has_figures` says whether the river has run for the day."""

    viewer: Viewer
    template: TemplateDef
    unit: Unit
    as_of: AsOf
    has_figures: bool
    unit_refusal: str = ""
    unit_text: str = ""

    @property
    def day(self) -> date:
        """The day of the report."""
        return self.as_of.day

    @property
    def query(self) -> dict[str, str]:
        """What a link carries to stay on this report."""
        return {"don_vi": self.unit.code, "ngay": self.day.isoformat()}

    def to(self, name: str, **more: str) -> str:
        """Return the address of a page of this report."""
        return address(name, self.template.code, **self.query, **more)


def asked_of(request: HttpRequest, code: str, given: QueryDict | None = None) -> Asked:
    """Return what a request asks; 404 for a template that is none, or a unit whose report the viewer may not read."""
    given = request.GET if given is None else given
    viewer = viewer_of(request)
    try:
        declared = template(code)
    except Refused:
        raise Http404(code) from None
    when, known = day_of(given.get("ngay", "").strip())
    unit, refusal = _unit_of(given.get("don_vi", "").strip(), viewer, when.day)
    if not may_read(viewer, unit):
        raise Http404(unit.code)
    shown = str(given["don_vi"]) if refusal else unit.name
    return Asked(viewer, declared, unit, when, known, refusal, shown)


def day_of(text: str) -> tuple[AsOf, bool]:
    """Return the day asked for and whether it has figures; one to come is taken only where it has, else today's."""
    today = clock.today()
    try:
        day = parse_day(text) if text else today
    except DayRefused as refusal:
        return AsOf(today, refusal=_("%s. Đang hiện số liệu hôm nay.") % refusal), has_figures(today)
    known = has_figures(day)
    if day > today and not known:
        late = _("Ngày %s chưa đến; đang hiện số liệu hôm nay.") % format_day(day)
        return AsOf(today, refusal=late), has_figures(today)
    return AsOf(day, is_past=day < today), known


def _unit_of(text: str, viewer: Viewer, day: date) -> tuple[Unit, str]:
    """Return the unit asked for by code or name; the viewer's own, with the refusal, where there is no such unit."""
    if text:
        try:
            return unit_named(text, on=day), ""
        except Refused as refusal:
            return home_of(viewer), refusal.sentence
    return home_of(viewer), ""


def home_of(viewer: Viewer) -> Unit:
    """Return the unit whose report a viewer is shown first: the city's for who reads all, else the own unit's."""
    return Unit.objects.get(pk=viewer.city_id if viewer.unit_ids is None else viewer.home_unit_id)
