"""One alert with all that belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from namro.alerts.models import Alert, Deed, Flip, Urge
from namro.alerts.queries.finding import visible_to
from namro.alerts.rules import allows, check_handle, check_urge, sentence_of
from namro.alerts.terms import AlertState, RuleDef, Subject
from namro.organisation.terms import Capability, Viewer


@dataclass(frozen=True)
class AlertFile:
    """An alert as its page shows it: its rule, its history, what it keeps quiet, and what the viewer may do now."""

    alert: Alert
    rule: RuleDef
    sentence: str
    flips: list[Flip]
    deeds: list[Deed]
    urges: list[Urge]
    inhibits: int
    may_handle: bool
    may_urge: bool


def one_alert(viewer: Viewer, alert_id: int) -> AlertFile | None:
    """The alert with its file, or None when the viewer may not open it; a constant number of queries."""
    rows = visible_to(viewer).select_related("rule", "unit", "person", "owner", "above", "closed_by")
    alert = rows.select_related("inhibited_by__rule", "inhibited_by__unit").filter(pk=alert_id).first()
    if alert is None:
        return None
    is_open = alert.state == AlertState.OPEN
    return AlertFile(
        alert=alert,
        rule=alert.rule.definition,
        sentence=sentence(alert),
        flips=list(alert.flips.all()),
        deeds=list(alert.deeds.select_related("by", "owner")),
        urges=list(urges_of(alert.object_key, alert.unit_id)),
        inhibits=alert.inhibits.filter(state=AlertState.OPEN).count(),
        may_handle=is_open and allows(check_handle, viewer, alert.unit_id),
        may_urge=is_open and allows(check_urge, viewer, alert.unit_id),
    )


def sentence(alert: Alert) -> str:
    """What the alert says, by the text of its rule."""
    return sentence_of(
        alert.rule.body["text"],
        thing=alert.object_label,
        unit=alert.unit.label,
        value=alert.value,
        due=alert.due,
    )


def urges_of(object_key: str, unit_id: int | None = None) -> QuerySet[Urge]:
    """The urges about an object (of a unit), oldest first; the caller has already checked that it may be seen."""
    rows = Urge.objects.filter(object_key=object_key).select_related("by", "person", "unit", "answered_by")
    return rows.order_by("id") if unit_id is None else rows.filter(unit_id=unit_id).order_by("id")


def topics_of(alert: Alert) -> list[str]:
    """What the log of delivery is asked by for all that was told of the alert's thing: the other alerts on it, and the
    thing itself; one query."""
    others = Alert.objects.filter(object_key=alert.object_key, unit_id=alert.unit_id).exclude(pk=alert.pk)
    return [alert.object_key, *(other.topic for other in others.only("pk").order_by("-pk")[:50])]


def open_of(viewer: Viewer, object_keys: Iterable[str]) -> dict[str, list[Alert]]:
    """The open alerts within reach on each of the objects, the gravest first; one query."""
    rows = visible_to(viewer).filter(state=AlertState.OPEN, object_key__in=list(object_keys))
    found: dict[str, list[Alert]] = {}
    for alert in rows.select_related("rule", "unit").order_by("-level", "-pk"):
        found.setdefault(alert.object_key, []).append(alert)
    return found


def how_many_on(viewer: Viewer, object_keys: Iterable[str]) -> dict[tuple[str, int], int]:
    """How many open alerts within reach stand on each of the objects of a unit, by key and unit id; one query."""
    rows = visible_to(viewer).filter(state=AlertState.OPEN, object_key__in=list(object_keys))
    counted = rows.order_by().values_list("object_key", "unit_id").annotate(number=Count("pk"))
    return {(key, unit_id): number for key, unit_id, number in counted}


def subject_of(alert: Alert) -> Subject:
    """What is urged when an alert is."""
    return Subject(
        object_key=alert.object_key,
        unit_id=alert.unit_id,
        label=alert.object_label,
        path=alert.path,
        person_id=alert.person_id,
        above_id=alert.above_id,
        is_marked=alert.is_marked,
        alert_id=alert.pk,
    )


def late_under(viewer: Viewer, *, most: int = 50) -> list[Alert]:
    """What is late under the viewer: open alerts past their due day of the units led, the gravest first, each with
    `urged_step` and `urged_times` of the urges that nobody has answered; two queries."""
    if not viewer.can(Capability.LEAD_UNIT) and not viewer.can(Capability.ASSIGN_TASKS):
        return []
    rows = visible_to(viewer).filter(state=AlertState.OPEN, kind__in=LATE_KINDS)
    alerts = list(rows.select_related("rule", "unit", "person", "owner").order_by("-level", "-pk")[:most])
    unanswered: dict[tuple[str, int], list[int]] = {}
    urges = Urge.objects.filter(
        answered_at__isnull=True, object_key__in=[alert.object_key for alert in alerts]
    )
    for key, unit_id, step in urges.values_list("object_key", "unit_id", "step"):
        unanswered.setdefault((key, unit_id), []).append(step)
    for alert in alerts:
        steps = unanswered.get((alert.object_key, alert.unit_id), [])
        alert.urged_step, alert.urged_times = max(steps, default=None), len(steps)  # type: ignore[attr-defined]
    return alerts


LATE_KINDS = ("task_overdue", "form_late", "report_late", "extension_unanswered")
