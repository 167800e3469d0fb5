"""Loading what a package declares: offices, services, counters; the same folder twice changes nothing."""

import secrets
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from namro.ground.reviewed import FileRefused
from namro.organisation.models import Unit
from namro.queues.catalog import OfficeDef, as_body, read_offices
from namro.queues.models import Counter, Office, Service

FILE = "queues/mot_cua.yaml"


@transaction.atomic
def load_package(folder: Path, *, progress: Callable[[float, str], None] | None = None) -> dict[str, int]:
    """Put the offices of a package; returns rows by kind, FileRefused with the line of a fault.

    Which counters are open, and which services somebody gave a counter since, stays as it is.
    """
    file = folder / FILE
    said = read_offices(file)
    units = {
        unit.code: unit
        for unit in Unit.objects.filter(valid_to__isnull=True, code__in=[each.unit for each in said])
    }
    for each in said:
        if each.unit not in units:
            raise FileRefused(file, 1, f"không có đơn vị “{each.unit}”")
        _put(each, units[each.unit])
    if progress:
        progress(1.0, "hàng đợi một cửa")
    return {"queue_offices": len(said)} if said else {}


def _put(said: OfficeDef, unit: Unit) -> None:
    turns = said.rhythm.turns
    shown = {
        "hours": [list(half) for half in said.halves], "slot_minutes": said.slot_minutes,
        "booking_days": said.booking_days, "most_waiting": said.most_waiting, "near": said.near, "level": said.level,
        "booked_head": turns.booked_head, "grace": turns.grace,
        "priorities": [asdict(each) for each in said.priorities], "rhythm": as_body(said.rhythm),
        "online": said.online, "booked": said.booked,
    }  # fmt: skip
    office, _ = Office.objects.update_or_create(
        unit=unit, defaults=shown, create_defaults=shown | {"key": secrets.token_urlsafe(32)}
    )
    _put_services(office, said)
    for each in said.counters:
        Counter.objects.get_or_create(
            office=office, number=each.number, defaults={"services": list(each.services)}
        )


def _put_services(office: Office, said: OfficeDef) -> None:
    """Put the services; one that the file no longer names stays for its tickets, but is not offered."""
    office.services.exclude(code__in=[each.code for each in said.services]).update(is_offered=False)
    for order, each in enumerate(said.services):
        shown = asdict(each) | {"order": order, "is_offered": True}
        Service.objects.update_or_create(office=office, code=shown.pop("code"), defaults=shown)
