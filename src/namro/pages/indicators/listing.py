"""The list of indicators: the last figure of the unit and of the city, how it moves, how it stands; by theme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from namro.ground.text import fold, sort_key
from namro.indicators.queries import Standing, definitions, recent_of_unit, stand, targets
from namro.indicators.terms import FigureRow, IndicatorDef, TargetDef
from namro.organisation.models import Unit
from namro.pages.indicators import parts, sentence
from namro.pages.indicators.asked import Asked
from namro.pages.indicators.spark import Spark, spark
from namro.pages.naming import named
from namro.sources.queries import forms
from namro.sources.terms import SourceState

STATE_TONES = {"fresh": "ok", "late": "late", "missing": "none", "breached": "finding"}
Recent = dict[tuple[str, str], list[FigureRow]]


@dataclass(frozen=True)
class Shown:
    """A figure in a cell: its words, what it is counted from, the period, and the page it opens."""

    row: FigureRow
    text: str
    counted: str
    href: str

    @property
    def has_value(self) -> bool:
        """Whether there is data; no data is never shown as zero."""
        return self.row.value is not None


@dataclass(frozen=True)
class Line:
    """An indicator (or one declared part of it) in the list; only the first part repeats the name."""

    definition: IndicatorDef
    is_first: bool
    href: str
    owner: str
    part: str
    own: Shown | None
    city: Shown | None
    spark: Spark | None
    standing: Standing
    target_words: str

    @property
    def lead(self) -> Shown | None:
        """The figure that the line is about: the unit's own, else the city's."""
        return self.own or self.city

    @property
    def state(self) -> str:
        """The state of the source; no figure at all is missing data too."""
        return self.lead.row.source_state if self.lead else SourceState.MISSING

    @property
    def state_words(self) -> str:
        """The state in words; a figure that adds up what came in says that some did not."""
        return state_words(self.lead.row if self.lead else None)

    @property
    def tone(self) -> str:
        """The tone of the state."""
        return STATE_TONES[self.state]

    @property
    def is_behind(self) -> bool:
        """Whether the figure is short of where its target should be."""
        return self.standing.distance is not None and self.standing.distance < 0

    @property
    def is_missing(self) -> bool:
        """Whether there is no value to show."""
        return self.lead is None or not self.lead.has_value


def state_words(row: FigureRow | None) -> str:
    """Return the state of a figure's source in words."""
    if row is None:
        return _("Chưa có số liệu")
    if row.source_state == SourceState.MISSING and row.value is not None:
        return _("Còn nơi chưa nộp")
    return str(SourceState(row.source_state).label)


def lines(asked: Asked) -> list[Line]:
    """Return every indicator in use; seven queries whatever the number of indicators or figures."""
    day, viewer = asked.as_of.day, asked.viewer
    city = recent_of_unit(viewer, asked.city, day)
    own = city if asked.is_city else recent_of_unit(viewer, asked.unit, day)
    aims = {(aim.unit, aim.indicator, aim.breakdown): aim for aim in targets(day)}
    declared = definitions()
    owners = dict(
        Unit.objects.filter(code__in={each.owner for each in declared}, valid_to=None).values_list(
            "code", "name"
        )
    )
    titles = {form.code: named(form) for form in forms()}
    found: list[Line] = []
    for definition in declared:
        owner = owners.get(definition.owner, definition.owner)
        parted = _parts(definition, own, city)
        labels = definition.breakdowns or titles
        found += [_line(asked, definition, owner, part, labels, own, city, aims) for part in parted]
    return with_names(found)


def with_names(found: Iterable[Line]) -> list[Line]:
    """Return the lines, each saying whether it is the first of its indicator: filtering may have taken the first."""
    seen: set[str] = set()
    named = []
    for line in found:
        named.append(replace(line, is_first=line.definition.code not in seen))
        seen.add(line.definition.code)
    return named


