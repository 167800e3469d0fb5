"""How the score of one unit came about, part by part, and what would raise it most."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number
from namro.ground.period import Period
from namro.indicators.queries import trend
from namro.indicators.queries.composites import Scores, scores_of
from namro.indicators.queries.indices import Goal, PartOf, best_first, parts_of_score
from namro.indicators.terms import FigureRow, IndicatorDef, Light
from namro.pages.centre.composites import Line, facts, league_of, missing_words
from namro.pages.centre.place import Place
from namro.pages.charts import options
from namro.pages.charts.chart import Chart, Table
from namro.pages.indicators.moving import short
from namro.pages.links import address
from namro.pages.naming import named, period_words

PERIODS = 24
RAISES = 3  # parts named as those that would raise the score most


@dataclass(frozen=True)
class PartLine:
    """A part of a score as the page shows it; each number with the page where it comes from."""

    found: PartOf
    name: str
    text: str
    href: str
    weight: str
    worth: Decimal | None
    points: str
    most: str
    rank: str
    threshold: str
    best: str


def context(place: Place, definition: IndicatorDef) -> dict[str, Any]:
    """Return what the page of a unit's score shows; the same number of queries for every unit."""
    scores = scores_of(place.viewer, [definition], [place.city.pk, *place.below], place.as_of.day).get(
        definition.code
    )
    league = league_of(place, definition, scores)
    mine = next((line for line in league.lines if line.unit.pk == place.unit.pk), None) if league else None
    parts = _parts(place, definition, scores) if scores else []
    return {
        "place": place,
        "as_of": place.as_of,
        "definition": definition,
        "title": named(definition),
        "league": league,
        "line": mine,
        "period": period_words(scores.period) if scores else "",
        "sentence": sentence(definition, place, mine, len(league.lines) if league else 0),
        "raises": raises(place, parts),
        "parts": [part_line(place, definition, part) for part in parts],
        "missing": _missing(definition, parts),
        "chart": chart(place, definition) if mine else None,
        "facts": facts(place, definition),
        "units": place.communes,
        "synthetic": bool(scores and any(row.synthetic for row in scores.now.values())),
        "crumbs": [
            (_("Trung tâm điều hành"), address("centre", **place.as_of.query)),
            (_("Chỉ số tổng hợp"), address("indices", **place.as_of.query)),
            (named(definition), address("index", definition.code, **place.as_of.query)),
        ],
    }


def _parts(place: Place, definition: IndicatorDef, scores: Scores) -> list[PartOf]:
    peers = {unit.code: unit.pk for unit in place.communes}
    return parts_of_score(place.viewer, definition, place.unit.code, peers, scores.period, place.as_of.day)


def sentence(definition: IndicatorDef, place: Place, line: Line | None, among: int) -> str:
    """Return the finding: the score, its rank, how it moved."""
    told = {"name": named(definition), "unit": place.unit.name}
    if line is None:
        return _("%(unit)s chưa đủ số liệu để có điểm %(name)s.") % (told | {"name": _quiet(told["name"])})
    told |= {"text": line.text, "rank": format_number(line.rank), "n": format_number(among)}
    said = _("%(name)s của %(unit)s: %(text)s, thứ %(rank)s trong %(n)s") % told
    return f"{said}; {_('so với kỳ trước')} {line.moved}." if line.moved else f"{said}."


def raises(place: Place, parts: Sequence[PartOf]) -> list[str]:
    """Return, in a sentence each, what would raise the score most."""
    return [_raise(place, part) for part in best_first(parts)[:RAISES]]


def _raise(place: Place, part: PartOf) -> str:
    goal = max((goal for goal in (part.threshold, part.best) if goal), key=lambda goal: goal.gain)
    told = {
        "name": named(part.definition),
        "to": _shown(part, goal.value),
        "gain": format_number(goal.gain, 1),
    }
    if goal.who:
        return _("%(name)s bằng nơi tốt nhất (%(who)s, %(to)s): thêm %(gain)s điểm") % (
            told | {"who": _name(place, goal.who)}
        )
    return _("%(name)s đạt %(to)s: thêm %(gain)s điểm") % told


