"""A unit beside its peers: with every indicator its value, the middle and the quarters of its group, and its rank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from namro.ground.numbers import format_number, round_half_up
from namro.indicators.models import ServiceGroup
from namro.indicators.queries import definitions
from namro.indicators.queries.charts import service_groups
from namro.indicators.queries.peers import Beside, Peers, beside_peers, peers_of_unit
from namro.indicators.terms import Direction
from namro.organisation.terms import AGENCY_KINDS
from namro.pages.centre.place import Place
from namro.pages.charts.strip import strip
from namro.pages.links import address
from namro.pages.naming import named, period_words

WORST = 10


@dataclass(frozen=True)
class PeerLine:
    """One indicator: the unit's value, how its peers lie, its rank, and the page that compares them over time."""

    found: Beside
    name: str
    text: str
    median: str
    middle: str
    rank: str
    when: str
    href: str
    drawing: SafeString

    @property
    def weak(self) -> bool:
        """Whether it is in the worst quarter."""
        return self.found.stand.is_weak


def context(place: Place) -> dict[str, Any]:
    """Return what the page shows; the same number of queries for every unit."""
    peers = peers_of_unit(place.unit, place.below.values())
    found = beside_peers(place.viewer, place.unit, list(peers.units), definitions(), place.as_of.day)
    lines = [line_of(place, each) for each in found]
    return {
        "place": place,
        "as_of": place.as_of,
        "peers": peers,
        "others": sorted((each for each in peers.units.values()), key=lambda each: each.sort_key),
        "sentence": sentence(place, peers, found),
        "weak": [line for line in by_weakness(lines) if line.weak][:WORST],
        "by_group": by_group(lines, service_groups()),
        "units": [*place.communes, *place.agencies],
        "crumbs": [
            (_("Trung tâm điều hành"), address("centre", **place.as_of.query)),
            (place.unit.name, place.home),
        ],
    }


def sentence(place: Place, peers: Peers, found: Sequence[Beside]) -> str:
    """Return the finding: in how many indicators the unit is in the best and in the worst quarter of its group."""
    told = {"unit": place.unit.name, "n": format_number(len(peers.units) - 1)}
    if len(peers.units) < 2:
        return _("%(unit)s không có đơn vị ngang hàng để so.") % told
    judged = [each for each in found if each.stand.quarter]
    if not judged:
        return _("%(unit)s chưa có chỉ số nào để so với %(n)s đơn vị ngang hàng.") % told
    told |= {
        "weak": format_number(sum(each.stand.is_weak for each in judged)),
        "best": format_number(sum(each.stand.quarter == 1 for each in judged)),
        "all": format_number(len(judged)),
    }
    said = _(
        "%(unit)s so với %(n)s đơn vị ngang hàng: trong %(all)s chỉ số, %(best)s ở phần tư tốt nhất, %(weak)s kém nhất."
    )
    return said % told


def line_of(place: Place, found: Beside) -> PeerLine:
    """Return one indicator in words and as a drawing."""
    definition, stand = found.definition, found.stand
    show = lambda value: definition.show(round_half_up(value, definition.decimals))  # noqa: E731
    told = {
        "text": show(stand.value), "median": show(stand.spread.median), "first": show(stand.spread.first),
        "third": show(stand.spread.third), "low": show(stand.spread.low), "high": show(stand.spread.high),
    }  # fmt: skip
    alt = _("%(text)s; nhóm từ %(low)s đến %(high)s, nửa ở giữa từ %(first)s đến %(third)s") % told
    return PeerLine(
        found=found,
        name=named(definition),
        text=told["text"],
        median=told["median"],
        middle=f"{told['first']} – {told['third']}",
        rank=f"{format_number(stand.rank)}/{format_number(stand.spread.known)}" if stand.rank else "–",
        when=period_words(found.period),
        href=address(
            "compare", **{"chi-so": definition.code, "don-vi": place.unit.code}, **place.as_of.query
        ),
        drawing=mark_safe(strip(stand, alt)),  # noqa: S308 - our own drawing, which escapes its words
    )


def by_weakness(lines: Iterable[PeerLine]) -> list[PeerLine]:
    """Return the lines, those farthest beyond the worse quartile first. Pure."""
    return sorted(lines, key=lambda line: (-_behind(line.found), line.name))


def _behind(found: Beside) -> float:
    """Return how far a value is on the bad side of the median, in widths of the middle half."""
    spread, sign = found.stand.spread, 1 if found.definition.direction is Direction.DOWN else -1
    return (
        sign
        * (found.stand.value - spread.median)
        / ((spread.third - spread.first) or abs(spread.median) or 1.0)
    )


def by_group(lines: Sequence[PeerLine], groups: Iterable[ServiceGroup]) -> list[tuple[str, list[PeerLine]]]:
    """Return the lines by service group, in the order of the package; those of no group last. Pure."""
    names = {group.code: named(group) for group in groups}
    found: dict[str, list[PeerLine]] = {name: [] for name in names.values()}
    for line in sorted(lines, key=lambda line: line.name):
        found.setdefault(names.get(line.found.definition.group, _("Khác")), []).append(line)
    return [(name, inside) for name, inside in found.items() if inside]


def is_peered(place: Place) -> bool:
    """Whether a unit is of a kind that has peers: a commune or an agency."""
    return not place.is_city and (place.unit in place.communes or place.unit.kind in AGENCY_KINDS)
