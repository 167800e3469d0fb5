"""Which office and counter an address means; what may not be seen does not exist (404)."""

from django.http import Http404, HttpRequest

from namro.organisation.terms import Capability
from namro.pages.viewing import viewer_of
from namro.queues import queries
from namro.queues.models import Counter, Office

READERS = (Capability.RECEIVE_DOSSIERS, Capability.RUN_DESK, Capability.READ_ALL)


def public_office(unit: str) -> Office:
    """Return the office of a unit, for everybody."""
    found = queries.office_of(unit)
    if found is None:
        raise Http404("no such office")
    return found


def office_in_reach(request: HttpRequest, unit: str) -> Office:
    """Return the office of a unit that the viewer may see."""
    found = public_office(unit)
    if not viewer_of(request).sees_unit(found.unit_id):
        raise Http404("out of reach")
    return found


def counter_in_reach(request: HttpRequest, unit: str, number: int) -> Counter:
    """Return a counter of an office at which the viewer's own unit works."""
    office = office_in_reach(request, unit)
    found = office.counters.select_related("person").filter(number=min(number, 32767)).first()
    if found is None:
        raise Http404("no such counter")
    found.office = office
    return found