def part_line(place: Place, definition: IndicatorDef, part: PartOf) -> PartLine:
    """Return a part in words."""
    address_of = partial(address, "indicator", part.part.indicator, **place.as_of.query)
    worth = part.worth
    return PartLine(
        found=part,
        name=_of_part(part) if part.part.breakdown else named(part.definition),
        text=_shown(part, part.value),
        href=address_of(don_vi=place.unit.code, phan_to=part.part.breakdown),
        weight=format_number(part.part.weight),
        worth=worth.rounded(definition) if worth else None,
        points=format_number(worth.numerator, 1) if worth else "—",
        most=format_number(worth.denominator, 1) if worth else "",
        rank=f"{format_number(part.rank)}/{format_number(part.among)}" if part.rank else "—",
        threshold=_goal(place, part, part.threshold),
        best=_goal(place, part, part.best),
    )


def _of_part(part: PartOf) -> str:
    label = part.definition.breakdowns.get(part.part.breakdown, part.part.breakdown)
    return f"{named(part.definition)}: {label}"


def _goal(place: Place, part: PartOf, goal: Goal | None) -> str:
    """Return a goal in words: '+3,4 khi đạt 95,0 %', '+5,1 khi bằng Phường Hải Châu'; '' where there is none."""
    if goal is None:
        return ""
    told = {"gain": format_number(goal.gain, 1), "to": _shown(part, goal.value)}
    if goal.light is not Light.NONE:
        return _("+%(gain)s khi đạt %(to)s") % told
    return _("+%(gain)s khi bằng %(who)s (%(to)s)") % (told | {"who": _name(place, goal.who)})


def _shown(part: PartOf, value: float | None) -> str:
    return part.definition.show(None if value is None else Decimal(repr(value)))


def _name(place: Place, code: str) -> str:
    return next((unit.name for unit in place.communes if unit.code == code), code)


def _missing(definition: IndicatorDef, parts: Sequence[PartOf]) -> str:
    """Return what is done about the parts without a value, '' where all have one."""
    index = definition.index
    if index is None or all(part.value is not None for part in parts):
        return ""
    lacking = ", ".join(named(part.definition) for part in parts if part.value is None)
    return f"{_('Chưa có số liệu: %s.') % lacking} {missing_words(index.missing, index.at_least)}"


def chart(place: Place, definition: IndicatorDef) -> Chart | None:
    """Return the scores of a unit over its last periods beside the mean of the city; None for fewer than two."""
    rows, wider = (
        {
            row.period: row
            for row in trend(place.viewer, definition.code, unit, place.as_of.day, limit=PERIODS)
        }
        for unit in (place.unit, place.city)
    )
    periods = [Period.parse(key) for key in rows]
    if len(periods) < 2:
        return None
    own, mean = ([_float(definition, known.get(each.key)) for each in periods] for known in (rows, wider))
    draw = partial(
        options.trend,
        [short(each) for each in periods],
        own,
        digits=definition.decimals,
        name=place.unit.label,
        compare=(_("trung bình"), mean),
    )
    table = Table(
        [_("Kỳ"), place.unit.name, _("Trung bình")],
        [
            [period_words(each), *(_text(definition, known.get(each.key)) for known in (rows, wider))]
            for each in reversed(periods)
        ],
    )
    last = rows[periods[-1].key]
    alt = ", ".join(f"{short(each)}: {_text(definition, rows[each.key])}" for each in periods[-8:])
    return Chart("score", "", alt, draw, table, last.as_of, last.source)


def _float(definition: IndicatorDef, row: FigureRow | None) -> float | None:
    value = row.rounded(definition) if row else None
    return None if value is None else float(value)


def _text(definition: IndicatorDef, row: FigureRow | None) -> str:
    return row.text(definition) if row else "—"


def _quiet(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
