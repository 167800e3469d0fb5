"""How well people were served becomes figures: the service index of every unit and month, from its own dossiers.

Only what differs from what is known is written, so that a month that has ended keeps the day on which it became known.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from namro.dossiers.models import SeedRun
from namro.ground import clock
from namro.ground.numbers import round_half_up
from namro.indicators.actions.storing import Told, store_computed
from namro.indicators.formulas.observations import KEPT_DECIMALS
from namro.indicators.formulas.spread import FIGURES
from namro.indicators.queries import definitions
from namro.indicators.terms import IndicatorDef
from namro.organisation.queries import current_by_code
from namro.quality import feeds
from namro.quality.feeds import Points
from namro.sources.terms import SYNTHETIC_MARK

PREFIX = "chat_luong."


def figure_service() -> int:
    """Compute and store the figures of the service index of the last months; returns how many rows changed. Twice is as
    once."""
    found = [each for each in definitions() if is_of_service(each)]
    rows = list(feeds.points()) if found else []
    if not rows:
        return 0
    keys = {code: unit.pk for code, unit in current_by_code().items()}
    made_up = SeedRun.objects.exists()
    months = sorted({row.period.key for row in rows})
    return sum(
        store_computed(
            as_table(each, [row for row in rows if PREFIX + row.what in each.measures]),
            [each],
            keys,
            _told(each, made_up),
            months=months,
        )
        for each in found
    )


def is_of_service(definition: IndicatorDef) -> bool:
    """Whether an indicator is of the service index: it is computed by itself, not from the river's observations."""
    return any(measure.startswith(PREFIX) for measure in definition.measures)


def _told(definition: IndicatorDef, made_up: bool) -> Told:
    source = f"{definition.source} {SYNTHETIC_MARK}" if made_up else definition.source
    return Told(source, clock.today(), synthetic=made_up)


def as_table(definition: IndicatorDef, rows: Sequence[Points]) -> pa.Table:
    """Return points or counts as the figures that are stored (formulas.FIGURES): in per cent of what could be given or
    done."""
    columns: list[list[Any]] = [
        [definition.code] * len(rows),
        [row.unit for row in rows],
        [row.period.kind.value for row in rows],
        [row.period.start for row in rows],
        [row.group for row in rows],
        [_value(definition, row) for row in rows],
        [row.points for row in rows],
        [row.most for row in rows],
    ]
    arrays = [pa.array(column, each.type) for column, each in zip(columns, FIGURES, strict=True)]
    return pa.table(arrays, schema=FIGURES)


def _value(definition: IndicatorDef, row: Points) -> Decimal | None:
    ratio = definition.of_parts(row.points, row.most)
    return None if ratio is None else round_half_up(ratio, KEPT_DECIMALS)
