"""Reads of declared charts: the groups in order, the charts of a board, the marks, and one's own board."""

from namro.indicators.catalog.charts import ChartDef, Level
from namro.indicators.models import Annotation, BoardPlace, Chart, ServiceGroup
from namro.sources.models import Source


def service_groups() -> list[ServiceGroup]:
    """Return the service groups in use, in the order of the package; one query."""
    return list(ServiceGroup.objects.filter(is_active=True))


def charts(*, level: Level | None = None, group: str = "") -> list[ChartDef]:
    """Return the charts in use in their order, of a level or a group where one is given; one query."""
    rows = Chart.objects.filter(is_active=True)
    if level is not None:
        rows = rows.filter(body__levels__contains=level.value)
    if group:
        rows = rows.filter(group__code=group)
    return [row.chart for row in rows]


def find_chart(code: str) -> ChartDef | None:
    """Return a chart in use; None if there is none of that code."""
    row = Chart.objects.filter(code=code, is_active=True).first()
    return row.chart if row else None


def promised_days() -> dict[str, int]:
    """Return within how many days each source has promised its rows, by code; one query."""
    rows = Source.objects.values_list("code", "body__freshness_hours")
    return {code: -(-int(hours) // 24) for code, hours in rows if hours is not None}


def annotations() -> list[Annotation]:
    """Return what happened on which day, oldest first; one query."""
    return list(Annotation.objects.all())


def own_board(person_id: int) -> list[ChartDef]:
    """Return the charts that a person has put on their own board, in their order; one query."""
    rows = BoardPlace.objects.filter(person_id=person_id, chart__is_active=True).select_related("chart")
    return [row.chart.chart for row in rows]
