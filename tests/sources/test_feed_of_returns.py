"""What returns tell the indicators: values, gaps and punctuality, as known on a day."""

from collections import Counter
from datetime import date

from tests.builders import TODAY, World
from tests.sources.material import GOOD, send

from namro.sources.feeds import observations
from namro.sources.queries import stated
from namro.sources.terms import SourceState


def test_the_feed_tells_values_gaps_and_punctuality(place: World) -> None:
    send(place, GOOD)
    told = {(o.measure, o.unit, o.period): o for o in observations(TODAY)}
    value = told["bieu.trang.tong", "20194", "2025-06"]
    assert (value.value, value.source_state, value.as_of) == (1000, SourceState.LATE, TODAY)
    other = place.communes[1].code
    send(place, GOOD, version=1)
    again = next(o for o in observations(TODAY) if o.measure == value.measure and o.unit == value.unit)
    assert again.source_state == SourceState.LATE, "a correction does not wash lateness away"
    gap = told["bieu.trang.tong", other, "2025-06"]
    assert (gap.value, gap.source_state, gap.as_of) == (None, SourceState.MISSING, date(2025, 7, 8))
    assert ("bieu.trang.tong", other, "2025-05") not in told, "an older gap is no point in the trend"
    sums = Counter[str]()
    for row in told.values():
        if row.measure in ("bieu.phai_nop", "bieu.da_nop", "bieu.dung_han"):
            sums[row.measure] += int(row.value)
    assert sums == {"bieu.phai_nop": 6, "bieu.da_nop": 1, "bieu.dung_han": 0}


def test_the_feed_tells_what_was_known_on_a_day(place: World) -> None:
    send(place, GOOD)
    assert not any(
        o.measure.startswith("bieu.trang") and o.value is not None for o in observations(date(2025, 7, 8))
    )
    assert stated("trang", "20194", "tong", date(2025, 7, 8)) is None
    assert stated("trang", "20194", "tong", TODAY) == 1000
