"""Which alerts a viewer may see, narrowed by what is asked, and paged by cursor."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from namro.alerts.models import Alert, Rule
from namro.alerts.queries.words import holding
from namro.alerts.terms import AlertState, Order
from namro.ground import clock
from namro.organisation.models import Unit
from namro.organisation.terms import Capability, Viewer

PAGE_SIZE = 50


class Shown(StrEnum):
    """Which of the alerts: those that call, those taken on, those kept quiet, those closed."""

    CALLING = "calling"
    TAKEN = "taken"
    SILENCED = "silenced"
    INHIBITED = "inhibited"
    CLOSED = "closed"
    ALL_OPEN = "all_open"


@dataclass(frozen=True)
class AlertFilter:
    """What is asked of the alerts; what is empty narrows nothing. `unit_id` takes those below it along."""

    shown: Shown = Shown.CALLING
    level: int | None = None
    kind: str = ""
    rule: str = ""
    unit_id: int | None = None
    mine: bool = False
    older_than: int = 0
    order: Order = Order.GRAVEST
    words: str = ""


@dataclass(frozen=True)
class Page:
    """A page of alerts, and the cursor to the next (empty at the end)."""

    alerts: list[Alert]
    after: str


def visible_to(viewer: Viewer) -> QuerySet[Alert]:
    """Alerts of the units within reach, those that climb to the viewer's own units, and those of the viewer.

    On what bears a mark of secrecy: only for those whose post lets them, and the person in charge.
    """
    rows = Alert.objects.all()
    if viewer.unit_ids is not None:
        own = Q(person_id=viewer.person_id) | Q(owner_id=viewer.person_id)
        rows = rows.filter(Q(unit_id__in=viewer.unit_ids) | Q(above_id__in=viewer.post_unit_ids) | own)
    if not viewer.can(Capability.READ_MARKED):
        rows = rows.filter(Q(is_marked=False) | Q(person_id=viewer.person_id))
    return rows


def find(viewer: Viewer, asked: AlertFilter, day: date | None = None) -> QuerySet[Alert]:
    """The alerts that meet the filter on the day (default today), in no order."""
    today = day or clock.today()
    rows = visible_to(viewer).filter(shown_as(asked.shown, today))
    if asked.level is not None:
        rows = rows.filter(level=asked.level)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.rule:
        rows = rows.filter(_of_rule(asked.rule))
    if asked.unit_id is not None:
        path = Unit.objects.values_list("path", flat=True).get(pk=asked.unit_id)
        rows = rows.filter(unit__in=Unit.objects.filter(path__startswith=path).values("pk"))
    if asked.mine:
        rows = rows.filter(Q(person_id=viewer.person_id) | Q(owner_id=viewer.person_id))
    if asked.words:
        rows = holding(rows, asked.words)
    if asked.older_than:
        rows = rows.filter(since__lte=today - timedelta(days=asked.older_than))
    return rows


def _of_rule(code: str) -> Q:
    """The alerts of a rule; the index goes by its kind."""
    rule = Rule.objects.filter(code=code).values_list("pk", "kind").first()
    return Q(rule=rule[0], kind=rule[1]) if rule else Q(pk__in=[])


def shown_as(shown: Shown, day: date) -> Q:
    """The condition of a group: an alert is in one of the first four, or closed."""
    is_open, is_inhibited = Q(state=AlertState.OPEN), Q(inhibited_by__isnull=False)
    quiet, taken = Q(silenced_until__gte=day), Q(acknowledged_at__isnull=False, deadline__gte=day)
    not_quiet = Q(silenced_until__isnull=True) | Q(silenced_until__lt=day)
    not_taken = Q(acknowledged_at__isnull=True) | Q(deadline__lt=day)
    heard = is_open & Q(inhibited_by__isnull=True)
    return {
        Shown.CALLING: heard & not_quiet & not_taken,
        Shown.TAKEN: heard & not_quiet & taken,
        Shown.SILENCED: heard & quiet,
        Shown.INHIBITED: is_open & is_inhibited,
        Shown.CLOSED: Q(state=AlertState.CLOSED),
        Shown.ALL_OPEN: is_open,
    }[shown]


def page_of(viewer: Viewer, asked: AlertFilter, *, after: str = "", size: int = PAGE_SIZE) -> Page:
    """One page in the order asked for, from behind a cursor on; two queries at most."""
    rows = find(viewer, asked)
    if asked.order is Order.OLDEST:
        rows = rows.order_by("since", "pk")
    elif asked.shown is Shown.CLOSED:
        rows = rows.order_by("-pk")
    else:
        rows = rows.order_by("-level", "-pk")
    if after:
        rows = rows.filter(_behind(after, asked))
    found = list(_with_names(rows)[: size + 1])
    more, alerts = len(found) > size, found[:size]
    return Page(alerts, _cursor(alerts[-1], asked) if more else "")


def _with_names(rows: QuerySet[Alert]) -> QuerySet[Alert]:
    related = rows.select_related("rule", "unit", "person", "owner")
    return related.defer("person__password", "owner__password", "drawn_from")


def _behind(after: str, asked: AlertFilter) -> Q:
    """The condition for all rows behind the cursor."""
    place, pk = after.rsplit("_", 1)
    if asked.order is Order.OLDEST:
        return Q(since__gte=place) & (Q(since__gt=place) | Q(pk__gt=int(pk)))
    if asked.shown is Shown.CLOSED:
        return Q(pk__lt=int(pk))
    return Q(level__lte=int(place)) & (Q(level__lt=int(place)) | Q(pk__lt=int(pk)))


def _cursor(alert: Alert, asked: AlertFilter) -> str:
    place = alert.since.isoformat() if asked.order is Order.OLDEST else alert.level
    return f"{place}_{alert.pk}"
