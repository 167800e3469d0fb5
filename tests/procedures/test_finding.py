"""A procedure is found as a citizen would: without marks, by code, by what is said, by what happened; page by page."""

from pathlib import Path
from typing import Any

import pytest
from tests.procedures.records import NAMES, record

from namro.procedures import queries
from namro.procedures.models import Procedure
from namro.procedures.queries import Asked

pytestmark = pytest.mark.usefixtures("catalogue")


def codes(**asked: Any) -> list[str]:
    """Return the codes found, best first."""
    return [row.code for row in queries.page_of(Asked(**asked)).procedures]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("cap doi can cuoc", "1.000003"),
        ("CẤP ĐỔI THẺ CĂN CƯỚC", "1.000003"),
        ("hoà giải", "1.000005"),
        ("hòa giải", "1.000005"),
        ("sổ đỏ", "1.000006"),
        ("doi so do", "1.000006"),
        ("khai sinh", "1.000001"),
        ("khai si", "1.000001"),
        ("1.000009", "1.000009"),
        ("đổi giấy phép lái xe bị mất", "1.000009"),
    ],
)
def test_the_first_answer_is_the_one_that_was_meant(words: str, first: str) -> None:
    assert codes(words=words)[0] == first


def test_the_beginning_of_a_code_finds_all_that_begin_so() -> None:
    assert set(codes(words="1.0000")) == set(NAMES)
    assert codes(words="1.00001") == ["1.000010"]


def test_what_nothing_means_finds_nothing() -> None:
    assert codes(words="tàu vũ trụ") == []
    assert codes(words="'); DROP & | !") == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"event": "sinh-con"}, {"1.000001", "1.000002"}),
        ({"event": "nha-dat"}, {"1.000005", "1.000006"}),
        ({"field": "Thuế"}, {"1.000010"}),
        ({"level": "tinh"}, {"1.000004"}),
        ({"applicant": "Công dân Việt Nam", "words": "ket hon"}, {"1.000007"}),
        ({"online": True}, set(NAMES)),
        ({"ended": True}, set()),
        ({"flag": "agency_missing"}, set()),
    ],
)
def test_the_list_is_narrowed(asked: dict[str, Any], found: set[str]) -> None:
    assert set(codes(**asked)) == found


@pytest.mark.parametrize("words", ["", "cap", "doi giay phep lai xe bi mat"])
@pytest.mark.parametrize("size", [1, 3])
def test_pages_by_key_show_each_once_and_none_twice(words: str, size: int) -> None:
    asked, seen, after = Asked(words=words), [], ""
    while True:
        page = queries.page_of(asked, after=after, size=size)
        seen += [row.code for row in page.procedures]
        after = page.after
        if not after:
            break
    assert seen == [row.code for row in queries.page_of(asked, size=100).procedures]
    assert len(set(seen)) == len(seen) > 0


def test_a_cursor_that_nobody_made_begins_at_the_beginning() -> None:
    assert len(queries.page_of(Asked(), after="x' OR 1=1").procedures) == len(NAMES)


def test_counts_of_ways_in(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert {event.code: n for event, n in queries.events_with_counts()} == {"sinh-con": 2, "nha-dat": 2}
    assert queries.count_up_to(Asked(field="Hộ tịch")) == 3
    assert dict(queries.facets().fields)["Đất đai"] == 2


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    row = Procedure.objects.get(code="1.000001")
    Procedure.objects.bulk_create(
        [
            Procedure(code=f"2.{n:06}", current_id=row.current_id, name=row.name, levels=[], applicants=[],
                      field=row.field, is_online=False, flags=[], order_key="a", folded_rest="",
                      folded_name=row.folded_name)
            for n in range(60)
        ]
    )  # fmt: skip
    with django_assert_max_num_queries(2):
        page = queries.page_of(Asked(words="khai sinh"))
    assert len(page.procedures) == 30


def test_an_old_code_leads_to_the_last_one_and_never_in_a_circle(catalogue: Path) -> None:
    assert [step.new_code for step in queries.successors_of("1.900001")] == ["1.000001"]
    assert queries.successors_of(record()["code"]) == []
    queries.predecessors_of("1.000001")[0]._meta.model.objects.create(
        old_code="1.000001", new_code="1.900001", basis="x"
    )
    assert len(queries.successors_of("1.900001")) <= 3