def _parts(definition: IndicatorDef, own: Recent, city: Recent) -> list[str]:
    """Return the breakdowns that have a line of their own: the whole, or the declared ones; else the weakest alone."""
    known = {part for code, part in [*own, *city] if code == definition.code}
    if "" in known or not known:
        return [""]
    declared = [part for part in definition.breakdowns if part in known]
    if declared:
        return declared
    rows = {
        part: (own.get((definition.code, part)) or city[definition.code, part])[-1] for part in sorted(known)
    }
    worst = parts.weakest(definition, rows.values())
    return [worst.breakdown if worst else parts.leading(definition, known)]


def _line(
    asked: Asked, definition: IndicatorDef, owner: str, part: str, labels: Mapping[str, str], own: Recent,
    city: Recent, aims: dict[tuple[str, str, str], TargetDef],
) -> Line:  # fmt: skip
    mine, theirs = own.get((definition.code, part), []), city.get((definition.code, part), [])
    lead, unit = (mine, asked.unit) if mine else (theirs, asked.city)
    standing = stand(
        definition, lead[-1] if lead else None, aims.get((unit.code, definition.code, part)), asked.as_of.day
    )
    return Line(
        definition=definition,
        is_first=True,
        href=asked.indicator(definition.code, breakdown=part),
        owner=owner,
        part=_part_words(definition, labels, part),
        own=None if asked.is_city else _shown(asked, definition, mine, asked.unit),
        city=_shown(asked, definition, theirs, asked.city),
        spark=_spark(definition, lead),
        standing=standing,
        target_words=_target_words(definition, standing),
    )


def _part_words(definition: IndicatorDef, labels: Mapping[str, str], part: str) -> str:
    if not part:
        return ""
    name = labels.get(part, part)
    return name if definition.breakdowns else _("thấp nhất: %s") % name


def _shown(asked: Asked, definition: IndicatorDef, rows: list[FigureRow], unit: Unit) -> Shown | None:
    if not rows:
        return None
    last = rows[-1]
    href = asked.indicator(definition.code, unit, last.breakdown)
    return Shown(last, last.text(definition), parts.counted_words(last), href)


def _spark(definition: IndicatorDef, rows: list[FigureRow]) -> Spark | None:
    values = [None if (value := row.rounded(definition)) is None else float(value) for row in rows]
    told = ", ".join(row.text(definition) for row in rows[-6:])
    return spark(values, _("Các kỳ gần đây: %s") % told)


def _target_words(definition: IndicatorDef, standing: Standing) -> str:
    """Return how far the figure is from its target, '' without one."""
    if standing.target is None:
        return ""
    if standing.distance is None:
        return _("đích %s") % definition.show(standing.target.final[1])
    gap = sentence.difference(definition, abs(standing.distance))
    return (_("chậm %s") if standing.distance < 0 else _("vượt %s")) % gap


def narrowed(found: Iterable[Line], *, words: str, theme: str, owner: str, state: str) -> list[Line]:
    """Return the lines that match: words without marks, a theme, an owner, a state."""
    sought = fold(words).split()
    return with_names(
        line
        for line in found
        if all(word in _text(line) for word in sought)
        and theme in ("", line.definition.group)
        and owner in ("", line.definition.owner)
        and (not state or _is(line, state))
    )


def _text(line: Line) -> str:
    return fold(
        f"{line.definition.code} {line.definition.name} {line.definition.name_en} {line.owner} {line.part}"
    )


def _is(line: Line, state: str) -> bool:
    if state == "behind":
        return line.is_behind
    if state == "missing":
        return line.is_missing
    return not line.is_missing and line.state == state


@dataclass(frozen=True)
class Theme:
    """The lines of one theme."""

    code: str
    name: str
    lines: list[Line]


def by_theme(found: Iterable[Line]) -> list[Theme]:
    """Return the lines by theme, in Vietnamese order of the themes' names."""
    themes: dict[str, Theme] = {}
    for line in found:
        code = line.definition.group
        themes.setdefault(code, Theme(code, line.definition.theme or code, [])).lines.append(line)
    return sorted(themes.values(), key=lambda theme: sort_key(theme.name))
