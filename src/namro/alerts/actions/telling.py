"""Who hears that an alert stands: once a level, when it calls; and why somebody does not hear."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from namro.alerts.actions.audiences import Audiences, Hearer, Place
from namro.alerts.actions.insisting import due_again, insistent
from namro.alerts.actions.statements import QUIET, RAISED, REPEATED
from namro.alerts.models import Rule
from namro.alerts.rules import quiet_until, sentence_of
from namro.alerts.terms import LEVEL_SLUGS, Audience, RuleDef
from namro.delivery.actions import tell
from namro.delivery.terms import Bundle, Level, Notice, NotTold
from namro.ground.days import format_day

CHUNK = 20_000
STILL = "Vẫn chưa ai nhận:"
SLUG_OF_LEVEL = {level: slug for slug, level in LEVEL_SLUGS.items()} | {Level.INFO: ""}


class Raised(NamedTuple):
    """What the telling of an alert needs; `flip_id` is the event."""

    id: int
    rule_id: int
    unit_id: int
    unit: str
    object_label: str
    level: int
    value: Decimal
    due: date | None
    person_id: int | None
    above_id: int | None
    is_marked: bool
    inhibited_by_id: int | None
    silenced_until: date | None
    deadline: date | None
    flip_id: int | None

    @property
    def topic(self) -> str:
        """As `Alert.topic`."""
        return f"alert:{self.id}"

    @property
    def event(self) -> str:
        """The flip that is told."""
        return f"alert:{self.id}:flip:{self.flip_id or 0}"


def tell_raised(day: date, moment: datetime) -> int:
    """Tell the audiences of the rules of every open alert that calls and stands higher than was told; returns how many
    were told. One that was kept quiet is told when it calls again, if it still stands; why it is quiet is kept once, at
    the flip of the judgement's own moment."""
    people, told = Audiences(day, moment), 0
    for alerts, rules in _chunks(RAISED, {"day": day, "now": moment}):
        told += tell(_notices(alerts, rules, people, moment), not_told=_off_duty(alerts, rules, people))
    for alerts, rules in _chunks(QUIET, {"day": day, "now": moment}):
        tell([], not_told=_not_told(alerts, day, rules, people))
    return told


def tell_again(day: date, moment: datetime) -> int:
    """Tell again, after the hours of its rule and never sooner, of what still calls and nobody has taken on; returns
    how many were told."""
    due, people, told = due_again(insistent(), moment), Audiences(day, moment), 0
    for alerts, rules in _chunks(REPEATED, {"day": day, "now": moment, **due}) if due else ():
        told += tell(_notices(alerts, rules, people, moment, again=True))
    return told


def _chunks(statement: str, params: Mapping[str, Any]) -> Iterator[tuple[list[Raised], dict[int, RuleDef]]]:
    """The alerts of a statement by thousands, each time with their rules."""
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(params))
        while rows := cursor.fetchmany(CHUNK):
            alerts = [Raised(*row) for row in rows]
            yield alerts, _rules(alerts)


def _rules(alerts: Iterable[Raised]) -> dict[int, RuleDef]:
    """The rules of some alerts: of ten thousand, few call on one day."""
    wanted = Rule.objects.filter(pk__in={alert.rule_id for alert in alerts})
    return {rule.pk: rule.definition for rule in wanted.only("pk", "body")}


def _notices(
    alerts: list[Raised],
    rules: dict[int, RuleDef],
    people: Audiences,
    moment: datetime,
    *,
    again: bool = False,
) -> Iterator[Notice]:
    """What the audiences hear of the alerts, or hear again: the same matter at a later moment is another event."""
    mark = f":again:{moment:%Y%m%d%H%M}" if again else ""
    for alert in alerts:
        rule, level = rules[alert.rule_id], Level(alert.level)
        bundle, title = _bundle(rule, level, again), _sentence(rule, alert)
        for hearer in _hearers(people, rule, alert):
            yield Notice(
                event=f"{alert.event}{mark}",
                topic=alert.topic,
                person_id=hearer.person_id,
                level=level,
                title=f"{STILL} {title}" if again else title,
                reason=hearer.reason,
                body=f"Nên làm: {rule.action} Người quyết định: {rule.decides}",
                path=f"/canh-bao/{alert.id}/",
                unit_id=alert.unit_id,
                out_after=quiet_until(rule.insisting, level, moment),
                confidential=alert.is_marked,
                bundle=bundle,
            )


def _bundle(rule: RuleDef, level: Level, again: bool) -> Bundle:
    """What many alerts of a rule are told as; the list of alerts shows them by rule, or all of the level."""
    asked = f"muc={SLUG_OF_LEVEL[level]}"
    return Bundle(
        key=f"{rule.code}:{again}",
        name=f"{STILL} {rule.name}" if again else rule.name,
        what="cảnh báo",
        path=f"/canh-bao/?{asked}&quy_tac={rule.code}",
        wider=f"/canh-bao/?{asked}",
    )


def _off_duty(alerts: list[Raised], rules: dict[int, RuleDef], people: Audiences) -> Iterator[NotTold]:
    """Why those who are not on duty do not hear, for the log."""
    for alert in alerts:
        rule = rules[alert.rule_id]
        for hearer in people.off_duty(_words(rule, alert.level), _place(rule, alert)):
            yield NotTold(f"{alert.event}:off", alert.topic, hearer.person_id, hearer.reason)


def _not_told(
    alerts: list[Raised], day: date, rules: dict[int, RuleDef], people: Audiences
) -> Iterator[NotTold]:
    """Why those who would have heard do not, for the log."""
    for alert in alerts:
        reason = _why_quiet(alert, day)
        for hearer in _hearers(people, rules[alert.rule_id], alert):
            yield NotTold(f"{alert.event}:quiet", alert.topic, hearer.person_id, reason)


def _why_quiet(alert: Raised, day: date) -> str:
    if alert.inhibited_by_id is not None:
        return f"đã có cảnh báo gốc số {alert.inhibited_by_id}; cảnh báo này là hệ quả"
    if alert.silenced_until is not None and alert.silenced_until >= day:
        return f"cảnh báo được tạm im đến hết {format_day(alert.silenced_until)}"
    return f"đã có người nhận xử lý, hẹn {format_day(alert.deadline or day)}"


def _hearers(people: Audiences, rule: RuleDef, alert: Raised) -> list[Hearer]:
    return people.of(_words(rule, alert.level), _place(rule, alert))


def _place(rule: RuleDef, alert: Raised) -> Place:
    return Place(alert.unit_id, alert.person_id, alert.above_id, rule.owner, alert.is_marked, rule.indicator)


def _words(rule: RuleDef, level: int) -> tuple[Audience, ...]:
    """The audience of the level, or of the nearest one below that the rule names."""
    named = [each for each in rule.hears if each <= level]
    return rule.hears[max(named)] if named else ()


def _sentence(rule: RuleDef, alert: Raised) -> str:
    return sentence_of(rule.text, thing=alert.object_label, unit=alert.unit, value=alert.value, due=alert.due)
