"""Rows of a list of alerts as a page shows them, grouped so that hundreds read as a few things."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from namro.alerts.models import Alert
from namro.alerts.queries import sentence
from namro.alerts.terms import AlertState
from namro.delivery.terms import Level
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.pages.links import address
from namro.pages.naming import named

TONES = {Level.CRITICAL: "over", Level.WARNING: "risk", Level.WATCH: "progress", Level.INFO: "none"}


BETWEEN = " :,.–-"
OnEach = Mapping[tuple[str, int], int]


@dataclass(frozen=True)
class Row:
    """An alert in a list: what it says, how grave, whose, since when, who has it in hand."""

    alert: Alert
    href: str
    says: str
    level: str
    tone: str
    since: str
    standing: str
    others: int = 0


@dataclass(frozen=True)
class Group:
    """Alerts of one rule that stand on this page."""

    title: str
    href: str
    rows: list[Row] = field(default_factory=list)


def row(alert: Alert, day: date, others: int = 0) -> Row:
    """Return one alert as a row."""
    level = Level(alert.level)
    return Row(
        alert=alert,
        href=address("alert", str(alert.pk)),
        says=said_of(alert),
        level=str(level.label),
        tone=TONES[level],
        since=age(alert, day),
        standing=standing(alert, day),
        others=others,
    )


def said_of(alert: Alert) -> str:
    """What the alert says, without the name of the thing where it holds it: the row bears it already. What was «of»
    somebody stands without that word, which would hang in the air."""
    said = sentence(alert)
    before, label, after = said.partition(alert.object_label)
    parts = [before.strip(BETWEEN), after.strip(BETWEEN)] if label else [said]
    rest = ": ".join(part for part in parts if part).removeprefix("của ")
    return f"{rest[:1].upper()}{rest[1:]}." if rest else said


def age(alert: Alert, day: date) -> str:
    """«từ 03/07/2025, 6 ngày»; on its first day «hôm nay»."""
    days = (day - alert.since).days
    if days <= 0:
        return _("từ hôm nay")
    template = ngettext("từ %(day)s, %(n)s ngày", "từ %(day)s, %(n)s ngày", days)
    return template % {"day": format_day(alert.since), "n": format_number(days)}


def standing(alert: Alert, day: date) -> str:
    """Who has it in hand, or why it is quiet; nothing where nobody has touched it."""
    if alert.state == AlertState.CLOSED:
        return _("đóng: %(why)s") % {"why": alert.close_reason}
    if alert.inhibited_by_id is not None:
        return _("do một cảnh báo khác gây ra")
    if alert.silenced_until is not None and alert.silenced_until >= day:
        told = {"day": format_day(alert.silenced_until), "why": alert.silence_reason}
        return _("tạm im đến %(day)s: %(why)s") % told
    if alert.owner is None or alert.deadline is None:
        return ""
    told = {"who": str(alert.owner), "day": format_day(alert.deadline)}
    return (
        _("%(who)s nhận, hẹn %(day)s") % told
        if alert.deadline >= day
        else _("%(who)s đã hẹn %(day)s, quá hẹn") % told
    )


def rows_of(alerts: Iterable[Alert], day: date, on_each: OnEach) -> list[Row]:
    """Return the rows of a page; `on_each` says how many open alerts stand on each object of a unit."""
    return [row(alert, day, _others(alert, on_each)) for alert in alerts]


def _others(alert: Alert, on_each: OnEach) -> int:
    return on_each.get((alert.object_key, alert.unit_id), 0) - (alert.state == AlertState.OPEN)


def grouped(rows: Sequence[Row], asked: Any) -> list[Group]:
    """Return the rows by level and rule, in the order in which each first stands on the page."""
    found: dict[tuple[int, int], Group] = {}
    for each in rows:
        key = (each.alert.level, each.alert.rule_id)
        if key not in found:
            found[key] = Group(named(each.alert.rule), asked.address(quy_tac=each.alert.rule.code))
        found[key].rows.append(each)
    return list(found.values())
