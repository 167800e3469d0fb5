"""Reads of peers: who stands beside a unit, and where it stands among them with every indicator."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from namro.ground.numbers import round_half_up
from namro.ground.period import Kind, Period
from namro.indicators.catalog.peers import PeerDef
from namro.indicators.formulas.peers import stand_of
from namro.indicators.models import PeerGroup
from namro.indicators.terms import IndicatorDef, Stand
from namro.organisation.models import Profile, Unit
from namro.organisation.terms import Viewer

# Of each indicator the last ended period of which the unit has a value, and what its peers have of that period.
_BESIDE = """
WITH newest AS (
    SELECT indicator, max(period_start) AS start FROM indicators_figure
    WHERE unit_id = %(unit)s AND breakdown = '' AND period_kind = %(kind)s AND period_start < %(running)s
      AND period_start >= %(oldest)s AND as_of <= %(day)s AND value IS NOT NULL
    GROUP BY indicator
)
SELECT DISTINCT ON (figure.indicator, figure.unit_id)
       figure.indicator, figure.unit_id, figure.period_start, figure.value
FROM newest JOIN indicators_figure figure ON figure.indicator = newest.indicator AND figure.breakdown = ''
     AND figure.period_start = newest.start AND figure.period_kind = %(kind)s AND figure.unit_id = ANY(%(peers)s)
WHERE figure.as_of <= %(day)s
ORDER BY figure.indicator, figure.unit_id, figure.as_of DESC
"""
YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Peers:
    """The group of a unit and the units in it by key, itself among them; no group where none fits."""

    group: PeerGroup | None
    units: Mapping[int, Unit]


@dataclass(frozen=True)
class Beside:
    """Where a unit stands with one indicator among its peers, in which period."""

    definition: IndicatorDef
    period: Period
    stand: Stand


def peer_groups() -> list[PeerGroup]:
    """Return the peer groups in use, in the order in which a unit is given one; one query."""
    return list(PeerGroup.objects.filter(is_active=True))


def groups_of(units: Iterable[Unit]) -> dict[int, PeerGroup | None]:
    """Return the group of each unit by its key, the first that fits; two queries."""
    every = list(units)
    groups = [(row, row.definition) for row in peer_groups()]
    people = dict(
        Profile.objects.filter(unit__in=[each.pk for each in every]).values_list("unit_id", "population")
    )
    return {each.pk: _first(groups, each.kind, people.get(each.pk)) for each in every}


def _first(groups: Iterable[tuple[PeerGroup, PeerDef]], kind: str, people: int | None) -> PeerGroup | None:
    return next((row for row, definition in groups if definition.fits(kind, people or None)), None)


def peers_of_unit(unit: Unit, every: Iterable[Unit]) -> Peers:
    """Return the peers of a unit among the units of its city; where no group fits it stands alone; two queries."""
    known = {each.pk: each for each in every}
    groups = groups_of([*known.values(), *([] if unit.pk in known else [unit])])
    group = groups[unit.pk]
    inside = {key: each for key, each in known.items() if group is not None and groups[key] == group}
    return Peers(group, {unit.pk: unit} | inside)


def beside_peers(
    viewer: Viewer,
    unit: Unit,
    peers: Collection[int],
    definitions: Iterable[IndicatorDef],
    day: date,
    kind: Kind = Kind.MONTH,
) -> list[Beside]:
    """Return where a unit stands among its peers with every indicator that two of them have, as known on a day; one
    query. Values are compared as people read them: rounded."""
    asked: dict[str, Any] = {
        "unit": unit.pk,
        "peers": list(peers),
        "kind": kind.value,
        "running": Period.containing(kind, day + timedelta(days=1)).start,
        "oldest": day - YEAR,
        "day": day,
    }
    values: dict[str, dict[int, float]] = defaultdict(dict)
    starts: dict[str, date] = {}
    known = {definition.code: definition for definition in definitions}
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, asked)
        for indicator, key, start, value in cursor.fetchall():
            if value is not None and indicator in known:
                values[indicator][key] = float(round_half_up(value, known[indicator].decimals))
                starts[indicator] = start
    return [
        Beside(known[code], Period(kind, starts[code]), stand)
        for code, among in values.items()
        if unit.pk in among  # its newest may say that there is none any more
        and len(among) > 1
        and (stand := stand_of(among[unit.pk], among.values(), known[code].direction))
    ]
