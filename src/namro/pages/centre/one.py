"""One chart on its own page: large, with its table, another unit beside it, every unit's value, and its definition."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.indicators.catalog.charts import BY_UNITS, ChartDef, ChartForm, Level, Over
from namro.indicators.models import ServiceGroup
from namro.indicators.queries.boards import Cell
from namro.indicators.queries.charts import annotations
from namro.indicators.terms import IndicatorDef
from namro.organisation.models import Unit
from namro.pages.centre import drawing
from namro.pages.centre.ahead import forecast_words, target_words
from namro.pages.centre.cards import TONES, Card, map_shapes
from namro.pages.centre.overview import beside
from namro.pages.centre.place import Place
from namro.pages.centre.table import table_of
from namro.pages.centre.view import Declared, View, declared, views_of
from namro.pages.charts.chart import Chart
from namro.pages.charts.periods import lines
from namro.pages.links import address
from namro.pages.naming import named

Fact = tuple[str, str, str]


@dataclass(frozen=True)
class UnitLine:
    """A unit beside the others: its value now, and the page where one looks further."""

    name: str
    text: str
    tone: str
    href: str
    mine: bool


def view(place: Place, chart: ChartDef) -> View | None:
    """Return the chart with its figures for the board; None where there are none; five queries."""
    return next(iter(views_of(place, [chart], declared())), None)


def context(place: Place, chart: ChartDef, against: str) -> dict[str, Any]:
    """Return what the page of a chart shows; the same number of queries for every chart."""
    known = declared()
    found = next(iter(views_of(place, [chart], known)), None)
    group = ServiceGroup.objects.get(code=chart.group)
    frame = {
        "place": place,
        "as_of": place.as_of,
        "chart": chart,
        "title": named(chart),
        "group": group,
        "crumbs": [
            (_("Trung tâm điều hành"), place.home),
            (named(group), place.href("centre_group", group.code)),
        ],
        "units": [place.city, *place.communes, *place.agencies],
        "facts": facts(place, chart, known.definitions),
    }
    return frame | (_shown(place, found, known, against) if found else {})


def _shown(place: Place, found: View, known: Declared, against: str) -> dict[str, Any]:
    marks = annotations()
    card = Card(found, marks, beside([found]).get(found.chart.code, ""))
    other = _other(place, against)
    behind = table_of(found)
    return {
        "card": card,
        "shapes": map_shapes([card]),
        "large": _beside_other(found, other, known, card) or drawing.large(found, marks, behind, card.says),
        "ahead": [words for words in (target_words(found), *forecast_words(found)) if words],
        "compare_href": _compare(place, found),
        "heat": mark_safe(drawing.whole_heat(found, card.says))  # noqa: S308 — our own drawing
        if found.chart.form is ChartForm.HEAT
        else "",
        "table": behind,
        "other": other,
        "beside": unit_lines(place, found, known),
        "marks": [mark for mark in marks if not mark.groups or found.chart.group in mark.groups],
    }


def _compare(place: Place, found: View) -> str:
    """Return the page that sets the unit beside its peers with the chart's indicator."""
    asked = {"chi-so": found.definition.code, "phan": found.chart.breakdown, "don-vi": place.unit.code}
    return address("compare", **asked, **place.as_of.query)


def _other(place: Place, code: str) -> Unit | None:
    """Return the unit that the chart is set beside, None where none or the same was asked for."""
    every = (place.city, *place.below.values())
    return next((unit for unit in every if unit.code == code and unit.pk != place.unit.pk), None)


def _beside_other(found: View, other: Unit | None, known: Declared, card: Card) -> Chart | None:
    """Return the unit's line with the other's in one plane, for a chart over time of one indicator."""
    if other is None or found.chart.over is not Over.TIME or len(found.series) > 1:
        return None
    theirs = next(iter(views_of(replace(found.place, unit=other), [found.chart], known)), None)
    if theirs is None:
        return None
    several = {
        found.place.unit.name: drawing.path(found, found.own),
        other.name: drawing.path(found, theirs.own),
    }
    labels = [drawing.short(period) for period in found.periods]
    events = drawing.events_of(found, card.marks)

    def draw(wide: bool) -> dict[str, Any]:
        definition = found.definition
        unit = definition.unit_of_measure
        return lines(labels, several, unit=unit, digits=definition.decimals, events=events, wide=wide)

    return Chart(found.chart.code, "", card.says, draw, table_of(found), height=320)


def unit_lines(place: Place, found: View, known: Declared) -> list[UnitLine]:
    """Return the communes (or agencies) with their last value, the worst first; at most one query."""
    chart, page = found.chart, found.chart
    if chart.over in (Over.PARTS, Over.PARTS_TIME):
        return []
    if chart.over not in BY_UNITS:
        among = Level.AGENCY if place.level is Level.AGENCY else Level.COMMUNE
        chart = replace(
            chart, over=Over.UNITS, form=ChartForm.BAR, last=1, among=among, indicators=chart.indicators[:1]
        )
        read = views_of(place, [chart], known)
        if not read:
            return []
        found = read[0]
    return [_unit_line(place, found, page, cell) for cell in drawing.ranked(found)]


def _unit_line(place: Place, found: View, page: ChartDef, cell: Cell) -> UnitLine:
    unit, text = place.below[cell.unit], found.definition.show(drawing.exact(cell.value))
    tone, mine = TONES[found.light_of(cell.value)], cell.unit == place.unit.pk
    return UnitLine(unit.name, text, tone, _deeper(place, page, unit), mine)


def _deeper(place: Place, page: ChartDef, unit: Unit) -> str:
    """Return where one looks further: the chart of that unit where it has one, else its page of the indicator."""
    level = replace(place, unit=unit).level
    if level in page.levels and page.over not in BY_UNITS:
        return address("centre_chart", page.code, don_vi=unit.code, **place.as_of.query)
    return address("indicator", page.indicators[0], don_vi=unit.code, **place.as_of.query)


def facts(place: Place, chart: ChartDef, declared: Mapping[str, IndicatorDef]) -> list[Fact]:
    """Return the definition of a chart: its indicators with their pages, thresholds, who answers for it and why."""
    names = {unit.code: unit.name for unit in (place.city, *place.below.values())}
    known = [declared[code] for code in chart.indicators if code in declared]
    return [
        *((_("Chỉ số"), named(each), address("indicator", each.code)) for each in known),
        *((_("Ngưỡng"), _thresholds(each), "") for each in known if each.lights),
        (_("Đơn vị tính"), ", ".join(dict.fromkeys(each.unit_of_measure for each in known)), ""),
        (_("Nguồn"), "; ".join(dict.fromkeys(each.source for each in known)), ""),
        (_("Vì sao có biểu đồ này"), chart.why, ""),
        (_("Chịu trách nhiệm"), names.get(chart.owner, chart.owner), address("unit", chart.owner)),
        (_("Rà soát lại trước"), format_day(chart.next_review), ""),
        (_("Mã biểu đồ"), chart.code, ""),
    ]


def _thresholds(definition: IndicatorDef) -> str:
    told = {
        "green": definition.show(definition.lights["green"]),
        "amber": definition.show(definition.lights["amber"]),
    }
    return _("xanh: %(green)s, vàng: %(amber)s") % told
