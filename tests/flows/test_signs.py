"""Rules over figures and sources see what is stored; over the lake's history they see the same."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.alerts.conftest import City
from tests.builders import TODAY
from tests.flows.judged import INDICATOR, LIVE, judged
from tests.sources.landing import declared

from namro.alerts.models import Alert, RuleTrial
from namro.flows.backtest import calls_of
from namro.flows.backtesting import backtest, try_untried
from namro.flows.centre import figure_source
from namro.flows.centre_census import centre_census
from namro.ground import clock
from namro.indicators.models import Definition, Figure
from namro.lake import tables
from namro.organisation.models import Neighbour, Unit
from namro.sources.models import Batch, QuarantinedRow

DAY = timedelta(days=1)
OF_LAKE = {
    **{key: value for key, value in INDICATOR.items() if key not in ("numerator", "denominator")},
    "kind": "count", "table": "muc_nuoc", "value": {"max": "muc_nuoc"}, "adds_up": "max", "periods": ["day"],
    "direction": "down", "unit_of_measure": "m",
}  # fmt: skip
WATCH: dict[str, Any] = {**LIVE, "look": {"indicator": "i"}, "levels": {"watch": 3}}


@pytest.fixture
def measured(city: City) -> City:
    """The small city with an indicator of the lake."""
    Definition.objects.create(
        code="i", version=1, body=OF_LAKE, owner="TU.VP", next_review=date(2026, 1, 15), package="t"
    )
    return city


def days(unit: Unit, *values: float | None, indicator: str = "i") -> None:
    """Store figures of the days up to today, the last one today's; None has none."""
    for back, value in enumerate(reversed(values)):
        if value is not None:
            day = TODAY - back * DAY
            Figure.objects.create(
                indicator=indicator, unit=unit, period_kind="day", period_start=day, period=day.isoformat(),
                value=Decimal(str(value)), as_of=day, source="x", source_state="fresh", version=1,
            )  # fmt: skip


def test_the_last_day_speaks_and_an_older_one_no_longer(measured: City, rule: Callable[..., Any]) -> None:
    rule(kind="figure_threshold", compare={"period": "day"}, **WATCH)
    high, gone = measured.world.communes[:2]
    days(high, 5, 4)
    days(gone, 5, 1)
    assert judged() == {"figure:i@20194": (1, 4.0)}
    assert "ngày 09/07/2025" in Alert.objects.get().object_label


def test_rules_that_ask_the_same_each_have_their_own_mark(measured: City, rule: Any) -> None:
    for code, levels in (("mild", {"watch": 3}), ("strict", {"warning": 5, "critical": 6})):
        hears = {level: ["person"] for level in levels}
        rule(code=code, kind="figure_threshold", compare={"period": "day"}, look={"indicator": "i"}, urging={},
             levels=levels, hears=hears)  # fmt: skip
    for unit, value in zip(measured.world.communes[:3], (2, 4, 6), strict=True):
        days(unit, value)
    judged()
    seen = Alert.objects.filter(state="open").values_list("rule__code", "value", "level")
    assert sorted((code, int(value), level) for code, value, level in seen) == [
        ("mild", 4, 1), ("mild", 6, 1), ("strict", 6, 3),
    ]  # fmt: skip


def test_the_alert_of_the_city_keeps_those_of_its_communes_quiet(measured: City, rule: Any) -> None:
    rule(kind="figure_threshold", compare={"period": "day"}, covers_below=True, **WATCH)
    days(measured.world.communes[0], 5)
    days(measured.world.city, 5)
    judged()
    assert Alert.objects.get(unit=measured.world.communes[0]).inhibited_by.unit == measured.world.city


def test_a_change_a_line_and_a_silence_are_seen(measured: City, rule: Any) -> None:
    compare = {"period": "day", "against": "previous", "last": 3, "floor": 1}
    rule(code="jump", kind="figure_changed", compare=compare, **{**WATCH, "levels": {"watch": 150}})
    line = {"period": "day", "last": 5, "limit": 10}
    rule(code="line", kind="figure_forecast", compare=line, worse="down", **{**WATCH, "levels": {"watch": 5}})
    rule(code="still", kind="figure_silent", compare={"period": "day"}, **{**WATCH, "levels": {"watch": 2}})
    jumped, rising, silent = measured.world.communes[:3]
    days(jumped, 2, 2, 2, 6)
    days(rising, 1, 2.5, 4, 5.5, 7)
    days(silent, 1, 1, 1, 1, 1, 1, 1, 1, None, None)
    judged()
    seen = {rule: (unit, float(value)) for rule, unit, value in
            Alert.objects.values_list("rule__code", "unit__code", "value")}  # fmt: skip
    assert seen == {"jump": (jumped.code, 200.0), "line": (rising.code, 2.0), "still": (silent.code, 2.0)}


