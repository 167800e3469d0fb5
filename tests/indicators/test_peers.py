"""Peers: where a value lies among others, and files of groups that are refused."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from namro.indicators.catalog.peers import PeerDef, read_peers
from namro.indicators.formulas.peers import spread_of, stand_of
from namro.indicators.terms import Direction
from namro.sources.terms import PackageRefused

TODAY = date(2025, 7, 9)
VALUES = st.lists(st.integers(-1000, 1000).map(float), min_size=1, max_size=30)


@given(VALUES)
def test_a_spread_goes_from_the_lowest_to_the_highest(values: list[float]) -> None:
    spread = spread_of(values)
    assert spread is not None
    ends = [spread.low, spread.first, spread.median, spread.third, spread.high]
    assert ends == sorted(ends)
    assert (spread.low, spread.high, spread.known) == (min(values), max(values), len(values))


@given(VALUES, st.sampled_from([Direction.UP, Direction.DOWN]))
def test_the_best_is_first_and_nobody_is_beyond_the_last(values: list[float], direction: Direction) -> None:
    stands = [stand_of(value, values, direction) for value in values]
    ranks = [stand.rank for stand in stands if stand and stand.rank]
    assert min(ranks) == 1
    assert max(ranks) <= len(values)
    best = max(values) if direction is Direction.UP else min(values)
    assert {rank for value, rank in zip(values, ranks, strict=True) if value == best} == {1}


def test_the_quarters_of_eight_peers() -> None:
    values = [10.0, 20, 30, 40, 50, 60, 70, 80]
    quarters = [stand.quarter for value in values if (stand := stand_of(value, values, Direction.UP))]
    assert quarters == [4, 4, 3, 3, 2, 2, 1, 1]
    down = [stand.quarter for value in values if (stand := stand_of(value, values, Direction.DOWN))]
    assert down == quarters[::-1]


@pytest.mark.parametrize("values", [[1.0, 2, 3], [5.0] * 9])
def test_too_few_and_all_alike_have_no_quarters(values: list[float]) -> None:
    stand = stand_of(values[0], values, Direction.UP)
    assert stand is not None
    assert stand.quarter is None


def test_where_no_way_is_better_nobody_is_ranked() -> None:
    stand = stand_of(5.0, [1.0, 5.0, 9.0, 12.0], Direction.NONE)
    assert stand is not None
    assert (stand.rank, stand.quarter, stand.spread.known) == (None, None, 4)
    assert spread_of([]) is None


GROUPS = {
    "owner": "48",
    "next_review": date(2026, 1, 15),
    "groups": [
        {"code": "dong", "name": "Đông dân", "name_en": "Large", "kinds": ["ward"], "people_from": 70000},
        {"code": "khac", "name": "Khác", "name_en": "Others", "kinds": ["ward", "commune"]},
    ],
}


def read(folder: Path, **changes: Any) -> list[PeerDef]:
    """Read a package whose first group is changed."""
    whole = GROUPS | {"groups": [GROUPS["groups"][0] | changes, GROUPS["groups"][1]]}  # type: ignore[index,operator]
    (folder / "peers.yaml").write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    return read_peers(folder, today=TODAY, units={"48"})[0]


def test_a_unit_fits_by_kind_and_people(tmp_path: Path) -> None:
    large, others = read(tmp_path, people_below=90000)
    assert [large.fits("ward", people) for people in (69999, 70000, 89999, 90000, None)] == [
        *(False, True, True, False, False)
    ]
    assert not large.fits("commune", 70000)
    assert others.fits("commune", None)
    assert (large.order, others.order, others.owner) == (0, 1, "48")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "khac"}, "có hai lần"),
        ({"kinds": ["quan"]}, "không có loại đơn vị: quan"),
        ({"people_from": -1}, "số nguyên từ 0"),
        ({"people_below": 70000}, "phải nhỏ hơn"),
        ({"name": ""}, "thiếu «name»"),
        ({"dan_so": 1}, "không có mục «dan_so»"),
    ],
)
def test_a_group_without_sense_is_refused(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(PackageRefused) as refused:
        read(tmp_path, **changes)
    assert any(words in fault.what for fault in refused.value.faults)


def test_a_package_without_the_file_has_no_groups(tmp_path: Path) -> None:
    assert read_peers(tmp_path, today=TODAY, units={"48"})[0] == []
