"""Urging: by the schedule of a rule, by hand with words, and climbing where nobody answers. Each on record."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from namro.alerts.actions.audiences import Audiences, Hearer, Place
from namro.alerts.actions.insisting import due_to_climb, insistent
from namro.alerts.actions.statements import CLIMBING, MISSED, SCHEDULED, UNHEARD, WAITING, rows_of
from namro.alerts.models import Rule, Urge
from namro.alerts.rules import Slot, check_urge, check_words, climbs_before, slot_on
from namro.alerts.terms import Step, Subject
from namro.audit.actions import record
from namro.delivery.actions import tell
from namro.delivery.models import Told, ToldPart
from namro.delivery.terms import Bundle, Level, Notice, NotTold
from namro.ground import clock
from namro.ground.calendar import WorkingCalendar
from namro.ground.days import format_day
from namro.ground.hours import working_hours_before
from namro.organisation.models import Person, Unit
from namro.organisation.queries import working_calendar
from namro.organisation.terms import Refused, Viewer

DEFAULT_GRACE = 3  # working days, for an urge by hand
DESK = "/ban-lam-viec/"
LEVEL_OF_STEP = {Step.PERSON: Level.WARNING, Step.LEADS: Level.WARNING, Step.AUTHORITY: Level.CRITICAL}


@transaction.atomic
def urge_by_hand(
    subject: Subject, *, words: str, client_id: UUID, by: Person, viewer: Viewer, grace: int = DEFAULT_GRACE
) -> Urge:
    """Urge the one in charge of a thing with words of one's own; the same act twice is as once.

    The caller has read the thing as the viewer may see it. One person urges one thing once a day.
    """
    check_urge(viewer, subject.unit_id)
    said = check_words(words, field="words", ask="Hãy ghi điều cần làm và thời hạn mong đợi.")
    today = clock.today()
    Unit.objects.select_for_update(no_key=True).get(pk=subject.unit_id)  # one urge at a time for a unit
    known = Urge.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    if Urge.objects.filter(object_key=subject.object_key, unit_id=subject.unit_id, by=by, day=today).exists():
        raise Refused("Hôm nay bạn đã đôn đốc việc này; hãy chờ trả lời.")
    urge = Urge.objects.create(
        client_id=client_id, object_key=subject.object_key, object_label=subject.label[:600], path=subject.path,
        alert_id=subject.alert_id, unit_id=subject.unit_id, person_id=subject.person_id,
        above_id=subject.above_id, is_marked=subject.is_marked, step=Step.PERSON, day=today, at=clock.now(),
        by=by, ground=f"{by.full_name} đôn đốc", words=said, grace=grace,
    )  # fmt: skip
    record(by=by, verb="urge", obj=urge, after={"words": said}, unit=urge.unit.code, ground=said)
    announce([urge.pk], today)
    return urge


@transaction.atomic
def urge_by_rules(day: date) -> int:
    """Urge what the schedules of the rules say for the day; returns how many. Twice for a day is as once."""
    due = _slots_reached(day)
    if not due:
        return 0
    columns = [list(column) for column in zip(*due, strict=True)]
    names = ("rule_ids", "dues", "sinces", "slots", "grounds", "graces")
    urged = rows_of(SCHEDULED, {**dict(zip(names, columns, strict=True)), "day": day, "now": clock.now()})
    announce([pk for (pk,) in urged], day)
    return len(urged)


@transaction.atomic
def climb(day: date) -> int:
    """Let what nobody answered within its grace climb a step, what was taken on and not done by its deadline climb
    again, and what nobody took on within the hours of its rule begin to climb; returns how many urges that made. Twice
    for a day is as once."""
    calendar, now = working_calendar(), clock.now()
    params: dict[str, Any] = {"day": day, "now": now, "default_grace": DEFAULT_GRACE}
    climbed = [*rows_of(MISSED, params), *rows_of(CLIMBING, params | _graces(day, now, calendar))]
    if due := due_to_climb(insistent(), now, calendar):
        climbed += rows_of(UNHEARD, {**params, **due})
    announce([pk for (pk,) in climbed], day)
    return len(climbed)


def _graces(day: date, now: datetime, calendar: WorkingCalendar) -> dict[str, list[Any]]:
    """Each grace that urges without an answer have, with the day or moment before which they must have been made."""
    waiting = Urge.objects.filter(Q(grace__gt=0) | Q(grace_hours__gt=0), answered_at__isnull=True)
    found = list(waiting.order_by("grace").values_list("grace", "grace_hours").distinct())
    return {
        "graces": [grace for grace, _ in found],
        "grace_hours": [hours for _, hours in found],
        "cutoffs": [climbs_before(grace, day, calendar) for grace, _ in found],
        "moments": [working_hours_before(now, hours, calendar) for _, hours in found],
    }


def _slots_reached(day: date) -> list[tuple[int, date | None, date, str, str, int]]:
    """For each rule and each due day and first day of its calling alerts: the place in the schedule reached."""
    urging = {
        rule.pk: rule
        for rule in Rule.objects.filter(is_live=True, body__urging__isnull=False).only("code", "body")
    }
    calendar, found = working_calendar(), []
    for rule_id, due, since in rows_of(WAITING, {"rules": list(urging), "day": day}):
        rule = urging[rule_id]
        definition = rule.definition
        slot = slot_on(definition.urging, rule=rule.code, due=due, since=since, day=day, calendar=calendar)
        if slot:
            found.append((rule_id, due, since, slot.name, _ground(rule.code, slot), definition.urging.grace))
    return found


def _ground(code: str, slot: Slot) -> str:
    return f"Quy tắc {code}: {slot.ground}, ngày {format_day(slot.day)}"


def announce(urge_ids: Iterable[int], day: date) -> None:
    """Tell those to whom the urges go; who heard of the matter on this very day from its alert is not told twice."""
    urges = list(Urge.objects.filter(pk__in=list(urge_ids)).select_related("alert").order_by("pk"))
    people, notices, not_told = Audiences(day), [], []
    heard = _heard_today(urges, day)
    for urge in urges:
        for hearer in _hearers(people, urge):
            if urge.by_id is None and urge.step == Step.PERSON and (urge.topic, hearer.person_id) in heard:
                reason = "đã được báo cùng ngày qua chính cảnh báo này"
                not_told.append(NotTold(f"urge:{urge.pk}", urge.topic, hearer.person_id, reason))
            else:
                notices.append(_notice(urge, hearer))
    tell(notices, not_told=not_told)


def _hearers(people: Audiences, urge: Urge) -> list[Hearer]:
    place = Place(urge.unit_id, urge.person_id, urge.above_id, is_marked=urge.is_marked)
    ways = {Step.PERSON: people.in_charge, Step.LEADS: people.leads, Step.AUTHORITY: people.authority}
    return ways[Step(urge.step)](place)


def _heard_today(urges: list[Urge], day: date) -> set[tuple[str, int]]:
    """The people told today of the alerts behind the urges, by itself or as one with others, as (topic, person)."""
    topics = {urge.topic for urge in urges if urge.by_id is None}
    if not topics:
        return set()
    told = Told.objects.filter(topic__in=topics, at__date=day, event__startswith="alert:")
    parts = ToldPart.objects.filter(topic__in=topics, told__at__date=day, event__startswith="alert:")
    return {*told.values_list("topic", "person_id"), *parts.values_list("topic", "person_id")}


def _notice(urge: Urge, hearer: Hearer) -> Notice:
    climbed = "" if urge.step == Step.PERSON else f"; {urge.ground}"
    return Notice(
        event=f"urge:{urge.pk}",
        topic=urge.topic,
        person_id=hearer.person_id,
        level=LEVEL_OF_STEP[Step(urge.step)],
        title=f"Đôn đốc: {urge.object_label}",
        reason=f"{hearer.reason}{climbed}",
        body=urge.words or urge.ground,
        path=urge.path,
        unit_id=urge.unit_id,
        confidential=urge.is_marked,
        bundle=None if urge.by_id else _bundle(Step(urge.step)),
    )


def _bundle(step: Step) -> Bundle:
    """What many urges by rules are told as; what a person asked for stands by itself."""
    return Bundle(f"urge:{step}", f"Đôn đốc {str(step.label).lower()}", "việc", DESK, DESK)
