"""The content of the operations centre holds together: sources, agencies, groups, indicators, charts, faults."""

import csv
from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml

from namro.flows.demo.centre.faults import Planted
from namro.flows.demo.centre.recipes import Kitchen
from namro.flows.demo.centre.rows import Window
from namro.flows.demo.centre.writing import Sender
from namro.indicators.catalog.charts import ChartDef, read_charts
from namro.indicators.catalog.definitions import read_definitions
from namro.indicators.catalog.groups import read_groups
from namro.indicators.catalog.indices import read_indices
from namro.indicators.terms import IndicatorDef
from namro.sources.catalog.contracts import read_contracts
from namro.sources.terms import COUNTED_MEASURES, ContractDef
from tests.house.building import DAY, PACKAGE
from tests.house.test_definitions import unit_codes

SOURCES, AGENCIES, GROUPS, CHARTS, FAULTS = 30, 45, 30, 250, 60
KITCHEN = Kitchen(PACKAGE)
# Weeks with faults of every kind that a file can have.
WINDOW = Window(date(2025, 5, 9), date(2025, 7, 8))
WEEKS = Window(date(2025, 5, 26), date(2025, 7, 8))
# Sources small enough to be made twice in a test: one of each way of writing, with events and with old codes.
MADE_TWICE = (
    "truong_hoc",
    "khu_cong_nghe_cao",
    "giai_ngan",
    "su_co",
    "luu_tru",
    "xac_thuc_dinh_danh",
    "tro_ly_so",
)


@cache
def contracts() -> dict[str, ContractDef]:
    """Return the data contracts of the package."""
    read, _ = read_contracts(PACKAGE / "sources", today=DAY, units=unit_codes())
    return {contract.code: contract for contract, _ in read}


@cache
def flowing() -> dict[str, str]:
    """Return the measures that the indicators without a table ask for; what flows is checked where it is loaded."""
    found = dict.fromkeys(COUNTED_MEASURES, "")
    for file in (PACKAGE / "indicators").glob("*.yaml"):
        entry: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
        listed = [value["measure"] for value in entry.get("values", ())]
        listed += [entry[part] for part in ("value", "numerator", "denominator") if part in entry]
        found |= dict.fromkeys(listed, "")
    return found


@cache
def indicators() -> dict[str, IndicatorDef]:
    """Return the indicators of the package; the reader has checked each against its source's contract."""
    read, _ = read_definitions(
        PACKAGE / "indicators", today=DAY, units=unit_codes(), measures=flowing(), contracts=contracts()
    )
    known = {definition.code: definition for definition, _ in read}
    composed, _ = read_indices(PACKAGE / "indices", today=DAY, units=unit_codes(), indicators=known)
    return known | {definition.code: definition for definition, _ in composed}


@cache
def charts() -> list[ChartDef]:
    """Return the charts of the package; the reader has refused two that show the same."""
    groups, _ = read_groups(PACKAGE, units=unit_codes())
    read, _ = read_charts(
        PACKAGE / "charts",
        today=DAY,
        units=unit_codes(),
        groups={group.code for group in groups},
        indicators=indicators(),
    )
    return [chart for chart, _ in read]


def agencies() -> set[str]:
    """Return the agencies of the city."""
    with (PACKAGE / "units" / "agencies.csv").open(encoding="utf-8") as file:
        return {row["code"] for row in csv.DictReader(file)}


def test_thirty_sources_are_synthetic_and_have_a_recipe_each() -> None:
    assert len(contracts()) == SOURCES
    assert all(contract.synthetic for contract in contracts().values())
    assert KITCHEN.codes == sorted(contracts())


def test_the_agencies_that_own_or_give_data_are_enough() -> None:
    involved = {code for c in contracts().values() for code in (c.owner, *c.givers)}
    assert involved <= agencies()
    assert len(involved) >= AGENCIES


def test_the_groups_with_charts_are_enough_and_each_chart_is_its_own() -> None:
    assert len({chart.group for chart in charts()}) > GROUPS
    assert len(charts()) >= CHARTS
    assert len({chart.title for chart in charts()}) == len(charts())
    assert len({chart.title_en for chart in charts()}) == len(charts())


def test_every_source_has_indicators_and_every_indicator_over_a_table_its_own_name() -> None:
    drawn = [indicator for indicator in indicators().values() if indicator.table]
    assert {indicator.table for indicator in drawn} == set(contracts())
    assert len({indicator.name for indicator in indicators().values()}) == len(indicators())


def test_every_indicator_over_a_table_is_shown() -> None:
    shown = {code for chart in charts() for code in chart.indicators}
    assert {code for code, indicator in indicators().items() if indicator.table} <= shown


def test_a_chart_in_parts_has_parts_and_a_gauge_thresholds() -> None:
    for chart in charts():
        for indicator in (indicators()[code] for code in chart.indicators):
            if chart.over in {"parts", "parts_time"} and indicator.table:
                assert indicator.breakdowns, chart.code
            if chart.form == "gauge":
                assert indicator.lights, chart.code


def test_the_labels_of_a_breakdown_are_those_of_the_contract() -> None:
    for indicator in indicators().values():
        if indicator.by:
            column = contracts()[indicator.table].by_name[indicator.by]
            assert set(indicator.breakdowns) == set(column.one_of), indicator.code


def test_the_planted_faults_are_enough_and_of_many_kinds() -> None:
    planted = KITCHEN.planted
    assert len(planted) >= FAULTS
    assert len({each.code for each in planted}) == len(planted)
    assert len({each.finds for each in planted}) >= 12
    assert len({each.fault for each in planted}) >= 12


@pytest.mark.parametrize("planted", KITCHEN.planted, ids=lambda each: each.code)
def test_a_planted_fault_names_what_exists(planted: Planted) -> None:
    contract = contracts()[planted.source]
    assert not planted.column or planted.column in contract.by_name
    assert not planted.indicator or indicators()[planted.indicator].table == planted.source
    assert set(planted.units) <= unit_codes()
    assert KITCHEN.rhythms.begin <= planted.start <= planted.end <= DAY


@pytest.mark.parametrize("source", KITCHEN.codes)
def test_a_recipe_makes_what_its_contract_promises(source: str) -> None:
    contract, table = contracts()[source], KITCHEN.table(source, WEEKS)
    assert set(table.column_names) == set(contract.by_name) == set(KITCHEN.columns(source, WEEKS))
    assert table.num_rows > 0
    for column in contract.columns:
        if column.one_of:
            assert set(table[column.name].to_pylist()) <= set(column.one_of), column.name


@pytest.mark.parametrize("source", MADE_TWICE)
def test_a_source_made_twice_is_the_same_to_the_byte(source: str) -> None:
    assert _files(source) == _files(source)


def _files(source: str) -> dict[str, bytes]:
    kitchen = Kitchen(PACKAGE)
    sender = Sender.of(kitchen.contract(source), kitchen.recipe(source)["write"])
    return dict(sender.files(kitchen.table(source, WINDOW), kitchen.planted_in(source)))
