"""The pages of procedures: open to everybody, told with their doubts; imports are for those who may publish."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import builders
from tests.builders import TODAY, World
from tests.pages.reading import text_of
from tests.procedures.conftest import package
from tests.procedures.records import lines, record

from namro.ground import clock
from namro.ground.numbers import format_money
from namro.organisation.terms import Role
from namro.procedures.actions import load_package
from namro.procedures.models import ProcedureImport, Succession

Enter = Callable[[Role], Client]
SCRIPT = "</script><script>alert(1)</script>"


@pytest.fixture
def world(db: None, tmp_path: Path) -> Iterator[World]:
    """A small world with a catalogue, some records of which are doubtful."""
    method = {
        "method": "Trực tiếp",
        "time_limit": "10-25",
        "fee": "135 VNĐ (135.000 đồng/lần)",
        "description": "",
    }
    doubtful = record("2.000001", submission_methods=[method], agency="", name=f"Thủ tục nghi ngờ {SCRIPT}")
    with clock.at(TODAY):
        made = builders.world()
        load_package(package(tmp_path, lines() + b"\n" + lines(doubtful)))
        yield made


@pytest.mark.usefixtures("world")
def test_everybody_finds_and_reads() -> None:
    client = Client()
    assert "Sinh con" in text_of(client, "/thu-tuc/")
    found = text_of(client, "/thu-tuc/?q=cap+doi+can+cuoc")
    assert found.index("/thu-tuc/1.000003/") < found.index("/thu-tuc/1.000004/")
    assert "2 thủ tục" in text_of(client, "/thu-tuc/?su_kien=sinh-con")
    assert "Không có thủ tục nào khớp" in text_of(client, "/thu-tuc/?q=tau+vu+tru&cap=khong-co")
    assert text_of(client, "/thu-tuc/9.999999/", 404)


@pytest.mark.usefixtures("world")
def test_a_procedure_can_be_read_by_a_machine_and_its_name_runs_nothing() -> None:
    text = text_of(Client(), "/thu-tuc/2.000001/")
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    said = json.loads(block)
    assert (said["@type"], said["identifier"]) == ("GovernmentService", "2.000001")
    assert said["name"].endswith(SCRIPT)
    assert SCRIPT not in text
    assert '<link rel="canonical" href="http://testserver/thu-tuc/2.000001/">' in text
    assert text.count("<h1") == 1


@pytest.mark.usefixtures("world")
def test_doubts_stand_beside_their_part_and_nothing_is_mended() -> None:
    text = text_of(Client(), "/thu-tuc/2.000001/")
    for words in (
        "Nguồn không ghi cơ quan thực hiện",
        "Có mức phí nhỏ bất thường",
        "Nguồn ghi: “10-25”",
        "135 VNĐ",
    ):
        assert words in text
    sound = text_of(Client(), "/thu-tuc/1.000001/")
    assert "5 ngày làm việc" in sound
    assert (
        format_money(50_000) in Client().get("/thu-tuc/1.000001/").content.decode()
    )  # never broken at a line
    assert 'class="doubt"' not in sound


@pytest.mark.usefixtures("world")
def test_the_checklist_is_of_ones_case() -> None:
    every = text_of(Client(), "/thu-tuc/1.000001/can-gi/")
    one = text_of(Client(), "/thu-tuc/1.000001/can-gi/?truong_hop=2")
    papers = ("Tờ khai", "Giấy chứng sinh", "Lời khai của người làm chứng")
    assert [words in every for words in papers] == [True, True, True]
    assert [words in one for words in papers] == [True, False, True]
    assert text_of(Client(), "/thu-tuc/1.000001/can-gi/?truong_hop=99")


@pytest.mark.usefixtures("world")
def test_an_old_code_leads_on(django_assert_max_num_queries: Any) -> None:
    client = Client()
    assert client.get("/thu-tuc/1.900001/")["Location"] == "/thu-tuc/1.000001/?thay=1.900001"
    assert client.get("/thu-tuc/?q=1.900001")["Location"] == "/thu-tuc/1.900001/"
    assert "1.900002" in text_of(client, "/thu-tuc/1.000001/")
    Succession.objects.create(old_code="1.900001", new_code="1.000007", basis="Tách thủ tục")
    both = text_of(client, "/thu-tuc/1.900001/")
    assert "/thu-tuc/1.000001/" in both
    assert "Tách thủ tục" in both


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("path", ["", "?q=khai+sinh", "1.000001/", "1.000001/can-gi/", "1.000001/lich-su/"])
def test_a_page_asks_a_bounded_number_of_times(path: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        text_of(Client(), f"/thu-tuc/{path}")


def test_the_worklist_counts_each_doubt_and_leads_to_its_procedures(world: World, signed_in: Enter) -> None:
    client = signed_in(Role.CLERK)
    assert '<a class="door" href="/thu-tuc/can-ra/?co=fee_doubtful">1</a>' in text_of(
        client, "/thu-tuc/can-ra/"
    )
    assert "/thu-tuc/2.000001/" in text_of(client, "/thu-tuc/can-ra/?co=fee_doubtful")
    assert text_of(client, "/thu-tuc/nhap/", 404)
    assert Client().get("/thu-tuc/can-ra/").status_code == 302


def test_a_person_sends_a_file_sees_what_it_changes_and_publishes_it(world: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    file = SimpleUploadedFile(
        "moi.jsonl",
        lines(record("1.000001", name="Khai sinh lưu động", result="Giấy khai sinh"), record("3.000001"))
        + b"\n{}",
    )
    answer = client.post(
        "/thu-tuc/nhap/", {"file": file, "client_id": str(uuid4()), "source_as_of": "hôm qua"}
    )
    assert answer.status_code == 302
    here = answer["Location"]
    seen = text_of(client, here)
    assert "<del>Giấy chứng nhận</del>" in seen
    assert "<ins>Giấy khai sinh</ins>" in seen
    assert "Dòng 3: thiếu “code”" in seen
    assert "3.000001" not in text_of(client, f"{here}?loai=changed")
    assert json.loads(text_of(client, f"{here}dong-sai/"))["line"] == 3
    assert client.post(here, {"deed": "publish", "valid_from": "31/02/2025"}).status_code == 422
    assert client.post(here, {"deed": "publish", "valid_from": "09/07/2026"}).status_code == 422
    assert client.post(here, {"deed": "publish", "valid_from": "09/07/2025"}).status_code == 302
    text = text_of(Client(), "/thu-tuc/1.000001/lich-su/")
    assert "<ins>Giấy khai sinh</ins>" in text
    assert str(world.people[Role.SECRETARIAT].full_name) not in text
    assert "Giấy khai sinh" in text_of(Client(), "/thu-tuc/1.000001/")
    past = text_of(Client(), "/thu-tuc/1.000001/?ngay=2025-07-08")
    assert "Giấy khai sinh" not in past
    assert "Khai sinh lưu động" not in past, "a past day bears the name of its time"
    assert "08/07/2025" in past


def test_a_file_that_is_none_is_refused_in_place_and_an_import_can_be_left(
    world: World, signed_in: Enter
) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    answer = client.post("/thu-tuc/nhap/", {"file": SimpleUploadedFile("a.jsonl", b"xin chao")})
    assert answer.status_code == 422
    assert "không phải JSON hợp lệ" in answer.content.decode()
    client.post(
        "/thu-tuc/nhap/",
        {"file": SimpleUploadedFile("a.jsonl", lines(record("3.000001"))), "is_complete": "on"},
    )
    left = ProcedureImport.objects.get(received_by=world.people[Role.ADMINISTRATOR])
    assert left.ended == 11
    assert client.post(f"/thu-tuc/nhap/{left.client_id}/", {"deed": "discard"}).status_code == 302
    assert "Đã bỏ" in text_of(client, "/thu-tuc/nhap/")
