"""Composite indices: which there are and who leads, the league of one, and how one unit's score came about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404
from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.ground.period import Period
from namro.indicators.queries import definitions_of
from namro.indicators.queries.composites import Scores, scores_of
from namro.indicators.queries.indices import indices
from namro.indicators.rules import light
from namro.indicators.terms import FigureRow, IndexPart, IndicatorDef, Light, Missing, Normalise
from namro.organisation.models import Unit
from namro.pages.centre.cards import TONES
from namro.pages.centre.overview import ORDER
from namro.pages.centre.place import Place
from namro.pages.links import address
from namro.pages.naming import named, period_words

ENDS = 3  # units named at either end of a list


@dataclass(frozen=True)
class Line:
    """A unit in the league of an index: its rank, score, how it moved, its light, and the page that explains it."""

    unit: Unit
    rank: int
    text: str
    value: Decimal
    moved: str
    light: Light
    href: str
    mine: bool

    @property
    def tone(self) -> str:
        """The tone of its light."""
        return TONES[self.light]


@dataclass(frozen=True)
class League:
    """One index: the mean of the city, every unit that has a score, the best first, and how many have none."""

    definition: IndicatorDef
    period: Period
    city: FigureRow | None
    lines: Sequence[Line]
    without: int
    href: str

    @property
    def pills(self) -> list[tuple[str, str]]:
        """Tone and words of each light that occurs, red first."""
        counted = Counter(line.light for line in self.lines)
        return [
            (TONES[each], f"{format_number(counted[each])} {each.label}") for each in ORDER if counted[each]
        ]

    @property
    def says(self) -> str:
        """The finding: the mean of the city, and both ends."""
        told = {"period": period_words(self.period), "n": format_number(len(self.lines))}
        whole = self.city.text(self.definition) if self.city else "—"
        ends = [
            (self.lines[0], _("cao nhất %(text)s ở %(name)s")),
            (self.lines[-1], _("thấp nhất %(text)s ở %(name)s")),
        ]
        named_ends = [words % {"text": line.text, "name": line.unit.name} for line, words in ends]
        first = _("Trung bình %(n)s đơn vị %(period)s: %(whole)s") % (told | {"whole": whole})
        return "; ".join([first, *(named_ends if len(self.lines) > 1 else named_ends[:1])]) + "."

    @property
    def best(self) -> Sequence[Line]:
        """The first few."""
        return self.lines[:ENDS]

    @property
    def worst(self) -> Sequence[Line]:
        """The last few that are not among the first, the worst first."""
        return self.lines[ENDS:][-ENDS:][::-1]


def leagues(place: Place) -> list[League]:
    """Return every index that has scores, in the order of the package; three queries."""
    every = indices()
    found = scores_of(place.viewer, every, [place.city.pk, *place.below], place.as_of.day)
    return [league for each in every if (league := league_of(place, each, found.get(each.code)))]


def league_alone(place: Place, definition: IndicatorDef) -> League | None:
    """Return the league of one index; None where no unit has a score; one query."""
    units = [place.city.pk, *place.below]
    return league_of(
        place, definition, scores_of(place.viewer, [definition], units, place.as_of.day).get(definition.code)
    )


def league_of(place: Place, definition: IndicatorDef, scores: Scores | None) -> League | None:
    """Return the league of an index from its scores; None where no unit has one."""
    known = (
        [row for row in scores.now.values() if row.unit_id in place.below and row.value is not None]
        if scores
        else []
    )
    if scores is None or not known:
        return None
    ordered = sorted(known, key=lambda row: (-_value(definition, row), place.below[row.unit_id].sort_key))
    values = [_value(definition, row) for row in ordered]
    return League(
        definition=definition,
        period=scores.period,
        city=scores.now.get(place.city.pk),
        lines=[
            _line(place, definition, row, 1 + values.index(_value(definition, row)), scores)
            for row in ordered
        ],
        without=len(place.communes) - len(ordered),
        href=address("index", definition.code, **place.as_of.query),
    )


def _line(place: Place, definition: IndicatorDef, row: FigureRow, rank: int, scores: Scores) -> Line:
    unit, value = place.below[row.unit_id], _value(definition, row)
    return Line(
        unit=unit,
        rank=rank,
        text=row.text(definition),
        value=value,
        moved=moved(definition, row, scores.before.get(row.unit_id)),
        light=light(value, definition.lights, definition.direction),
        href=address("index_unit", definition.code, unit.code, **place.as_of.query),
        mine=unit.pk == place.viewer.home_unit_id,
    )


def _value(definition: IndicatorDef, row: FigureRow) -> Decimal:
    found = row.rounded(definition)
    return Decimal(0) if found is None else found  # of rows without a value none is asked for one


def moved(definition: IndicatorDef, now: FigureRow, before: FigureRow | None) -> str:
    """Return by how much a score moved, with its sign: '+1,2', '0,0'; '' where there was none."""
    last, first = now.rounded(definition), before.rounded(definition) if before else None
    if last is None or first is None:
        return ""
    return ("+" if last > first else "") + format_number(last - first, definition.decimals)


def index_of(code: str) -> IndicatorDef:
    """Return a composite index in use; 404 for a code that is none."""
    found = next((each for each in indices() if each.code == code), None)
    if found is None:
        raise Http404(code)
    return found


def facts(place: Place, definition: IndicatorDef) -> list[tuple[str, str, str]]:
    """Return how an index is made: parts with weight and way to points, what a missing one does, who answers."""
    index = definition.composition
    known = definitions_of(part.indicator for part in index.parts)
    owner = Unit.objects.filter(code=definition.owner, valid_to=None).first()
    parts = [
        (
            _("Trọng số %s %%") % format_number(part.weight),
            f"{_part(known, part)}: {way_words(part.normalise)}",
            address("indicator", part.indicator, **place.as_of.query),
        )
        for part in index.parts
    ]
    return [
        *parts,
        (_("Khi thiếu số liệu"), missing_words(index.missing, index.at_least), ""),
        (_("Vì sao đo"), definition.why, ""),
        (
            _("Chịu trách nhiệm"),
            owner.name if owner else definition.owner,
            address("unit", definition.owner),
        ),
        (_("Rà soát lại trước"), format_day(definition.next_review), ""),
        (_("Mã chỉ số"), definition.code, address("indicator", definition.code, **place.as_of.query)),
    ]


def _part(known: Mapping[str, IndicatorDef], part: IndexPart) -> str:
    if part.indicator not in known:
        return part.indicator
    whole = known[part.indicator]
    return f"{named(whole)}: {whole.breakdowns.get(part.breakdown, '')}" if part.breakdown else named(whole)


def way_words(way: Normalise) -> str:
    """Return how a value becomes points, in words."""
    return {
        Normalise.TARGET: _("điểm theo mức chuẩn"),
        Normalise.MIN_MAX: _("điểm theo khoảng từ nơi kém nhất đến nơi tốt nhất"),
        Normalise.RANK: _("điểm theo thứ hạng"),
        Normalise.Z: _("điểm theo độ lệch so với trung bình"),
    }[way]


def missing_words(rule: Missing, at_least: float) -> str:
    """Return the rule of what is missing, in words."""
    if rule is Missing.ZERO:
        return _("Thành phần thiếu số liệu tính 0 điểm.")
    if rule is Missing.REFUSE:
        return _("Thiếu bất kỳ thành phần nào thì không có điểm.")
    return _(
        "Trọng số của thành phần thiếu chia cho các thành phần còn lại, khi biết ít nhất %s %% trọng số."
    ) % (format_number(at_least))
