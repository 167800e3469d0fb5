"""What people do with alerts, one or hundreds at a time: take on, keep quiet, close; a repeated act changes nothing."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from namro.alerts.actions.answering import answer
from namro.alerts.models import Alert, Deed, Flip
from namro.alerts.queries.finding import visible_to
from namro.alerts.rules import LONGEST_DEADLINE, LONGEST_SILENCE, check_handle, check_until, check_words
from namro.alerts.terms import TASK_ENDED, AlertState, DeedVerb, Outcome
from namro.audit.actions import line, record_many
from namro.delivery.actions import tell
from namro.delivery.terms import Level, Notice
from namro.ground import clock
from namro.ground.days import format_day
from namro.organisation.models import Person
from namro.organisation.terms import Refused, Viewer

UNSEEN = "Không có cảnh báo này, hoặc bạn không được xem; hãy tải lại trang."


@dataclass(frozen=True)
class Act:
    """Who does what to alerts, and what it sets in each of them."""

    verb: DeedVerb
    client_id: UUID
    by: Person
    viewer: Viewer
    values: dict[str, Any]
    note: str = ""
    owner: Person | None = None
    until: date | None = None
    check: Callable[[Alert], None] = field(default=lambda alert: None)


@transaction.atomic
def acknowledge(
    alert_ids: Collection[int],
    *,
    deadline: date,
    client_id: UUID,
    by: Person,
    viewer: Viewer,
    owner: Person | None = None,
    instead_of: int | None = None,
    note: str = "",
) -> Outcome:
    """Take alerts on: `owner` (default: who acts) answers for them by the deadline, and until then nothing climbs.

    What somebody else has taken on passes over only when `instead_of` names that person, as the page showed it.
    """
    check_until(
        deadline, clock.today(), longest=LONGEST_DEADLINE, field="deadline", what="Thời hạn nhận xử lý"
    )
    who = owner or by
    values = {"owner": who, "deadline": deadline, "acknowledged_at": clock.now()}
    allowed = {by.pk, who.pk, instead_of}
    act = Act(
        DeedVerb.ACKNOWLEDGE, client_id, by, viewer, values, note, who, deadline, check=_not_taken(allowed)
    )
    changed, outcome = _perform(alert_ids, act)
    said = f"{who.full_name} nhận xử lý, hẹn {format_day(deadline)}"
    answer([(alert.object_key, alert.unit_id) for alert in changed], by=by, words=said)
    if who != by:
        tell(_given(alert, act) for alert in changed)
    return outcome


@transaction.atomic
def silence(
    alert_ids: Collection[int], *, until: date, reason: str, client_id: UUID, by: Person, viewer: Viewer
) -> Outcome:
    """Keep alerts quiet to the end of a day: they stay open and counted, tell nobody, are not urged."""
    check_until(until, clock.today(), longest=LONGEST_SILENCE, field="until", what="Ngày hết tạm im")
    said = check_words(reason, field="reason", ask="Hãy ghi lý do tạm im, để người sau hiểu.")
    values = {"silenced_until": until, "silence_reason": said}
    return _perform(alert_ids, Act(DeedVerb.SILENCE, client_id, by, viewer, values, said, until=until))[1]


@transaction.atomic
def close(alert_ids: Collection[int], *, reason: str, client_id: UUID, by: Person, viewer: Viewer) -> Outcome:
    """Close alerts with a reason; while their condition still holds, new ones open only when it gets graver."""
    said = check_words(reason, field="reason", ask="Hãy ghi lý do đóng cảnh báo.")
    act = Act(DeedVerb.CLOSE, client_id, by, viewer, _closing(said, by), said)
    changed, outcome = _perform(alert_ids, act)
    _flip_down(changed)
    answer([(alert.object_key, alert.unit_id) for alert in changed], by=by, words=f"Đóng cảnh báo: {said}")
    return outcome


@transaction.atomic
def note_task(alert_id: int, task_code: str, *, client_id: UUID, by: Person, viewer: Viewer) -> None:
    """Keep which task was made from an alert; the task's end closes it (see `close_for_tasks`)."""

    def check(alert: Alert) -> None:
        if alert.task_code not in ("", task_code):
            raise Refused(f"Cảnh báo này đã có nhiệm vụ {alert.task_code}; hãy mở nhiệm vụ đó.")

    values = {"task_code": task_code}
    act = Act(DeedVerb.MAKE_TASK, client_id, by, viewer, values, f"Nhiệm vụ {task_code}", check=check)
    _, outcome = _perform([alert_id], act)
    if outcome.refused:
        raise Refused(outcome.refused[0][1])


