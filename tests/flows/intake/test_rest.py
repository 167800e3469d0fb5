"""Rows that an API tells, page by page: each fault leaves a receipt and what was there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.flows.intake.api import Api, serving
from tests.flows.intake.conftest import run
from tests.sources.landing import declared, lying

from namro.outside import rest
from namro.sources.models import Batch
from namro.sources.terms import BatchState

pytestmark = pytest.mark.usefixtures("lake")
waits: list[float] = []


def told(day: int, level: object = 1.10) -> dict[str, Any]:
    """A row as the API says it."""
    return {
        "ngay": f"2025-07-0{day}",
        "ma_tram": "T1",
        "ma_xa": 20194,
        "muc_nuoc": level,
        "trang_thai": "tốt",
    }


@pytest.fixture
def api(box: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """An API with five rows; nobody waits for it as long as in life."""
    monkeypatch.setattr(rest, "LIMITS", 0.3)
    monkeypatch.setattr(rest.time, "sleep", lambda seconds: waits.append(seconds))
    monkeypatch.setenv("THU_TOKEN", "bi-mat")
    waits.clear()
    with serving() as api:
        api.rows = [told(day) for day in range(1, 6)]
        yield api


def by_api(api: Api, **settings: Any) -> list[Batch]:
    declared(connector={"kind": "rest", "url": api.url, "rows": "data", "token_env": "THU_TOKEN", **settings})
    return run()


@pytest.mark.parametrize(
    "page",
    [{"kind": "page"}, {"kind": "link"}, {"kind": "cursor", "path": "next"}],
)
def test_all_pages_are_one_batch(api: Api, page: dict[str, str]) -> None:
    [batch] = by_api(api, page=page)
    assert (batch.error, batch.rows_landed) == ("", 5)
    assert lying("muc_nuoc")[0] == ("1.1",)
    assert {token for _, token in api.asked} == {"Bearer bi-mat"}
    assert "bi-mat" not in batch.origin
    again = by_api(api, page=page)
    assert [each.pk for each in again] == [batch.pk]


def test_only_what_is_new_is_asked_for(api: Api) -> None:
    new = {"page": {"kind": "cursor"}, "cursor_param": "since"}
    declared(cursor="ngay", connector={"kind": "rest", "url": api.url, "rows": "data", **new})
    assert run()[0].cursor == "2025-07-05"
    api.rows.append(told(6))
    assert run()[0].rows_landed == 2
    assert "since=2025-07-05" in api.asked[-1][0]
    assert len(lying("ngay")) == 6


def test_a_busy_api_is_waited_for(api: Api) -> None:
    api.next = [429, 503, "half", "hang"]
    [batch] = by_api(api, page={"kind": "page"})
    assert batch.state == BatchState.FAILED
    assert waits == [1.0, 1.0, 8.0]
    api.next = [429, "hang"]
    assert by_api(api, page={"kind": "page"})[0].state == BatchState.LANDED


@pytest.mark.parametrize(
    "way, told_so",
    [
        (["hang"] * 4, "không trả lời (ReadTimeout)"),
        (["garbage"], "không phải JSON"),
        ([404], "trả lời 404"),
        (["half"] * 4, "không trả lời (RemoteProtocolError)"),
        ([500] * 4, "trả lời 500"),
    ],
)
def test_an_api_that_fails_leaves_a_receipt_and_what_was_there(
    api: Api, way: list[Any], told_so: str
) -> None:
    by_api(api, page={"kind": "page"})
    before = lying("ngay", "muc_nuoc")
    api.rows, api.next = [told(day, 9) for day in range(1, 6)], [200, *way]
    [batch] = run()
    assert batch.state == BatchState.FAILED
    assert told_so in batch.error
    assert lying("ngay", "muc_nuoc") == before
    api.next = []
    assert run()[0].rows_landed == 5


def test_an_api_of_another_shape_or_without_a_key_is_told(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    told_so = by_api(api, rows="items")[0].error
    assert "không có danh sách dòng ở «items»" in told_so
    assert told_so.endswith("trong câu trả lời có danh sách ở: «data».")
    monkeypatch.delenv("THU_TOKEN")
    assert "Chưa đặt biến môi trường THU_TOKEN" in by_api(api)[0].error
