"""Chosen units beside each other and their peers, in a chosen period and against another: what changed, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from namro.ground.numbers import format_number, round_half_up
from namro.ground.period import Period
from namro.indicators.queries import definitions, periods
from namro.indicators.queries.comparing import Compared, Paths, compared, paths
from namro.indicators.queries.peers import groups_of
from namro.indicators.terms import MONEY, Direction, FigureRow, IndicatorDef, Stand
from namro.organisation.models import Unit
from namro.pages.centre.place import Place
from namro.pages.charts.chart import Chart, Table
from namro.pages.charts.ranges import among
from namro.pages.indicators.moving import short
from namro.pages.indicators.sentence import difference
from namro.pages.links import address
from namro.pages.naming import named, period_words

MOST_UNITS, PERIODS = 5, 24


@dataclass(frozen=True)
class Asked:
    """What is compared: the indicator and its part, the units in the order named, the period and the one before it."""

    definition: IndicatorDef
    breakdown: str
    units: Sequence[Unit]
    known: Sequence[Period]
    period: Period | None
    against: Period | None


@dataclass(frozen=True)
class UnitLine:
    """A unit in the comparison: its values, how it changed, and where it stood among its peers."""

    unit: Unit
    now: str
    before: str
    change: str
    better: bool | None
    rank: str
    rank_before: str
    median: str
    group: str
    href: str
    peers_href: str


def asked_of(request: HttpRequest, place: Place) -> Asked | None:
    """Return what is asked for; wrong values give way to the first that make sense; None without any indicator."""
    every = {each.code: each for each in definitions()}
    definition = every.get(request.GET.get("chi-so", "")) or next(iter(every.values()), None)
    if definition is None:
        return None
    part = request.GET.get("phan", "")
    breakdown = part if part in definition.breakdowns else ""
    units = {unit.code: unit for unit in (place.city, *place.communes, *place.agencies)}
    wanted = [units[code] for code in dict.fromkeys(request.GET.getlist("don-vi")) if code in units]
    known = ended(periods(definition.code, place.as_of.day, limit=200), place)
    period = _period(known, request.GET.get("ky", "")) or (known[0] if known else None)
    against = _period(known, request.GET.get("voi", "")) or (_before(known, period) if period else None)
    return Asked(definition, breakdown, wanted[:MOST_UNITS] or [place.unit], known, period, against)


def ended(known: Sequence[Period], place: Place) -> list[Period]:
    """Return the periods of the longest kind that have ended, newest first: months are compared with months. Pure."""
    over = [each for each in known if each.end <= place.as_of.day]
    kinds = [each.kind for each in over]
    kind = next((each for each in ("month", "quarter", "half", "year", "day", "week") if each in kinds), None)
    return [each for each in over if each.kind == kind]


def _period(known: Sequence[Period], key: str) -> Period | None:
    return next((each for each in known if each.key == key), None)


def _before(known: Sequence[Period], period: Period) -> Period | None:
    return next((each for each in known if each < period), None)


def context(request: HttpRequest, place: Place) -> dict[str, Any]:
    """Return what the page shows; the same number of queries whatever is compared."""
    asked = asked_of(request, place)
    frame = {
        "place": place,
        "as_of": place.as_of,
        "asked": asked,
        "crumbs": [(_("Trung tâm điều hành"), address("centre", **place.as_of.query))],
        "units": [place.city, *place.communes, *place.agencies],
        "indicators": by_theme(definitions()),
        "places": [],
    }
    if asked is None or asked.period is None:
        return frame | {"lines": [], "sentence": _("Chưa có số liệu nào để so.")}
    return frame | _compared(place, asked, asked.period)


def by_theme(every: Sequence[IndicatorDef]) -> list[tuple[str, list[IndicatorDef]]]:
    """Return indicators by theme, both in the order of their words. Pure."""
    themes: dict[str, list[IndicatorDef]] = {}
    for each in every:
        themes.setdefault(each.theme or each.group, []).append(each)
    return sorted((theme, sorted(inside, key=named)) for theme, inside in themes.items())


def _compared(place: Place, asked: Asked, period: Period) -> dict[str, Any]:
    peers, groups = _peers(place, asked)
    rows = compared(
        place.viewer, asked.definition, asked.breakdown, (period, asked.against), peers, place.as_of.day
    )
    lines = [_line(place, asked, unit, row, groups) for unit, row in zip(asked.units, rows, strict=True)]
    return {
        "lines": lines,
        "sentence": sentence(asked, lines, period),
        "sub": changed(asked, lines),
        "chart": _chart(place, asked, period, peers),
        "choices": [unit.code for unit in asked.units] + [""] * (MOST_UNITS - len(asked.units)),
        "definition_href": address("indicator", asked.definition.code, **place.as_of.query),
        "period": period_words(period),
        "against": period_words(asked.against) if asked.against else "",
        "as_of_known": max((row.now.as_of for row in rows if row.now), default=None),
        "synthetic": any(row.now.synthetic for row in rows if row.now),
    }


def _peers(place: Place, asked: Asked) -> tuple[dict[int, list[int]], dict[int, str]]:
    """Return of each unit the keys of its peers, and the name of its group; two queries."""
    found = groups_of([*asked.units, *(unit for unit in place.below.values())])
    names = {unit.pk: named(group) if (group := found[unit.pk]) else "" for unit in asked.units}
    beside = {}
    for unit in asked.units:
        group = found[unit.pk]
        beside[unit.pk] = [
            key for key in place.below if group and (other := found[key]) and other.pk == group.pk
        ]
    return beside, names


def _line(place: Place, asked: Asked, unit: Unit, row: Compared, groups: dict[int, str]) -> UnitLine:
    definition = asked.definition
    return UnitLine(
        unit=unit,
        now=_text(definition, row.now),
        before=_text(definition, row.before),
        change=change(definition, row.now, row.before),
        better=is_better(definition, row.now, row.before),
        rank=_rank(row.stand),
        rank_before=_rank(row.stood),
        median=_median(definition, row.stand),
        group=groups[unit.pk],
        href=address(
            "indicator", definition.code, don_vi=unit.code, phan_to=asked.breakdown, **place.as_of.query
        ),
        peers_href="" if unit.pk == place.city.pk else address("peers", unit.code, **place.as_of.query),
    )


def change(definition: IndicatorDef, now: FigureRow | None, before: FigureRow | None) -> str:
    """Return how a value changed, in words; '—' where one of the two is not known."""
    last, first = (row.rounded(definition) if row else None for row in (now, before))
    if last is None or first is None:
        return "—"
    if last == first:
        return _("không đổi")
    words = difference(definition, abs(last - first))
    return (_("tăng %s") if last > first else _("giảm %s")) % words


def is_better(definition: IndicatorDef, now: FigureRow | None, before: FigureRow | None) -> bool | None:
    """Whether a change is to the better; None where nothing changed, or no way is better."""
    last, first = (row.rounded(definition) if row else None for row in (now, before))
    if last is None or first is None or last == first or definition.direction is Direction.NONE:
        return None
    return (last > first) == (definition.direction is Direction.UP)


def sentence(asked: Asked, lines: Sequence[UnitLine], period: Period) -> str:
    """Return the finding: the values of the units in the period, and how each changed."""
    told = [f"{line.unit.label} {line.now}" for line in lines]
    return f"{named(asked.definition)}, {period_words(period)}: {'; '.join(told)}."


def changed(asked: Asked, lines: Sequence[UnitLine]) -> str:
    """Return what changed since the other period, unit by unit; '' where there is no other."""
    if asked.against is None:
        return ""
    told = [f"{line.unit.label} {line.change}" for line in lines if line.change != "—"]
    return (
        _("So với %(when)s: %(what)s.") % {"when": period_words(asked.against), "what": "; ".join(told)}
        if told
        else ""
    )


def _chart(place: Place, asked: Asked, period: Period, peers: dict[int, list[int]]) -> Chart | None:
    """Return the units over the periods up to the one chosen, before the middle half of the first unit's peers."""
    shown = [each for each in reversed(asked.known) if each <= period][-PERIODS:]
    if len(shown) < 2:
        return None
    first, definition = asked.units[0], asked.definition
    units = [unit.pk for unit in asked.units]
    found = paths(place.viewer, definition, asked.breakdown, shown, units, peers[first.pk], place.as_of.day)
    unit = definition.unit_of_measure if definition.unit_of_measure != MONEY else ""
    several = {each.label: found.by_unit[each.pk] for each in asked.units}

    def draw(wide: bool) -> dict[str, Any]:
        labels = [short(each) for each in shown]
        return among(labels, several, found.spreads, unit=unit, digits=definition.decimals, wide=wide)

    alt = _("%(name)s theo kỳ của %(units)s") % {
        "name": named(definition), "units": ", ".join(unit.name for unit in asked.units)
    }  # fmt: skip
    return Chart("compare", "", alt, draw, _table(asked, found), height=340)


def _table(asked: Asked, found: Paths) -> Table:
    show = asked.definition.show
    rows = []
    for place, period in reversed(list(enumerate(found.periods))):
        values = [found.by_unit[unit.pk][place] for unit in asked.units]
        spread = found.spreads[place]
        middle = None if spread is None else round_half_up(spread.median, asked.definition.decimals)
        texts = [show(None if value is None else Decimal(repr(value))) for value in values]
        rows.append([period_words(period), *texts, show(middle)])
    return Table([_("Kỳ"), *(unit.name for unit in asked.units), _("Trung vị nhóm ngang hàng")], rows)


def _text(definition: IndicatorDef, row: FigureRow | None) -> str:
    return row.text(definition) if row else "—"


def _rank(stand: Stand | None) -> str:
    return f"{format_number(stand.rank)}/{format_number(stand.spread.known)}" if stand and stand.rank else "–"


def _median(definition: IndicatorDef, stand: Stand | None) -> str:
    return definition.show(round_half_up(stand.spread.median, definition.decimals)) if stand else "–"
