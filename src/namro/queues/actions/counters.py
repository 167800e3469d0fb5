"""Opening and closing a counter, and which services it takes."""

from collections.abc import Sequence

from django.db import transaction

from namro.audit.actions import record
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.rules import check_capability, check_inside
from namro.organisation.terms import Capability, Refused, Viewer
from namro.queues.models import Counter, Ticket
from namro.queues.terms import AT_COUNTER


@transaction.atomic
def open_counter(counter_id: int, *, by: Person, viewer: Viewer) -> Counter:
    """Open a counter for the day; twice by the same person is as once. Refused while somebody else works there."""
    counter = _counter(counter_id, viewer, Capability.RECEIVE_DOSSIERS)
    if counter.is_open and counter.person_id != by.pk:
        raise Refused(f"Quầy {counter.number} đang có {counter.person} làm việc; hãy chọn quầy khác.")
    if not counter.is_open:
        counter.person, counter.opened_on = by, clock.today()
        counter.save(update_fields=["person", "opened_on"])
        record(by=by, verb="open_counter", obj=counter, unit=counter.office.unit.code)
    return counter


@transaction.atomic
def close_counter(counter_id: int, *, by: Person, viewer: Viewer) -> Counter:
    """Close a counter; whoever runs the desk may close one that was forgotten. Refused while somebody stands there."""
    counter = _counter(counter_id, viewer, Capability.RECEIVE_DOSSIERS, Capability.RUN_DESK)
    if counter.is_open and counter.person_id != by.pk and not viewer.can(Capability.RUN_DESK):
        raise Refused(
            f"Quầy {counter.number} do {counter.person} mở; chỉ người đó hoặc người phụ trách được đóng."
        )
    here = Ticket.objects.filter(counter=counter, day=clock.today(), state__in=AT_COUNTER).first()
    if here is not None:
        raise Refused(f"Quầy {counter.number} còn số {here.number} chưa xong; hãy làm xong rồi đóng.")
    if counter.is_open:
        counter.person, counter.opened_on = None, None
        counter.save(update_fields=["person", "opened_on"])
        record(by=by, verb="close_counter", obj=counter, unit=counter.office.unit.code)
    return counter


@transaction.atomic
def set_services(counter_id: int, services: Sequence[str], *, by: Person, viewer: Viewer) -> Counter:
    """Say which services a counter takes; Refused when there is none, or one that the office does not offer."""
    counter = _counter(counter_id, viewer, Capability.RUN_DESK)
    offered = list(counter.office.services.filter(is_offered=True).values_list("code", flat=True))
    chosen = [code for code in offered if code in services]
    if not chosen or set(services) - set(offered):
        raise Refused(
            f"Quầy {counter.number} phải nhận ít nhất một nhóm việc trong danh sách.", field="services"
        )
    if chosen != counter.services:
        before, counter.services = {"services": counter.services}, chosen
        counter.save(update_fields=["services"])
        record(by=by, verb="set_counter", obj=counter, before=before, after={"services": chosen},
               unit=counter.office.unit.code)  # fmt: skip
    return counter


def _counter(counter_id: int, viewer: Viewer, *capabilities: Capability) -> Counter:
    """Return the counter, locked; Refused to whoever has none of the capabilities, or works elsewhere."""
    if not any(viewer.can(capability) for capability in capabilities):
        check_capability(viewer, capabilities[0])
    counter = (
        Counter.objects.select_for_update(of=("self",))
        .select_related("office__unit", "person")
        .get(pk=counter_id)
    )
    check_inside(viewer, counter.office.unit_id)
    return counter
