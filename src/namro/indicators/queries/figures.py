"""Reads of figures: as known on a day, in a constant number of queries whatever their number."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import BooleanField, ExpressionWrapper, F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from namro.ground.period import Kind, Period
from namro.indicators.models import Figure
from namro.indicators.terms import FigureRow
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer


def visible_figures(viewer: Viewer) -> QuerySet[Figure]:
    """Return the figures that a viewer may read: all of them; the rows behind them are scoped where they are read."""
    return Figure.objects.all()


def figure(
    indicator: str, unit_code: str, day: date, breakdown: str = "", *, period: Period | None = None
) -> FigureRow | None:
    """Return the figure of a unit as known on a day, of its last period or of the one given; None if there is none.

    The last period is the last that has ended: a running one, of which a few have sent early, stands only alone.
    """
    rows = _of_period(_known(indicator, day, breakdown).filter(unit__code=unit_code), period)
    newest = rows.annotate(ended=_is_ended(day)).order_by("-ended", "-period_start", "-as_of")
    return next(map(row_of, newest[:1]), None)


def figures_by_breakdown(
    indicator: str, unit_code: str, day: date, *, period: Period | None = None
) -> list[FigureRow]:
    """Return the figure of a unit in each breakdown, the whole ("") first, as `figure` would; one query."""
    rows = Figure.objects.filter(indicator=indicator, unit__code=unit_code, as_of__lte=day).select_related(
        "unit"
    )
    known = _of_period(rows, period).annotate(ended=_is_ended(day))
    newest = known.order_by("breakdown", "-ended", "-period_start", "-as_of").distinct("breakdown")
    return [row_of(row) for row in newest]


def trend(
    viewer: Viewer, indicator: str, unit: Unit, day: date, breakdown: str = "", *, limit: int = 24
) -> list[FigureRow]:
    """Return the last periods of an indicator of a unit, oldest first, each as known on the day; one query."""
    rows = _known(indicator, day, breakdown).filter(unit=unit)
    newest = rows.order_by("-period_start", "period_kind", "-as_of").distinct("period_start", "period_kind")
    return _ended([row_of(row) for row in newest[:limit]][::-1], day)


def latest_by_unit(
    viewer: Viewer,
    indicator: str,
    day: date,
    breakdown: str = "",
    *,
    units: Iterable[int] | None = None,
    period: Period | None = None,
) -> list[FigureRow]:
    """Return an indicator by unit for its last period known on the day (or the one given); two queries.

    A unit without a row has no data for that period: it is shown so, not with an older value.
    """
    rows = _known(indicator, day, breakdown)
    if units is not None:
        rows = rows.filter(unit_id__in=list(units))
    if period is None:
        last = rows.aggregate(ended=Max("period_start", filter=_has_ended(day)), any=Max("period_start"))
        rows = rows.filter(period_start=last["ended"] or last["any"])
    newest = _of_period(rows, period).order_by("unit_id", "-as_of").distinct("unit_id")
    return [row_of(row) for row in newest]


def figures_of_unit(viewer: Viewer, unit: Unit, day: date) -> list[FigureRow]:
    """Return the last figure of every indicator and breakdown of a unit as known on the day; one query."""
    return latest_known(unit, day)


def latest_known(unit: Unit, day: date) -> list[FigureRow]:
    """Return the last figure of every indicator and breakdown of a unit as known on the day; one query."""
    rows = (
        Figure.objects.filter(unit=unit, as_of__lte=day).select_related("unit").annotate(ended=_is_ended(day))
    )
    newest = rows.order_by("indicator", "breakdown", "-ended", "-period_start", "-as_of").distinct(
        "indicator", "breakdown"
    )
    return [row_of(row) for row in newest]


def recent_of_unit(
    viewer: Viewer, unit: Unit, day: date, *, most: int = 13
) -> dict[tuple[str, str], list[FigureRow]]:
    """Return the last periods of each indicator and breakdown of a unit, oldest first, as known then; one query."""
    key = ("indicator", "breakdown", "period_kind", "period_start")
    newest = Figure.objects.filter(unit=unit, as_of__lte=day).order_by(*key, "-as_of").distinct(*key)
    place = Window(
        RowNumber(), partition_by=[F("indicator"), F("breakdown")], order_by=F("period_start").desc()
    )
    rows = Figure.objects.filter(pk__in=newest.values("pk")).select_related("unit").annotate(place=place)
    found: dict[tuple[str, str], list[FigureRow]] = {}
    for row in rows.filter(place__lte=most).order_by("period_start"):
        found.setdefault((row.indicator, row.breakdown), []).append(row_of(row))
    return {part: _ended(every, day) for part, every in found.items()}


def periods(indicator: str, day: date, *, limit: int = 24) -> list[Period]:
    """Return the periods for which an indicator has figures known on the day, newest first; one query."""
    rows = Figure.objects.filter(indicator=indicator, as_of__lte=day).order_by("-period_start")
    kept = rows.values_list("period", "period_start").distinct()[:limit]
    return [Period.parse(key) for key, _ in kept]


def breakdowns(indicator: str, day: date) -> list[str]:
    """Return the breakdowns in which an indicator has figures known on the day; one query."""
    rows = Figure.objects.filter(indicator=indicator, as_of__lte=day).order_by("breakdown")
    return list(rows.values_list("breakdown", flat=True).distinct())


def gaps(day: date) -> list[FigureRow]:
    """Return the figures whose stated total is not what the units below add up to, as known on the day; one query."""
    rows = Figure.objects.filter(below__isnull=False, value__isnull=False, as_of__lte=day).select_related(
        "unit"
    )
    key = ("indicator", "unit_id", "period_kind", "period_start", "breakdown")
    newest = rows.order_by(*key, "-as_of").distinct(*key)
    return [row_of(row) for row in newest if row.value != row.below]


def exactly(rows: QuerySet[Figure], period: Period) -> list[FigureRow]:
    """Return of figures those of one period, of each unit and breakdown the one known last; one query."""
    newest = _of_period(rows.select_related("unit"), period).order_by("unit_id", "breakdown", "-as_of")
    return [row_of(row) for row in newest.distinct("unit_id", "breakdown")]


def newest_by_period(
    indicator: str, breakdown: str, units: Iterable[int], periods: Iterable[Period], day: date
) -> list[FigureRow]:
    """Return the figures of units in periods of one kind, each as known on the day; one query."""
    wanted = list(periods)
    rows = _known(indicator, day, breakdown).filter(
        unit_id__in=list(units),
        period_kind__in={period.kind for period in wanted},
        period_start__in=[period.start for period in wanted],
    )
    newest = rows.order_by("unit_id", "period_start", "-as_of").distinct("unit_id", "period_start")
    return [row_of(row) for row in newest]


def _has_ended(day: date) -> Q:
    """Return the condition that the period of a figure has ended by the end of the day."""
    next_day, ended = day + timedelta(days=1), Q()
    for kind in Kind:
        ended |= Q(period_kind=kind, period_start__lt=Period.containing(kind, next_day).start)
    return ended


def _is_ended(day: date) -> ExpressionWrapper:
    return ExpressionWrapper(_has_ended(day), output_field=BooleanField())


def _ended(rows: list[FigureRow], day: date) -> list[FigureRow]:
    """Return the figures of periods that have ended by the day; those of running periods where there are no others."""
    return [row for row in rows if Period.parse(row.period).end <= day] or rows


def _known(indicator: str, day: date, breakdown: str) -> QuerySet[Figure]:
    return Figure.objects.filter(indicator=indicator, breakdown=breakdown, as_of__lte=day).select_related(
        "unit"
    )


def _of_period(rows: QuerySet[Figure], period: Period | None) -> QuerySet[Figure]:
    return rows if period is None else rows.filter(period_kind=period.kind, period_start=period.start)


def row_of(figure: Figure) -> FigureRow:
    """Return a stored figure as it is read; its unit stands beside it."""
    return FigureRow(
        indicator=figure.indicator,
        unit_id=figure.unit_id,
        unit_code=figure.unit.code,
        unit_name=figure.unit.name,
        period=figure.period,
        breakdown=figure.breakdown,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        below=figure.below,
        as_of=figure.as_of,
        source=figure.source,
        source_state=figure.source_state,
        version=figure.version,
        synthetic=figure.synthetic,
    )
