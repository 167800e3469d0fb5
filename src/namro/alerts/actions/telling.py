"""Who hears that an alert stands: once a level, when it calls; and why somebody does not hear."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import F, Max, QuerySet

from namro.alerts.actions.audiences import Audiences, Place
from namro.alerts.models import Alert, Flip, Rule
from namro.alerts.queries.finding import Shown, shown_as
from namro.alerts.rules import sentence_of
from namro.alerts.terms import AlertState, Audience, RuleDef
from namro.delivery.actions import tell
from namro.delivery.terms import Level, Notice, NotTold
from namro.ground.days import format_day

CHUNK = 20_000
READ = (
    *(
        "id",
        "rule_id",
        "unit_id",
        "object_label",
        "level",
        "value",
        "due",
        "person_id",
        "above_id",
        "is_marked",
    ),
    *("inhibited_by_id", "silenced_until", "owner_id", "deadline", "acknowledged_at", "object_key"),
)


def tell_raised(day: date, moment: datetime) -> int:
    """Tell the audiences of the rules of every open alert that calls and stands higher than was told; returns how many
    were told. One that was kept quiet is told when it calls again, if it still stands; why it is quiet is kept once, at
    the flip of the judgement's own moment."""
    people = Audiences(day)
    raised = Alert.objects.filter(state=AlertState.OPEN, level__gt=F("told_level"))
    told = 0
    for alerts in _chunks(raised.filter(shown_as(Shown.CALLING, day))):
        flips, rules = _last_flips(alerts), _rules(alerts)
        told += tell(_notices(alerts, flips, rules, people))
        Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(told_level=F("level"))
    quiet = raised.exclude(shown_as(Shown.CALLING, day)).filter(flips__at=moment)
    _keep_why_not(quiet, day, people)
    return told


def _rules(alerts: list[Alert]) -> dict[int, RuleDef]:
    """The rules of some alerts: of ten thousand, few call on one day."""
    wanted = Rule.objects.filter(pk__in={alert.rule_id for alert in alerts})
    return {rule.pk: rule.definition for rule in wanted.only("pk", "body")}


def _chunks(rows: QuerySet[Alert]) -> Iterator[list[Alert]]:
    """The alerts by thousands, so that a hundred thousand do not stand in memory at once."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        chosen = Alert.objects.filter(pk__in=ids[start : start + CHUNK]).order_by("pk")
        yield list(chosen.only(*READ, "unit__name", "unit__short_name").select_related("unit"))


def _last_flips(alerts: list[Alert]) -> dict[int, int]:
    """The last flip of each alert: the event that is told."""
    flips = Flip.objects.filter(alert__in=[alert.pk for alert in alerts]).values_list("alert_id")
    return dict(flips.annotate(last=Max("pk")))


def _notices(
    alerts: list[Alert], flips: dict[int, int], rules: dict[int, RuleDef], people: Audiences
) -> Iterator[Notice]:
    for alert in alerts:
        rule = rules[alert.rule_id]
        for hearer in people.of(_words(rule, alert), _place(rule, alert)):
            yield Notice(
                event=f"{alert.topic}:flip:{flips.get(alert.pk, 0)}",
                topic=alert.topic,
                person_id=hearer.person_id,
                level=Level(alert.level),
                title=_sentence(rule, alert),
                reason=hearer.reason,
                body=f"Nên làm: {rule.action} Người quyết định: {rule.decides}",
                path=f"/canh-bao/{alert.pk}/",
                unit_id=alert.unit_id,
                confidential=alert.is_marked,
            )


def _keep_why_not(rows: QuerySet[Alert], day: date, people: Audiences) -> None:
    """Keep for the log why those who would have heard do not."""
    for alerts in _chunks(rows):
        flips, rules = _last_flips(alerts), _rules(alerts)
        tell([], not_told=_not_told(alerts, flips, day, rules, people))


def _not_told(
    alerts: list[Alert], flips: dict[int, int], day: date, rules: dict[int, RuleDef], people: Audiences
) -> Iterator[NotTold]:
    for alert in alerts:
        rule, reason = rules[alert.rule_id], _why_quiet(alert, day)
        for hearer in people.of(_words(rule, alert), _place(rule, alert)):
            yield NotTold(
                f"{alert.topic}:flip:{flips.get(alert.pk, 0)}:quiet", alert.topic, hearer.person_id, reason
            )


def _why_quiet(alert: Alert, day: date) -> str:
    if alert.inhibited_by_id is not None:
        return f"đã có cảnh báo gốc số {alert.inhibited_by_id}; cảnh báo này là hệ quả"
    if alert.silenced_until is not None and alert.silenced_until >= day:
        return f"cảnh báo được tạm im đến hết {format_day(alert.silenced_until)}"
    return f"đã có người nhận xử lý, hẹn {format_day(alert.deadline or day)}"


def _words(rule: RuleDef, alert: Alert) -> tuple[Audience, ...]:
    """The audience of the level, or of the nearest one below that the rule names."""
    named = [level for level in rule.hears if level <= alert.level]
    return rule.hears[max(named)] if named else ()


def _place(rule: RuleDef, alert: Alert) -> Place:
    return Place(alert.unit_id, alert.person_id, alert.above_id, rule.owner, alert.is_marked)


def _sentence(rule: RuleDef, alert: Alert) -> str:
    return sentence_of(
        rule.text, thing=alert.object_label, unit=alert.unit.label, value=alert.value, due=alert.due
    )
