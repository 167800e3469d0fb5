"""What is asked of the pages of the service index: whose score, of which period, under which readings."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from namro.dossiers.queries.today import today
from namro.ground.period import Kind, Period
from namro.organisation.models import Unit
from namro.organisation.terms import Capability, Viewer
from namro.pages.links import address
from namro.pages.viewing import viewer_of
from namro.quality.models import QualityIndex
from namro.quality.queries import Where, scheme, span_of
from namro.quality.rules import readings_of
from namro.quality.terms import READINGS, Reading, Scheme

# Who may open what cost the points.
READERS = (
    *(Capability.READ_ALL, Capability.RECEIVE_DOSSIERS, Capability.SETTLE_DOSSIERS),
    *(Capability.DECIDE_DOSSIERS, Capability.RUN_DESK),
)
KINDS = (Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR)


@dataclass(frozen=True)
class Asked:
    """Who reads the score of which unit and period; `other` are the readings that differ from the city's."""

    viewer: Viewer
    unit: Unit
    period: Period
    scheme: Scheme
    other: Mapping[str, str]

    @property
    def where(self) -> Where:
        """Whose points are looked at."""
        return Where(self.unit, span_of(self.period), readings_of(self.scheme, self.other))

    def score(self, period: Period | None = None) -> str:
        """Return the address of the score, of this period or another, under the same readings."""
        return address("quality_score", self.unit.code, (period or self.period).key, **self.other)

    def following(self) -> str:
        """Return the address of the score of the next period; '' where that has not begun."""
        later = self.period.next()
        return self.score(later) if later.start <= today() else ""

    def costs(self, part: str, after: str = "") -> str:
        """Return the address of what cost the points of a part; '' for a viewer who may not open it."""
        if not any(self.viewer.can(each) for each in READERS):
            return ""
        return address("quality_costs", self.unit.code, self.period.key, part, sau=after, **self.other)

    def readings(self) -> list[tuple[Reading, str]]:
        """Return each reading with the choice that holds on the page."""
        held = readings_of(self.scheme, self.other)
        return [(reading, held[reading.code]) for reading in self.scheme.readings]


def asked_of(request: HttpRequest, code: str, month: str) -> Asked:
    """Return what is asked; 404 for a unit that the viewer may not see, a period that is none or has not begun, or
    before the package.

    A reading that does not exist is passed over: an old link still opens.
    """
    viewer = viewer_of(request)
    unit = Unit.objects.filter(code=code[:40], valid_to__isnull=True).first()
    if unit is None or not viewer.sees_unit(unit.pk):
        raise Http404("no such unit here")
    try:
        period, index = Period.parse(month), scheme()
    except (ValueError, QualityIndex.DoesNotExist):
        raise Http404("no such period") from None
    if period.kind not in KINDS:
        raise Http404("not a month")
    if period.start > today():
        raise Http404("has not begun")
    return Asked(viewer, unit, period, index, _other(request, index))


def _other(request: HttpRequest, index: Scheme) -> dict[str, str]:
    asked = {code: request.GET.get(code, "") for code in READINGS}
    known = {code: choice for code, choice in asked.items() if choice in READINGS[code]}
    return {code: choice for code, choice in known.items() if choice != index.chosen[code]}