def test_it_spreads_over_borders(measured: City, rule: Any) -> None:
    rule(kind="figure_spread", compare={"period": "day", "limit": 4}, **WATCH)
    middle, *others = measured.world.communes[:3]
    for other in others:
        Neighbour.objects.create(unit=middle, other=other)
        Neighbour.objects.create(unit=other, other=middle)
    for unit in (middle, *others):
        days(unit, 5)
    assert judged() == {f"figure:i@{middle.code}": (1, 3.0)}
    Neighbour.objects.all().delete()
    assert judged() == {}, "who borders on whom concerns all"


def test_sources_that_are_late_refused_or_held_back_are_seen(city: City, rule: Any) -> None:
    source = declared(owner="TU.VP", freshness_hours=24)
    for kind in ("feed_silent", "feed_failed", "feed_rows_held"):
        rule(code=kind, kind=kind, look={}, **{**LIVE, "levels": {"watch": 1}})
    landed, now = clock.now() - 3 * DAY, clock.now()
    batch = Batch.objects.create(
        source=source, state="landed", started_at=landed, ended_at=landed, origin="a"
    )
    Batch.objects.create(source=source, state="failed", started_at=now, ended_at=now, origin="b")
    for row in (1, 2):
        QuarantinedRow.objects.create(batch=batch, row=row, body={}, reasons=["x"])
    assert judged() == {
        "source:muc_nuoc@TU.VP": (1, 2),
        "failed:muc_nuoc@TU.VP": (1, 1),
        "held:muc_nuoc@TU.VP": (1, 2),
    }


def land(levels: dict[str, list[float]]) -> None:
    """Land the levels of communes on the days up to today as a batch of the lake."""
    told = [
        (unit, TODAY - back * DAY, Decimal(str(level)))
        for unit, each in levels.items()
        for back, level in enumerate(reversed(each))
    ]
    tables.ensure("muc_nuoc", pa.schema([("muc_nuoc", pa.decimal128(18, 6))]))
    rows = {
        "muc_nuoc": pa.array([level for _, _, level in told], pa.decimal128(18, 6)),
        "_row": pa.array(range(1, len(told) + 1), pa.int64()),
        "_unit": [unit for unit, _, _ in told],
        "_day": pa.array([day for _, day, _ in told], pa.date32()),
    }
    tables.land("muc_nuoc", pa.table(rows), batch="b1")


def test_history_is_called_as_the_judgement_calls(
    lake: None, measured: City, rule: Any, tmp_path: Path
) -> None:
    declared(owner="TU.VP")
    asked = rule(
        kind="figure_threshold",
        compare={"period": "day"},
        **{**WATCH, "look": {"indicator": "i", "unit_kinds": ["ward", "commune"]}},
    )
    land({"20194": [1, 4, 5, 1, 6], "20320": [1, 1, 1, 1, 2]})
    ward = measured.world.communes[0]
    calls = calls_of([asked], TODAY - 9 * DAY, TODAY)
    assert [(c.unit_id, c.first, c.last, c.told, c.value) for c in calls] == [
        (ward.pk, TODAY - 3 * DAY, TODAY - 2 * DAY, TODAY - 2 * DAY, 4.0),
        (ward.pk, TODAY, TODAY, TODAY + DAY, pytest.approx(6.0)),
    ]
    figure_source("muc_nuoc", months=["2025-07"])
    assert judged() == {"figure:i@20194": (1, pytest.approx(calls[-1].value))}
    (kept,) = backtest([asked], TODAY - 9 * DAY, TODAY, tmp_path)
    assert (kept.calls, kept.right, kept.precision, kept.recall) == (2, 0, 0.0, None)
    backtest([asked], TODAY - 9 * DAY, TODAY, tmp_path)
    assert RuleTrial.objects.count() == 1, "tried again over the same time"


def test_a_rule_is_tried_once_a_version(lake: None, measured: City, rule: Any, tmp_path: Path) -> None:
    asked = rule(kind="figure_threshold", compare={"period": "day"}, **WATCH)
    assert [trial.calls for trial in try_untried(tmp_path)] == [0], "declared, and nothing ever came"
    RuleTrial.objects.update(calls=7)
    assert [trial.calls for trial in try_untried(tmp_path)] == [7]
    asked.version = 2
    asked.save()
    assert [(trial.version, trial.calls) for trial in try_untried(tmp_path)] == [(2, 0)]
    assert RuleTrial.objects.count() == 2, "what the version before came to stays"


def test_the_centre_is_counted_as_it_stands(lake: None, measured: City, rule: Any, tmp_path: Path) -> None:
    rule(kind="figure_threshold", compare={"period": "day"}, **WATCH)
    nothing = centre_census(tmp_path)
    assert (nothing["sources"], nothing["alert_kinds"], nothing["precision"]) == (0, 0, None)
    source = declared(owner="TU.VP")
    now = clock.now()
    Batch.objects.create(
        source=source, state="landed", started_at=now, ended_at=now, rows_landed=2, origin="a"
    )
    days(measured.world.communes[0], 5)
    counted = centre_census(tmp_path)
    assert (counted["sources"], counted["alert_kinds"]) == (1, 1)
    assert counted["planted"] == {"total": 0, "found": 0, "missed": []}
