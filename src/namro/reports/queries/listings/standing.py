"""Early warnings that a letter of urging names: those that stood at the end of the day, beside what is late itself."""

from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet

from namro.alerts.models import Alert
from namro.alerts.queries.one import LATE_KINDS
from namro.delivery.terms import Level
from namro.ground.clock import VIETNAM
from namro.ground.days import format_day
from namro.reports.queries.listings.asking import Asking
from namro.reports.queries.listings.lateness import cut
from namro.reports.terms import Column, Door, Link, Table, Words

MOST = 60
COLUMNS = (
    Column("Cảnh báo", share=14, names_row=True),
    Column("Đơn vị", share=7),
    Column("Mức", share=5),
    Column("Từ ngày", share=6, keeps_line=True),
    Column("Ai nhận xử lý", share=7),
)


def open_alerts(asking: Asking, of: list[str]) -> Table:
    """Return the alerts of the unit and those below it that stood at the end of the day and have no cause elsewhere,
    the gravest first; what is late has lists of its own. Two queries."""
    rows = standing(asking).select_related("unit", "rule", "owner").order_by("-level", "since", "pk")
    return cut(COLUMNS, tuple(_row(alert) for alert in rows[:MOST]), rows, MOST)


def standing(asking: Asking) -> QuerySet[Alert]:
    """The alerts that stood when the day ended; what bears a mark of secrecy is not named."""
    after = datetime.combine(asking.day + timedelta(days=1), time(), VIETNAM)
    stood = Q(closed_at__isnull=True) | Q(closed_at__gte=after)
    rows = Alert.objects.filter(stood, unit__in=asking.paths, since__lte=asking.day, is_marked=False)
    return rows.filter(inhibited_by__isnull=True).exclude(kind__in=LATE_KINDS)


def _row(alert: Alert) -> tuple[Words, ...]:
    link = Link(f"{alert.rule.name}: {alert.object_label}", Door("alert", (str(alert.pk),)))
    whose = str(alert.owner) if alert.owner else "chưa ai nhận"
    level = str(Level(alert.level).label)
    return ((link,), (alert.unit.name,), (level,), (format_day(alert.since),), (whose,))