@transaction.atomic
def close_for_tasks(task_codes: Iterable[str], *, by: Person | None = None) -> int:
    """Close the open alerts from which the tasks, now ended, were made; returns how many."""
    rows = Alert.objects.filter(state=AlertState.OPEN, task_code__in=set(task_codes) - {""})
    alerts = list(rows.select_for_update(of=("self",)).order_by("pk"))
    values = _closing(TASK_ENDED, by)
    _store(alerts, values)
    _flip_down(alerts)
    record_many([line(by=by, verb="close_alert", obj=a, after=values, ground=a.task_code) for a in alerts])
    return len(alerts)


def _perform(alert_ids: Collection[int], act: Act) -> tuple[list[Alert], Outcome]:
    """Do the act to each of the alerts that may have it; return those changed by it now, and what came of all."""
    ids = sorted(set(alert_ids))
    rows = visible_to(act.viewer).filter(pk__in=ids).order_by("pk").select_related("unit", "rule")
    seen = {alert.pk: alert for alert in rows.select_for_update(of=("self",))}
    repeated = _done_before(ids, act)  # asked under the lock: the same act may be under way beside this one
    changed: list[Alert] = []
    refused: list[tuple[int, str]] = []
    for pk in (pk for pk in ids if pk not in repeated):
        try:
            changed.append(_checked(seen.get(pk), act))
        except Refused as refusal:
            refused.append((pk, refusal.sentence))
    _leave_trace(changed, act)
    _store(changed, act.values)
    done = tuple(sorted(repeated | {alert.pk for alert in changed}))
    return changed, Outcome(done, tuple(refused))


def _checked(alert: Alert | None, act: Act) -> Alert:
    """The alert, if the act may be done to it now."""
    if alert is None:
        raise Refused(UNSEEN)
    check_handle(act.viewer, alert.unit_id)
    if alert.state == AlertState.CLOSED:
        raise Refused(f"Cảnh báo đã đóng: {alert.close_reason}")
    act.check(alert)
    return alert


def _not_taken(allowed: set[int | None]) -> Callable[[Alert], None]:
    """A check that nobody but the people allowed has the alert in hand today."""

    def check(alert: Alert) -> None:
        running = alert.deadline is not None and alert.deadline >= clock.today()
        if running and alert.owner_id not in allowed and alert.deadline:
            raise Refused(
                f"{alert.owner} đã nhận xử lý, hẹn {format_day(alert.deadline)}; hãy tải lại trang."
            )

    return check


def _done_before(ids: list[int], act: Act) -> set[int]:
    """The alerts to which this very act was done already."""
    keys = {_deed_key(act, pk): pk for pk in ids}
    return {keys[key] for key in Deed.objects.filter(client_id__in=keys).values_list("client_id", flat=True)}


def _deed_key(act: Act, alert_id: int) -> UUID:
    return uuid5(act.client_id, str(alert_id))


def _leave_trace(alerts: list[Alert], act: Act) -> None:
    """Append a deed and a line in the log for each, with the values before."""
    Deed.objects.bulk_create(
        [
            Deed(
                client_id=_deed_key(act, alert.pk), alert=alert, verb=act.verb, by=act.by, day=clock.today(),
                at=clock.now(), owner=act.owner, until=act.until, note=act.note,
            )
            for alert in alerts
        ],
        batch_size=1000,
    )  # fmt: skip
    record_many(
        [
            line(
                by=act.by, verb=f"{act.verb}_alert", obj=alert, after=act.values, unit=alert.unit.code,
                before={name: getattr(alert, name) for name in act.values}, ground=act.note,
            )
            for alert in alerts
        ]
    )  # fmt: skip


def _store(alerts: list[Alert], values: dict[str, Any]) -> None:
    """Set the same values in all of the alerts, which are locked; one statement."""
    Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(**values)
    for alert in alerts:
        for name, value in values.items():
            setattr(alert, name, value)


def _closing(reason: str, by: Person | None) -> dict[str, Any]:
    return {
        "state": AlertState.CLOSED,
        "closed_at": clock.now(),
        "closed_by": by,
        "close_reason": reason,
        "still_true": True,
        "inhibited_by": None,
    }


def _flip_down(alerts: Iterable[Alert]) -> None:
    """Append that the alerts have no level any more."""
    Flip.objects.bulk_create(
        [
            Flip(
                alert=alert, before=alert.level, after=Level.INFO, day=clock.today(), at=clock.now(),
                value=alert.value,
            )
            for alert in alerts
        ],
        batch_size=1000,
    )  # fmt: skip


def _given(alert: Alert, act: Act) -> Notice:
    """What the person hears whom somebody else has put in charge of an alert."""
    return Notice(
        event=f"{alert.topic}:given:{act.client_id}",
        topic=alert.topic,
        person_id=act.owner.pk if act.owner else act.by.pk,
        level=Level(alert.level),
        title=f"Bạn được giao xử lý: {alert.object_label}",
        reason=f"{act.by.full_name} giao bạn xử lý, hạn {format_day(act.until)}" if act.until else "",
        body=act.note,
        path=f"/canh-bao/{alert.pk}/",
        unit_id=alert.unit_id,
        confidential=alert.is_marked,
    )
