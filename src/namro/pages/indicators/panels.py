"""The parts of the page of one indicator."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.ground.period import Period
from namro.indicators.queries import figures_of_unit, findings_behind, stand, target
from namro.indicators.rules import light
from namro.indicators.terms import FigureRow, IndicatorDef, TargetDef
from namro.organisation.models import Unit
from namro.pages.indicators import definition as card
from namro.pages.indicators import moving, parts, sentence
from namro.pages.indicators.asked import Asked
from namro.pages.indicators.doors import Door, doors
from namro.pages.indicators.listing import STATE_TONES, state_words
from namro.pages.indicators.standing import Tier, tiers
from namro.pages.links import address, unit_page
from namro.pages.naming import period_words
from namro.sources.models import Finding

LIGHT_TONES = {"green": "ok", "amber": "risk", "red": "over", "none": "none"}


@dataclass(frozen=True)
class Subject:
    """The figure that a page is about, with the rows around it."""

    definition: IndicatorDef
    breakdown: str
    labels: dict[str, str]
    by_part: dict[str, FigureRow]
    rows: list[FigureRow]

    @property
    def row(self) -> FigureRow | None:
        """The last figure, None where nothing was ever reported."""
        return self.rows[-1] if self.rows else None

    @property
    def before(self) -> FigureRow | None:
        """The figure of the period before."""
        return self.rows[-2] if len(self.rows) > 1 else None

    @property
    def part(self) -> str:
        """The words of the breakdown, '' for the whole."""
        return self.labels.get(self.breakdown, self.breakdown) if self.breakdown else ""


def subject(asked: Asked, definition: IndicatorDef, wanted: str) -> Subject:
    """Return what the unit has of the indicator, in the breakdown asked for or the leading one."""
    mine = figures_of_unit(asked.viewer, asked.unit, asked.as_of.day)
    by_part = {row.breakdown: row for row in mine if row.indicator == definition.code}
    breakdown = (
        wanted if wanted in by_part or wanted in definition.breakdowns else parts.leading(definition, by_part)
    )
    labels = dict(parts.labels_of(definition))
    return Subject(
        definition, breakdown, labels, by_part, moving.recent(asked, definition, asked.unit, breakdown)
    )


def context(asked: Asked, about: Subject, tier: str) -> dict[str, Any]:
    """Return everything the page of one indicator shows."""
    definition, row = about.definition, about.row
    aim = target(definition.code, asked.unit.code, asked.as_of.day, about.breakdown)
    standing = stand(definition, row, aim, asked.as_of.day)
    owner = Unit.objects.filter(code=definition.owner, valid_to=None).first()
    found = doors(asked, definition, row, about.breakdown)
    return {
        "asked": asked,
        "as_of": asked.as_of,
        "definition": definition,
        "about": about,
        "unit_href": unit_page(asked.unit, asked.as_of),
        "crumbs": [(pgettext("mục", "Chỉ số"), address("indicators", **asked.query))],
        "dateline": _dateline(definition, row),
        "sentence": sentence.headline(definition, asked.unit.label, row, about.before, about.part),
        "sub": sentence.sub(definition, row, about.before, standing),
        "number": number(definition, row, found),
        "standing": standing,
        "chart": _chart(asked, about, aim),
        "parts": _parts_chart(about),
        "choices": _choices(asked, about),
        "facts": card.facts(definition, found, owner, asked.as_of),
        "doors": found,
        "target": _target(definition, aim),
        "findings": findings(asked, definition, row),
    } | _tiers(asked, about, tier)


def _dateline(definition: IndicatorDef, row: FigureRow | None) -> str:
    known = _("số liệu đến %s") % format_day(row.as_of) if row else ""
    return " · ".join(words for words in (definition.theme, known) if words)


def number(definition: IndicatorDef, row: FigureRow | None, found: list[Door]) -> dict[str, Any]:
    """Return the number with its counts, its source, the state of the source, its light, and what does not add up."""
    if row is None:
        return {"text": "", "state": _("Chưa có số liệu"), "tone": "none"}
    shown = light(row.rounded(definition), definition.lights, definition.direction)
    return {
        "row": row,
        "text": row.text(definition) if row.value is not None else "",
        "period": period_words(Period.parse(row.period)),
        "state": state_words(row),
        "tone": STATE_TONES[row.source_state],
        "light": shown.label if definition.lights else "",
        "light_tone": LIGHT_TONES[shown],
        "counts": [_count(row, door) for door in found if door.part != "value" and row.numerator is not None],
        "gap": _gap(definition, row),
    }


def _count(row: FigureRow, door: Door) -> dict[str, Any]:
    value = row.numerator if door.part == "numerator" else row.denominator
    return {"value": value, "label": door.label, "href": door.href}


def _gap(definition: IndicatorDef, row: FigureRow) -> str:
    """Return in words that the stated total is not what the units below add up to, '' where it is."""
    if not row.gap:
        return ""
    return _("Số đơn vị nêu là %(stated)s, các đơn vị bên dưới cộng lại được %(below)s: lệch %(gap)s.") % {
        "stated": row.text(definition), "below": definition.show(row.below),
        "gap": sentence.difference(definition, abs(row.gap)),
    }  # fmt: skip


def _chart(asked: Asked, about: Subject, aim: TargetDef | None) -> Any:
    wider = [] if asked.is_city else moving.recent(asked, about.definition, asked.city, about.breakdown)
    return moving.chart_of(asked, about.definition, about.rows, target=aim, wider=wider)


def _parts_chart(about: Subject) -> Any:
    """Return the breakdowns beside each other, those of the same period as the figure shown."""
    if about.row is None:
        return None
    same = {part: row for part, row in about.by_part.items() if row.period == about.row.period}
    return parts.chart_of_parts(about.definition, same, about.labels, about.breakdown)


def _choices(asked: Asked, about: Subject) -> list[dict[str, Any]]:
    """Return the breakdowns as tabs; none where there is only one."""
    codes = [
        code
        for code in [*about.labels, *sorted(set(about.by_part) - set(about.labels))]
        if code in about.by_part
    ]
    if len(codes) < 2:
        return []
    return [
        {
            "label": about.labels.get(code) or code or _("Tất cả"),
            "url": asked.indicator(about.definition.code, breakdown=code),
            "count": None,
            "current": code == about.breakdown,
        }
        for code in codes
    ]


def _target(definition: IndicatorDef, aim: TargetDef | None) -> dict[str, Any] | None:
    if aim is None:
        return None
    points = [(format_day(day), definition.show(value)) for day, value in aim.points]
    return {
        "name": aim.name,
        "source": aim.source,
        "set_on": aim.set_on,
        "points": points,
        "synthetic": aim.synthetic,
    }


@dataclass(frozen=True)
class Doubt:
    """What does not add up in a return behind the figure, with the door to it."""

    text: str
    where: str
    href: str


def findings(asked: Asked, definition: IndicatorDef, row: FigureRow | None) -> list[Doubt]:
    """Return what does not add up behind the figure, within the viewer's reach and the unit's tree."""
    if row is None:
        return []
    rows = findings_behind(definition, asked.as_of.day, viewer=asked.viewer, period=row.period)
    inside = [found for found in rows if _concerns(asked, found)]
    return [_doubt(asked, found) for found in inside]


def _concerns(asked: Asked, found: Finding) -> bool:
    """Whether a finding is on a return of the unit or below it; what an agency sends for the city concerns the city."""
    return found.unit.path.startswith(asked.unit.path)


def _doubt(asked: Asked, found: Finding) -> Doubt:
    gap = _("lệch %s") % format_number(abs(found.difference))
    where = f"{found.unit.name} · {period_words(Period.parse(found.period))} · {gap}"
    return Doubt(
        found.text, where, address("form", found.form, found.period, found.unit.code, **asked.as_of.query)
    )


def _tiers(asked: Asked, about: Subject, wanted: str) -> dict[str, Any]:
    """Return the tiers as tabs with the one shown; the first has most to say."""
    if about.row is None:
        return {"tier": None, "tiers": []}
    every: list[Tier] = tiers(asked, about.definition, about.breakdown, Period.parse(about.row.period))
    shown = next((tier for tier in every if tier.key == wanted), every[0] if every else None)
    return {
        "tier": shown,
        "tiers": [_tab(asked, about, tier, shown) for tier in every] if len(every) > 1 else [],
    }


def _tab(asked: Asked, about: Subject, tier: Tier, shown: Tier | None) -> dict[str, Any]:
    page = asked.indicator(about.definition.code, breakdown=about.breakdown)
    return {
        "label": tier.label,
        "url": f"{page}&cap={tier.key}#don-vi",
        "count": len(tier.places),
        "current": tier is shown,
    }
