"""How units of one tier stand beside each other: ranked, on the map, those without data at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namro.ground.period import Period
from namro.indicators.queries import latest_by_unit
from namro.indicators.terms import Direction, FigureRow, IndicatorDef
from namro.organisation.models import Unit
from namro.organisation.terms import AGENCY_KINDS, COMMUNE_KINDS, PROVINCE_KINDS, UnitKind
from namro.pages.charts.boundaries import city_outline
from namro.pages.charts.choropleth import PER_CENT, MapUnit
from namro.pages.charts.unit_map import UnitMap
from namro.pages.home.map import FINE_CUTS
from namro.pages.indicators.asked import Asked
from namro.pages.indicators.listing import STATE_TONES, state_words
from namro.pages.indicators.parts import counted_words
from namro.pages.links import address
from namro.pages.naming import named

COMMUNES, AGENCIES, PROVINCES, MINISTRIES = "xa-phuong", "co-quan", "tinh-thanh", "bo-nganh"
TIERS: dict[str, tuple[str | Promise, frozenset[UnitKind]]] = {
    COMMUNES: (gettext_lazy("Xã, phường, đặc khu"), COMMUNE_KINDS),
    AGENCIES: (gettext_lazy("Sở, ban, ngành"), AGENCY_KINDS),
    PROVINCES: (gettext_lazy("Tỉnh, thành phố"), PROVINCE_KINDS),
    MINISTRIES: (gettext_lazy("Bộ, ngành"), frozenset({UnitKind.MINISTRY})),
}
WIDE = frozenset({PROVINCES, MINISTRIES})
SHOWN_FIRST = 8


@dataclass(frozen=True)
class Place:
    """A unit in the table: its rank (None: not ranked), its figure in words, and its page."""

    unit: Unit
    rank: int | None
    row: FigureRow | None
    value: Decimal | None
    text: str
    counted: str
    href: str
    mine: bool

    @property
    def state_words(self) -> str:
        """The state of the source in words."""
        return state_words(self.row)

    @property
    def tone(self) -> str:
        """The tone of the state."""
        return STATE_TONES[self.row.source_state] if self.row else "none"


@dataclass(frozen=True)
class Tier:
    """The units of one tier with their figures of a period, best first (worst first where less is better)."""

    key: str
    label: str
    places: list[Place]
    map: UnitMap | None = None

    @property
    def known(self) -> int:
        """How many units have data."""
        return sum(place.value is not None for place in self.places)

    @property
    def weakest(self) -> list[Place]:
        """The last of those with data, the very last first: where somebody must look."""
        known = [place for place in self.places if place.value is not None]
        return [place for place in known[::-1] if place.rank != 1][:SHOWN_FIRST]


def tiers(asked: Asked, definition: IndicatorDef, breakdown: str, period: Period) -> list[Tier]:
    """Return each tier of which units have figures of the period; three queries."""
    rows = Unit.objects.valid_on(asked.as_of.day).filter(
        parent_id__in={asked.city.pk, asked.city.parent_id} - {None}
    )
    units = list(rows)
    figures = latest_by_unit(
        asked.viewer,
        definition.code,
        asked.as_of.day,
        breakdown,
        units=[unit.pk for unit in units],
        period=period,
    )
    known = {row.unit_id: row for row in figures}
    found = [_tier(asked, definition, breakdown, key, units, known) for key in TIERS]
    return [tier for tier in found if tier.known > 1]


def _tier(
    asked: Asked, definition: IndicatorDef, breakdown: str, key: str, units: Sequence[Unit], known: dict[int, FigureRow]
) -> Tier:  # fmt: skip
    label, kinds = TIERS[key]
    above = asked.city.parent_id if key in WIDE else asked.city.pk
    inside = [unit for unit in units if unit.kind in kinds and unit.parent_id == above]
    # Every commune is asked; an agency without figures of an indicator has simply no part in it.
    shown = [unit for unit in inside if key == COMMUNES or unit.pk in known]
    places = ranked(
        [_place(asked, definition, breakdown, unit, known.get(unit.pk)) for unit in shown], definition
    )
    return Tier(key, str(label), places, _map(asked, definition, places) if key == COMMUNES else None)


def _place(
    asked: Asked, definition: IndicatorDef, breakdown: str, unit: Unit, row: FigureRow | None
) -> Place:
    return Place(
        unit=unit,
        rank=None,
        row=row,
        value=row.rounded(definition) if row else None,
        text=row.text(definition) if row else _("chưa có số liệu"),
        counted=counted_words(row) if row else "",
        href=asked.indicator(definition.code, unit, breakdown),
        mine=unit.pk in asked.viewer.post_unit_ids,
    )


def ranked(places: Iterable[Place], definition: IndicatorDef) -> list[Place]:
    """Return the units best first, equal values sharing a rank; without data last and unranked. Pure."""
    every = list(places)
    known = [place for place in every if place.value is not None]
    sign = 1 if definition.direction is Direction.DOWN else -1
    known.sort(key=lambda place: (sign * (place.value or Decimal(0)), place.unit.sort_key))
    values = [place.value for place in known]
    has_rank = definition.direction is not Direction.NONE
    numbered = [
        Place(**(vars(place) | {"rank": values.index(place.value) + 1 if has_rank else None}))
        for place in known
    ]
    return numbered + [place for place in every if place.value is None]


def _map(asked: Asked, definition: IndicatorDef, places: list[Place]) -> UnitMap:
    return UnitMap(
        key="units",
        alt=_("Bản đồ %(n)s xã, phường, đặc khu theo %(name)s")
        % {"n": len(places), "name": named(definition)},
        outline=city_outline(asked.city),
        units=[_on_map(place) for place in places],
        table_url="#bang-don-vi",
        boundaries_url=address("boundaries", asked.city.code),
        unit_of_measure=definition.unit_of_measure,
        cuts=cuts(definition, [place.value for place in places if place.value is not None]),
        as_of=asked.as_of.day,
    )


def _on_map(place: Place) -> MapUnit:
    words = f"{place.text} ({place.counted})" if place.counted else place.text
    value = None if place.value is None else float(place.value)
    return MapUnit(place.unit.code, place.unit.name, value, words, place.href)


def cuts(definition: IndicatorDef, values: Sequence[Decimal]) -> Sequence[float]:
    """Return where the six colours of the map part: fixed for rates, even shares of the units for counts. Pure."""
    if definition.unit_of_measure == "%":
        return FINE_CUTS if definition.direction is Direction.DOWN else PER_CENT
    ordered = sorted(float(value) for value in values)
    if not ordered:
        return PER_CENT
    return [ordered[min(len(ordered) - 1, len(ordered) * share // 6)] for share in range(1, 6)]
