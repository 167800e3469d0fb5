"""Taking second factors away: by their owner, or by the administration when the device is lost."""

from django.db import transaction

from namro.access.models import Factor, RecoveryCode
from namro.audit.actions import record
from namro.organisation.models import Person
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Viewer


@transaction.atomic
def remove_factor(*, factor: Factor, by: Person) -> None:
    """Take one away; with the last one go the recovery codes."""
    person, name = factor.person, factor.name
    factor.delete()
    if not Factor.objects.filter(person=person).exists():
        RecoveryCode.objects.filter(person=person).delete()
    record(by=by, verb="remove_factor", obj=person, before={"factor": name})


@transaction.atomic
def clear_factors(*, person: Person, by: Person | None, viewer: Viewer) -> int:
    """Take all of a person's away, so that they can come in by the password and set up a new device."""
    check_capability(viewer, Capability.ADMINISTER)
    gone = Factor.objects.filter(person=person).delete()[0]
    RecoveryCode.objects.filter(person=person).delete()
    if gone:
        record(by=by, verb="clear_factors", obj=person, after={"count": gone})
    return gone
