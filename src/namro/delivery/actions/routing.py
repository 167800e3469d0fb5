"""Deciding, for each notice, by which channels it goes and when, or why not."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import Q

from namro.delivery.models import Delivery, Endpoint, Told, ToldPart
from namro.delivery.queries import choices_of, endpoints, roles_on
from namro.delivery.rules import Choices, channels_of, due_at
from namro.delivery.terms import Channel, Dropped, Level, PolicyDef
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.queries import working_calendar
from namro.outside import mail

BATCH = 5000
# As telling does: one text for all rows. What was decided before stays.
STORED = """
INSERT INTO delivery_delivery (told_id, channel, endpoint_id, due_at, dropped)
SELECT row.* FROM json_to_recordset(%s::json) AS row(
    told_id bigint, channel text, endpoint_id uuid, due_at timestamptz, dropped text)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Readers:
    """What must be known of the people of a batch to route what they are told."""

    people: Mapping[int, Person]
    roles: Mapping[int, set[str]]
    choices: Mapping[int, Choices]
    of_person: Mapping[int, list[Endpoint]]
    of_unit: Mapping[int, list[Endpoint]]
    units: Mapping[int, set[int]]


def route(policy: PolicyDef) -> int:
    """Decide the ways of every notice told and not yet routed; returns how many."""
    routed = 0
    while count := _route_batch(policy):
        routed += count
    return routed


@transaction.atomic
def _route_batch(policy: PolicyDef) -> int:
    waiting = Told.objects.filter(is_routed=False).select_for_update(skip_locked=True).order_by("pk")
    told = list(waiting.defer("body", "title", "reason", "path")[:BATCH])
    if told:
        readers = _readers({row.person_id for row in told}, [row.pk for row in told])
        made = [delivery for row in told for delivery in _deliveries(row, readers, policy)]
        _store(_timed(made, policy))
        Told.objects.filter(pk__in=[row.pk for row in told]).update(is_routed=True)
    return len(told)


def _readers(person_ids: set[int], told_ids: list[int]) -> Readers:
    of_person: dict[int, list[Endpoint]] = {}
    of_unit: dict[int, list[Endpoint]] = {}
    for endpoint in endpoints().filter(Q(person_id__in=person_ids) | Q(unit__isnull=False)):
        held, owner = (of_person, endpoint.person_id) if endpoint.person_id else (of_unit, endpoint.unit_id)
        held.setdefault(owner or 0, []).append(endpoint)
    return Readers(
        Person.objects.only("email", "is_active").in_bulk(person_ids),
        roles_on(person_ids, clock.today()),
        choices_of(person_ids),
        of_person,
        of_unit,
        _units_of_parts(told_ids) if of_unit else {},
    )


def _units_of_parts(told_ids: list[int]) -> Mapping[int, set[int]]:
    """The units that what was told as one is about, by notice; one query."""
    found: dict[int, set[int]] = {}
    parts = ToldPart.objects.filter(told__in=told_ids, unit__isnull=False)
    for told_id, unit_id in parts.values_list("told_id", "unit_id").distinct():
        found.setdefault(told_id, set()).add(unit_id)
    return found


def _deliveries(told: Told, readers: Readers, policy: PolicyDef) -> Iterator[Delivery]:
    """The ways of one notice: e-mail always decided on, webhooks where there are any."""
    person, level = readers.people[told.person_id], Level(told.level)
    choices = readers.choices.get(person.pk, {})
    wanted = channels_of(readers.roles.get(person.pk, ()), level, choices, policy)
    yield Delivery(
        told=told,
        channel=Channel.EMAIL,
        dropped=_why_not(person, wanted, chosen=(level, Channel.EMAIL) in choices),
    )
    if person.is_active and Channel.WEBHOOK in wanted:
        yield from _to(told, readers.of_person.get(person.pk, ()))
    for unit_id in sorted({told.unit_id or 0, *readers.units.get(told.pk, ())}):
        yield from _to(told, readers.of_unit.get(unit_id, ()))


def _to(told: Told, listening: list[Endpoint] | tuple[()]) -> Iterator[Delivery]:
    for endpoint in listening:
        if told.level >= endpoint.level:
            yield Delivery(told=told, channel=Channel.WEBHOOK, endpoint=endpoint)


def _why_not(person: Person, wanted: frozenset[Channel], *, chosen: bool) -> str:
    """Why the person gets no mail of it; empty where one goes."""
    if not person.is_active:
        return Dropped.ACCOUNT_SHUT
    if Channel.EMAIL not in wanted:
        return Dropped.SWITCHED_OFF if chosen else Dropped.NOT_USUAL
    if not person.email:
        return Dropped.NO_ADDRESS
    return "" if mail.is_configured() else Dropped.NO_MAIL_SERVER


def _timed(deliveries: list[Delivery], policy: PolicyDef) -> list[Delivery]:
    """Set when each is due; notices told together share the reckoning."""
    is_working = working_calendar().is_working
    reckoned = lru_cache(maxsize=None)(lambda moment, level: due_at(moment, level, policy, is_working))
    for delivery in deliveries:
        told = delivery.told
        if not delivery.dropped:
            earliest = max(filter(None, (told.at, told.not_before, told.out_after)))
            delivery.due_at = reckoned(earliest.astimezone(clock.VIETNAM), Level(told.level))
    return deliveries


def _store(deliveries: list[Delivery]) -> None:
    rows = [
        {
            "told_id": delivery.told_id,
            "channel": delivery.channel,
            "endpoint_id": str(delivery.endpoint_id) if delivery.endpoint_id else None,
            "due_at": delivery.due_at.isoformat() if delivery.due_at else None,
            "dropped": delivery.dropped,
        }
        for delivery in deliveries
    ]
    with connection.cursor() as cursor:
        cursor.execute(STORED, [json.dumps(rows)])
