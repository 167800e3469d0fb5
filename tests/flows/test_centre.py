"""From the lake to the figures: only what a batch touched, late data too, and as the data were on a day."""

from datetime import date
from decimal import Decimal

import pytest
from tests.builders import TODAY
from tests.sources import landing
from tests.sources.landing import declared, row, shipment

from namro.flows import centre
from namro.ground import clock
from namro.ground.period import Period
from namro.indicators.models import BatchMark, Definition, Figure
from namro.indicators.queries import figure
from namro.sources.actions.intake import take_in
from namro.sources.models import Source

BODY = {
    "code": "muc_nuoc_cao_nhat",
    "name": "Mực nước cao nhất",
    "name_en": "Highest water level",
    "group": "ngap_lut",
    "kind": "count",
    "table": "muc_nuoc",
    "value": {"max": "muc_nuoc", "where": [{"column": "trang_thai", "is": ["tốt"]}]},
    "by": "ma_tram",
    "unit_of_measure": "m",
    "decimals": 2,
    "direction": "down",
    "adds_up": "max",
    "periods": ["day", "month"],
    "owner": "48",
    "why": "Để biết.",
    "next_review": "2026-06-30",
    "version": 1,
    "source": "Trạm đo",
}


@pytest.fixture
def source(lake: None, monkeypatch: pytest.MonkeyPatch) -> Source:
    """The test source in a small world, on a fixed day, with one indicator."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    landing.world()
    Definition.objects.create(
        code=BODY["code"], version=1, body=BODY, owner="48", next_review=date(2026, 6, 30), package="thu"
    )
    return declared()


def sent(source: Source, *told: tuple[str, str, str]) -> None:
    """A batch of days, stations and levels lands."""
    rows = [row({"Ngày đo": day, "Mã trạm": station, "Mực nước": level}) for day, station, level in told]
    take_in(source, shipment(rows))


def level(period: str, unit: str = "48", part: str = "", day: date = TODAY) -> Decimal | None:
    """The highest level as known on a day."""
    found = figure(BODY["code"], unit, day, part, period=Period.parse(period))
    return found and found.value


def test_what_landed_is_figured_for_every_unit_above_once(source: Source) -> None:
    sent(source, ("01/06/2025", "T1", "1.5"), ("02/06/2025", "T2", "2.25"))
    # Of one commune, the city and the country: two days each with its station, and a month with two stations.
    assert centre.figure_source("muc_nuoc") == 3 * (2 * 2 + 3)
    assert centre.figure_source("muc_nuoc") == 0
    assert [level("2025-06", unit) for unit in ("20194", "48", "VN")] == [Decimal("2.25")] * 3
    assert (level("2025-06-01"), level("2025-06", part="T1")) == (Decimal("1.5"), Decimal("1.5"))
    told = Figure.objects.first()
    assert told and (told.synthetic, told.source) == (True, "Trạm đo mực nước (số liệu mẫu)")


def test_late_data_touch_their_month_alone(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(source, ("01/05/2025", "T1", "3"), ("01/06/2025", "T1", "1.5"))
    centre.figure_source("muc_nuoc")
    asked: list[object] = []
    real = centre.Engine.table
    monkeypatch.setattr(
        centre.Engine, "table", lambda *a, **how: asked.append(how["months"]) or real(*a, **how)
    )
    sent(source, ("30/06/2025", "T1", "2"))
    assert centre.figure_sources() == {"muc_nuoc": 3 * (2 + 2)}
    assert asked == [{"2025-06"}]
    assert [level(month) for month in ("2025-05", "2025-06")] == [3, 2]
    assert BatchMark.objects.count() == 2


def test_a_changed_definition_is_computed_anew_over_all_months(source: Source) -> None:
    sent(source, ("01/05/2025", "T1", "3"), ("01/06/2025", "T1", "1.5"))
    centre.figure_source("muc_nuoc")
    Definition.objects.update(
        version=2, body=BODY | {"version": 2, "adds_up": "min", "value": {"min": "muc_nuoc"}}
    )
    centre.figure_source("muc_nuoc")
    assert set(Figure.objects.values_list("version", flat=True)) == {2}


def test_figures_can_be_had_as_the_data_were_on_a_day(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(source, ("01/06/2025", "T1", "1.5"))
    monkeypatch.setenv(clock.FIXED_DAY, "2025-07-20")
    sent(source, ("02/06/2025", "T1", "9"))
    centre.figure_source("muc_nuoc")
    assert level("2025-06", day=TODAY) is None
    centre.figure_as_of("muc_nuoc", TODAY)
    assert level("2025-06", day=TODAY) == Decimal("1.5")
    assert level("2025-06", day=date(2025, 7, 20)) == 9


def test_quarters_and_years_are_computed_from_all_their_months(source: Source) -> None:
    Definition.objects.update(body=BODY | {"periods": ["month", "year"]})
    sent(source, ("01/02/2025", "T1", "3"))
    centre.figure_source("muc_nuoc")
    sent(source, ("01/06/2025", "T1", "1.5"))
    centre.figure_source("muc_nuoc")
    assert [level(key) for key in ("2025", "2025-06")] == [3, Decimal("1.5")]
