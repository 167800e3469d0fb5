"""Composite indices: bounds, better is never less, the rule of what is missing, and files that are refused."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.house.building import PACKAGE
from tests.indicators.material import ENTRY, INDEX

from namro.ground.period import Kind
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.catalog.indices import filled, read_indices
from namro.indicators.formulas.indices import gain, normalised, scored, weighed
from namro.indicators.terms import IndexDef, IndexPart, IndicatorKind, Missing, Normalise
from namro.sources.terms import PackageRefused

TODAY = date(2025, 7, 9)
RATE = definition_of(ENTRY)
OTHER = definition_of(ENTRY | {"code": "phut_cho", "direction": "down"})
WATCHED = definition_of(ENTRY | {"code": "so_luot", "direction": "none"})
KNOWN = {each.code: each for each in (RATE, OTHER, WATCHED)}

VALUES = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
WAYS = st.sampled_from(Normalise)


def part(weight: float = 50, by: Normalise = Normalise.TARGET, up: bool = True, name: str = "a") -> IndexPart:
    """A part of an index whose points run from 0 to 100, or the other way."""
    zero, full = (0.0, 100.0) if up else (100.0, 0.0)
    return IndexPart(name, weight, by, up, zero=zero, full=full)


def index(*parts: IndexPart, missing: Missing = Missing.LEAVE_OUT, at_least: float = 50) -> IndexDef:
    """An index of some parts."""
    return IndexDef(parts, Kind.MONTH, missing, at_least)


@st.composite
def peers(draw: st.DrawFn) -> tuple[IndexDef, dict[str, dict[str, float]]]:
    """An index of some parts, and what some units have of each; now and then a value is missing."""
    count = draw(st.integers(1, 4))
    parts = [part(draw(st.integers(1, 50)), draw(WAYS), draw(st.booleans()), f"p{n}") for n in range(count)]
    units = draw(st.integers(1, 6))
    rule = draw(st.sampled_from(Missing))
    values = {
        f"u{unit}": {each.key: draw(VALUES) for each in parts if draw(st.integers(0, 4))}
        for unit in range(units)
    }
    return index(*parts, missing=rule, at_least=draw(st.integers(1, 100))), values


@given(peers())
def test_points_and_scores_keep_to_nought_and_a_hundred(given_: tuple[IndexDef, Mapping[str, Any]]) -> None:
    made_of, values = given_
    for unit, score in scored(made_of, values).items():
        assert all(0 <= points <= 100 for points in score.parts.values())
        assert score.value is None or -1e-6 <= score.value <= 100 + 1e-6
        assert set(score.parts) == set(values[unit])


@given(peers(), st.floats(0.001, 1e6))
def test_a_better_value_never_lowers_the_score(
    given_: tuple[IndexDef, dict[str, dict[str, float]]], more: float
) -> None:
    made_of, values = given_
    unit, first = "u0", made_of.parts[0]
    assume(first.key in values[unit])
    better = values[unit][first.key] + (more if first.more_is_better else -more)
    rise = gain(made_of, values, unit, first.key, better)
    assert (rise is None) == (scored(made_of, values)[unit].value is None)
    assert rise is None or rise >= -1e-5


@given(st.dictionaries(st.sampled_from("abcdef"), VALUES, min_size=1), WAYS, st.booleans())
def test_who_has_the_better_value_has_no_fewer_points(
    known: dict[str, float], by: Normalise, up: bool
) -> None:
    points = normalised(part(by=by, up=up), known)
    ordered = sorted(known, key=lambda unit: known[unit] if up else -known[unit])
    assert [points[unit] for unit in ordered] == sorted(points.values())


@given(st.integers(1, 99), st.floats(0, 100), st.floats(0, 100))
def test_a_score_is_the_weighted_mean_of_its_points(weight: int, first: float, second: float) -> None:
    made_of = index(part(weight, name="a"), part(100 - weight, name="b"))
    score = weighed(made_of, {"a": first, "b": second})
    assert score.value == pytest.approx((weight * first + (100 - weight) * second) / 100, abs=1e-5)


@pytest.mark.parametrize(
    ("rule", "at_least", "expected"),
    [
        (Missing.LEAVE_OUT, 60, 80.0),  # 60 of 100 are known: the rest stands for all
        (Missing.LEAVE_OUT, 61, None),
        (Missing.ZERO, 100, 48.0),
        (Missing.REFUSE, 0, None),
    ],
)
def test_what_is_missing_follows_the_rule(rule: Missing, at_least: float, expected: float | None) -> None:
    made_of = index(part(60, name="a"), part(40, name="b"), missing=rule, at_least=at_least)
    assert weighed(made_of, {"a": 80.0}).value == expected
    assert weighed(made_of, {"a": 80.0, "b": 80.0}).value == 80.0


def test_each_way_to_points_of_three_peers() -> None:
    known = {"x": 10.0, "y": 20.0, "z": 40.0}
    assert normalised(part(), known) == {"x": 10, "y": 20, "z": 40}
    assert normalised(part(up=False), known) == {"x": 90, "y": 80, "z": 60}
    assert normalised(part(by=Normalise.MIN_MAX), known) == {"x": 0, "y": pytest.approx(100 / 3), "z": 100}
    assert normalised(part(by=Normalise.RANK), known) == {"x": 0, "y": 50, "z": 100}
    assert normalised(part(by=Normalise.Z), known)["y"] == pytest.approx(
        50 - 25 * (70 / 3 - 20) / 12.4722, abs=1e-3
    )


@pytest.mark.parametrize(
    ("by", "points"), [(Normalise.MIN_MAX, 100), (Normalise.RANK, 100), (Normalise.Z, 50)]
)
def test_peers_that_are_all_alike_get_the_same(by: Normalise, points: float) -> None:
    assert set(normalised(part(by=by), dict.fromkeys("xyz", 7.0)).values()) == {points}
    assert set(normalised(part(by=by), {"x": 7.0}).values()) == {points}


def test_a_gain_is_what_the_score_would_be_less_what_it_is() -> None:
    made_of = index(part(30, name="a"), part(70, name="b"))
    values = {"x": {"a": 40.0, "b": 90.0}, "y": {"a": 100.0, "b": 10.0}}
    assert gain(made_of, values, "x", "a", 100.0) == 18
    assert gain(made_of, values, "nobody", "a", 100.0) is None


FILE: dict[str, Any] = INDEX | {
    "group": "g", "owner": "48",
    "parts": [
        {"indicator": "ty_le", "weight": 60, "normalise": {"by": "target", "zero": 40, "full": 100}},
        {"indicator": "phut_cho", "weight": 40, "normalise": {"by": "z", "cap": 2}},
    ],
}  # fmt: skip


def read(folder: Path, entry: dict[str, Any]) -> Any:
    """Read a folder with one index."""
    (folder / "i.yaml").write_text(yaml.safe_dump(entry, allow_unicode=True), encoding="utf-8")
    return read_indices(folder, today=TODAY, units={"48"}, indicators=KNOWN)[0]


def changed(number: int, **more: Any) -> dict[str, Any]:
    """The file with one of its parts changed."""
    parts = [dict(each) for each in FILE["parts"]]
    parts[number] |= more
    return FILE | {"parts": parts}


def test_an_index_is_an_indicator_of_a_further_kind(tmp_path: Path) -> None:
    ((definition, entry),) = read(tmp_path, FILE)
    assert definition.kind is IndicatorKind.INDEX
    assert definition.periods == (Kind.MONTH,)
    assert [each.more_is_better for each in definition.composition.parts] == [True, False]
    assert definition.breakdowns == {"ty_le": RATE.name, "phut_cho": OTHER.name}
    assert definition_of(entry) == definition
    with pytest.raises(ValueError, match="ty_le"):
        _ = RATE.composition


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (changed(0, weight=50), "cộng lại phải bằng 100, đang là 90"),
        (changed(0, indicator="khong_co"), "không có chỉ tiêu «khong_co»"),
        (changed(1, indicator="ty_le"), "mỗi thành phần một lần"),
        (changed(1, indicator="so_luot"), "chưa nói chiều nào tốt"),
        (changed(0, normalise={"by": "target", "zero": 90, "full": 40}), "«full» phải tốt hơn «zero»"),
        (changed(0, normalise={"by": "target", "zero": 90}), "cần số: zero, full"),
        (changed(1, normalise={"by": "z", "cap": 0}), "phải trên 0"),
        (changed(1, normalise={"by": "khac"}), "phải là một trong"),
        (changed(1, weight=-40), "phải là số trên 0"),
        (FILE | {"missing": {"rule": "zero", "at_least": 60}}, "chỉ với quy tắc đó"),
        (FILE | {"missing": {"rule": "leave_out", "at_least": 160}}, "đã ghi «160»"),
        (FILE | {"period": "quarter"}, "không có kỳ «quarter»"),
        (FILE | {"owner": "99"}, "không có đơn vị mã «99»"),
        (FILE | {"code": "ty_le"}, "đã khai báo cho một chỉ tiêu"),
        (FILE | {"la": 1}, "không có mục «la»"),
    ],
)
def test_a_file_that_makes_no_index_is_refused(tmp_path: Path, entry: dict[str, Any], words: str) -> None:
    with pytest.raises(PackageRefused) as refused:
        read(tmp_path, entry)
    assert any(words in fault.what for fault in refused.value.faults)


def test_a_part_may_say_itself_what_is_better(tmp_path: Path) -> None:
    ((definition, _),) = read(tmp_path, changed(1, indicator="so_luot", better="down"))
    assert not definition.composition.parts[1].more_is_better


def test_the_weights_of_the_package_are_a_whole() -> None:
    files = [
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in (PACKAGE / "indices").glob("*.yaml")
    ]
    assert len(files) >= 4
    assert {sum(each["weight"] for each in entry["parts"]) for entry in files} == {100}


def test_what_follows_from_being_an_index_is_filled_in() -> None:
    whole = filled(FILE, KNOWN)
    assert (whole["source"], whole["unit_of_measure"], whole["direction"]) == (
        "Tổng hợp từ 2 chỉ số",
        "điểm",
        "up",
    )
    assert "better" not in FILE["parts"][0]
