"""A source sends its batches: signed, once however often, and answered with what came of it."""

import json
import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from tests import builders
from tests.api.conftest import Program
from tests.sources.landing import declared, lying, row

from namro.access.terms import Scope
from namro.outside.webhook import signature
from namro.sources.models import Batch

SECRET = "khoa-ky-cua-nguon"
ADDRESS = "/api/v1/sources/muc_nuoc/batches"


@pytest.fixture
def sender(lake: None, world: builders.World, program: Program, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The owner's program, with a key that may send."""
    monkeypatch.setenv("THU_KY", SECRET)
    declared(connector={"kind": "push", "secret_env": "THU_KY"}, unit={"column": "ma_xa", "codes": "units"})
    return program(world.agencies[1], Scope.BATCHES_SEND)


def send(
    client: Client,
    rows: list[dict[str, Any]],
    *,
    number: UUID | str = "",
    ago: int = 0,
    secret: str = SECRET,
    **more: Any,
) -> HttpResponse:
    """Send rows as a program does."""
    body, name, stamp = (
        json.dumps({"rows": rows, **more}).encode(),
        str(number or uuid4()),
        str(int(time.time()) - ago),
    )
    signed = {
        "webhook-id": name, "webhook-timestamp": stamp,
        "webhook-signature": signature(secret.encode(), name, stamp, body),
    }  # fmt: skip
    return client.post(ADDRESS, body, content_type="application/json", headers=signed)


def test_a_batch_lands_once_and_is_answered_with_its_receipt(sender: Client) -> None:
    number = uuid4()
    rows = [row({"Mực nước": 1.5}), row({"Mã trạm": "T2", "Mực nước": 99})]
    for _ in range(2):
        answer = send(sender, rows, number=number)
        assert answer.status_code == 200, answer.content
        told = answer.json()
        assert (told["id"], told["state"], told["rows_landed"]) == (str(number), "landed", 1)
        assert told["held"] == [{"row": 2, "reasons": ["«Mực nước»: «99» lớn hơn mức cho phép 15,5."]}]
    assert lying("ma_tram", "muc_nuoc") == [("T1", "1.5")]
    assert Batch.objects.count() == 1
    corrected = send(sender, [row({"Mực nước": 2})], replaces=str(number))
    assert corrected.json()["state"] == "landed"
    assert lying("muc_nuoc") == [("2",)]
    assert [each["rows_landed"] for each in sender.get(ADDRESS).json()] == [1, 1]


def test_what_is_not_signed_now_by_its_sender_is_refused(sender: Client) -> None:
    refused = {
        "Chữ ký của lô không đúng": send(sender, [row()], secret="khác"),
        "lệch quá 5 phút": send(sender, [row()], ago=301),
        "phải là một UUID": send(sender, [row()], number="lo-1"),
        "Không có lô đã nhận": send(sender, [row()], replaces=str(uuid4())),
        "Tham số không hợp lệ: rows": send(sender, []),
        "Thiếu cột": send(sender, [{"a": 1}]),
    }
    for told, answer in refused.items():
        assert answer.status_code == 422, told
        assert told in answer.json()["detail"]
    assert lying("ma_tram") == []


def test_a_source_of_others_does_not_exist(sender: Client, world: builders.World, program: Program) -> None:
    assert send(program(world.agencies[0], Scope.BATCHES_SEND), [row()]).status_code == 404
    assert send(program(world.city, Scope.UNITS_READ), [row()]).status_code == 403
    assert send(Client(), [row()]).status_code == 401
    declared(unit={"column": "ma_xa", "codes": "units"})
    assert send(sender, [row()]).status_code == 404
