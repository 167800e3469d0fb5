"""What a sample looks like: types, numbers, people, keys, headings under titles; and the file of a contract."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from namro.organisation.terms import Refused
from namro.outside.sheets import read_sheet
from namro.sources.catalog.contracts import contract_of
from namro.sources.catalog.writing import written
from namro.sources.formulas.guessing import different_rows, guess, guess_key
from namro.sources.rules.drafts import check_code, code_of, column_names, done_steps, is_open
from namro.sources.terms.drafts import Step

LOOKS: list[tuple[Sequence[str | None], str]] = [
    (["1", "20", None, "300"], "integer"),
    (["1.5", "20", "0.333"], "decimal"),
    (["1.234,5", "20", "7.654.321"], "decimal"),
    (["01/07/2025", "2025-07-02"], "date"),
    (["01/07/2025 06:30", "2025-07-02T07:00:00+07:00"], "timestamp"),
    (["có", "không", "Có"], "boolean"),
    (["0123", "0456"], "text"),
    (["048200000001", "048200000002"], "text"),
    (["123456789", "987654321"], "text"),
    (["a", "1", "2"], "text"),
    ([None, None], "text"),
    # Nine in ten hold; the tenth is for the checks to name.
    ([*map(str, range(10, 28)), "x"], "integer"),
]


@pytest.mark.parametrize(("values", "kind"), LOOKS, ids=[f"{values[0]}: {kind}" for values, kind in LOOKS])
def test_a_column_has_the_narrowest_type_of_nearly_all_its_values(
    values: list[str | None], kind: str
) -> None:
    [found] = guess(pa.table({"cột": pa.array(values, pa.string())})).columns
    assert found.type == kind
    assert (found.heading, found.name, found.filled) == (
        "cột",
        "cot",
        sum(each is not None for each in values),
    )


PEOPLE: list[tuple[str, str, str | None]] = [
    ("Số định danh", "12", "hash"),
    ("Cột A", "048200000001", "hash"),
    ("Cột A", "0905000001", "drop"),
    ("Cột A", "an@example.org", "drop"),
    ("Họ và tên", "Trần Văn Mẫu", "drop"),
    ("Mã định danh cơ quan", "H17.KHCN", None),
    ("Mã hồ sơ", "H17-12", None),
    ("Mực nước", "1.5", None),
]


@pytest.mark.parametrize(("heading", "value", "personal"), PEOPLE, ids=[f"{h} {v}" for h, v, _ in PEOPLE])
def test_what_seems_to_be_about_people_is_proposed_to_be_covered(
    heading: str, value: str, personal: str | None
) -> None:
    [found] = guess(pa.table({heading: [value] * 3})).columns
    assert found.personal == personal


def test_how_numbers_are_written_is_told_by_those_that_can_be_read_in_one_way_only() -> None:
    assert guess(pa.table({"a": ["1.154", "2,5"]})).numbers == "vi"
    assert guess(pa.table({"a": ["1.154", "2.5"]})).numbers == "plain"
    unsure = guess(pa.table({"a": ["1.154", "2.300"]}))
    assert unsure.ambiguous == "1.154"
    assert guess(pa.table({"a": ["0.154", "0.300"]})).ambiguous == ""


def test_the_key_is_what_tells_all_rows_apart() -> None:
    rows = pa.table(
        {"ngày": ["1/7/2025"] * 3, "xã": ["a", "b", "b"], "số": ["1", "2", "3"], "trống": ["x"] * 3}
    )
    columns = guess(rows).columns
    assert guess_key(rows, ["ngày", "xã"], columns) == ["ngày", "xã", "số"]
    assert guess_key(rows, ["số"], columns) == ["số"]
    assert (different_rows(rows, ["xã"]), different_rows(rows, [])) == (2, 0)
    same = pa.table({"ngày": ["1/7/2025"] * 2})
    assert guess_key(same, ["ngày"], guess(same).columns) == ["ngày"]


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=8, unique=True))
def test_any_headings_make_names_that_a_contract_can_bear(headings: list[str]) -> None:
    names = column_names(headings)
    assert len(set(names)) == len(headings)
    assert all(name.isascii() and name[0].isalpha() and len(name) < 60 for name in names)


@given(st.text(max_size=80))
def test_any_name_makes_a_code_or_is_refused(name: str) -> None:
    code = code_of(name)
    assert code == code_of(code)
    if len(code) >= 3:
        check_code(code, set())
        with pytest.raises(Refused, match="Đã có nguồn"):
            check_code(code, {code})


TABLE = [
    ["STT", "Ngày", "Tên trạm", "Trị số"],
    ["1", "01/07/2025", "Cẩm Lệ", "1.5"],
    ["2", "02/07/2025", "Câu Lâu", ""],
]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "above", [[], [["SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"], ["Bảng số liệu, tháng 7"], []]], ids=["bare", "titled"]
)
def test_headings_are_found_that_nobody_has_named(separator: str, above: list[list[str]]) -> None:
    text = "\n".join(separator.join(row) for row in [*above, *TABLE]) + "\n"
    rows = read_sheet(text.encode(), "a.csv", {}, ())
    assert rows.column_names == TABLE[0]
    assert rows["Tên trạm"].to_pylist() == ["Cẩm Lệ", "Câu Lâu"]


@pytest.mark.parametrize(
    "path", sorted(Path("packages/danang/sources").glob("*.yaml"))[:8], ids=lambda path: path.stem
)
def test_a_contract_is_written_as_it_is_read(path: Path) -> None:
    body = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = written(body)
    assert contract_of(yaml.safe_load(text)) == contract_of(body)
    assert text == written(yaml.safe_load(text))


def test_limits_stay_exact_in_the_file() -> None:
    body: dict[str, Any] = {"columns": [{"name": "a", "type": "decimal", "label": "A", "min": 0, "max": 0.1}]}
    column = yaml.safe_load(written(body))["columns"][0]
    assert (Decimal(str(column["min"])), Decimal(str(column["max"]))) == (0, Decimal("0.1"))


def test_a_step_is_open_when_all_before_it_are_done() -> None:
    body: dict[str, Any] = {"connector": {"kind": "upload"}}
    assert done_steps(body, has_sample=False) == {Step.CONNECT}
    assert not is_open(Step.COLUMNS, body, has_sample=False)
    body |= {"columns": [{}], "time": "a", "unit": {"column": "b"}, "key": ["a"], "checked": False}
    assert is_open(Step.CHECKS, body, has_sample=True)
    assert not is_open(Step.DUTIES, body, has_sample=True)
    assert is_open(Step.DUTIES, body | {"checked": True}, has_sample=True)
