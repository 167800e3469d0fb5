"""The list, one dossier and what is done to it, where dossiers wait; each role sees and does its own."""

import re
from base64 import b64decode
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.dossiers.conftest import NOW, Hall
from tests.pages.citizens.conftest import hidden
from tests.pages.dossiers.conftest import Seat

from namro.dossiers import actions
from namro.dossiers.models import Dossier
from namro.dossiers.terms import State
from namro.ground import clock
from namro.outside.signing import SANDBOX_NAME

PDF = b"%PDF-1.7\n%%EOF\n"


def press(client: Client, row: Dossier, deed: str, **said: object) -> int:
    """Do a deed, having seen the dossier as it is."""
    version = Dossier.objects.values_list("version_no", flat=True).get(pk=row.pk)
    given = {"client_id": str(uuid4()), "version": version} | said
    return client.post(f"/mot-cua/ho-so/{row.code}/lam/{deed}/", given).status_code


def offered(client: Client, row: Dossier) -> list[str]:
    """The deeds that the page offers."""
    text = client.get(f"/mot-cua/ho-so/{row.code}/").content.decode()
    return re.findall(rf"/mot-cua/ho-so/{row.code}/lam/([a-z-]+)/", text)


def test_a_dossier_goes_through_every_hand(hall: Hall, seat: Seat) -> None:
    clerk, settler, head, row = seat("clerk"), seat("settler"), seat("head"), hall.filed()
    assert offered(clerk, row)[0] == "tiep-nhan"
    assert "tiep-nhan" not in offered(settler, row)
    assert press(clerk, row, "tiep-nhan") == 302
    assert press(clerk, row, "kiem-tra") == 302
    assert offered(settler, row)[0] == "nhan"
    assert press(settler, row, "nhan") == 302
    assert press(settler, row, "chuyen-buoc", words="Đủ điều kiện") == 302
    result = SimpleUploadedFile("ket-qua.pdf", PDF)
    assert press(head, row, "quyet-dinh", words="Đồng ý", result=result) == 302
    text = clerk.get(f"/mot-cua/ho-so/{row.code}/").content.decode()
    assert f"ký số: {SANDBOX_NAME}" in text and "Đủ điều kiện" in text
    file = row.files.get(paper="ket-qua")
    path = f"/mot-cua/ho-so/{row.code}/tep/{file.pk}/?dang=p7s"
    assert path in text
    proof = clerk.get(path)
    assert f"{file.name}.p7s" in proof.headers["Content-Disposition"]
    assert b"".join(proof.streaming_content) == b64decode(file.signature["cms"])
    assert press(clerk, row, "tra-ket-qua") == 302
    row.refresh_from_db()
    assert row.state == State.RESULT_GIVEN
    assert offered(clerk, row) == []


def test_of_two_who_take_one_dossier_one_is_told_whose_it_is(hall: Hall, seat: Seat) -> None:
    row = hall.at_desk()
    assert press(seat("settler"), row, "nhan") == 302
    assert press(seat("colleague"), row, "nhan") == 422
    row.refresh_from_db()
    assert row.holder == hall.people["settler"]


def test_who_saw_an_older_dossier_is_told_and_keeps_what_was_typed(hall: Hall, seat: Seat) -> None:
    row = hall.at_desk()
    said = {"client_id": str(uuid4()), "version": 1, "words": "Thiếu bản chính"}
    answer = seat("settler").post(f"/mot-cua/ho-so/{row.code}/lam/yeu-cau-bo-sung/", said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "cập nhật; hãy xem bản mới" in text and "Thiếu bản chính" in text
    again = {"client_id": str(uuid4()), "version": row.version_no, "words": "Thiếu bản chính"}
    assert seat("settler").post(f"/mot-cua/ho-so/{row.code}/lam/yeu-cau-bo-sung/", again).status_code == 302


def test_what_is_not_ones_own_is_not_there(hall: Hall, seat: Seat) -> None:
    row = hall.at_desk()
    there = f"/mot-cua/ho-so/{row.code}/"
    hidden_from = [
        ("other_head", there), ("other_head", f"{there}phieu/"), ("administrator", "/mot-cua/"),
        ("settler", "/mot-cua/tiep-nhan/"),
    ]  # fmt: skip
    for name, path in hidden_from:
        assert seat(name).get(path).status_code == 404, (name, path)
    assert seat("inspector").get(f"/mot-cua/ho-so/{row.code}/").status_code == 200
    assert offered(seat("inspector"), row) == []
    assert press(seat("other_head"), row, "tu-choi", grounds="x") == 404
    assert press(seat("clerk"), row, "bay") == 404


def test_the_list_says_first_what_burns_and_finds_by_words_without_marks(hall: Hall, seat: Seat) -> None:
    clerk, row = seat("clerk"), hall.received()
    hall.filed()
    text = clerk.get("/mot-cua/").content.decode()
    assert "Hồ sơ một cửa: 1 chờ tiếp nhận" in text
    found = clerk.get("/mot-cua/?q=lo thi mo khai sinh").content.decode()
    assert str(row.code) in found
    assert (
        clerk.get(f"/mot-cua/?q={str(row.code).lower()}").headers["Location"] == f"/mot-cua/ho-so/{row.code}/"
    )
    with clock.at(NOW + timedelta(days=9)):
        late = clerk.get("/mot-cua/?nhom=late").content.decode()
    assert "1 quá hạn" in late and "quá hạn 4 ngày làm việc" in late
    assert "Không có hồ sơ nào khớp" in clerk.get("/mot-cua/?q=khongco").content.decode()
    assert "Không có đơn vị" in clerk.get("/mot-cua/?don_vi=zzzz").content.decode()


def test_the_list_turns_and_costs_the_same_however_long(
    hall: Hall, seat: Seat, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    clerk = seat("clerk")
    for _ in range(32):
        hall.filed()
    with django_assert_max_num_queries(20):
        text = clerk.get("/mot-cua/?nhom=to_receive").content.decode()
    further = re.search(r'rel="next" href="([^"]+)"', text)
    assert further
    assert clerk.get(further[1].replace("&amp;", "&")).content.decode().count("dossier-list") == 1


def test_a_late_dossier_gets_a_letter_by_the_decree(hall: Hall, seat: Seat) -> None:
    row = hall.at_desk()
    with clock.at(NOW + timedelta(days=9)):
        head = seat("head")
        assert press(head, row, "xin-loi", new_day="25/07/2025", reason="Thiếu người thẩm tra.") == 302
        text = head.get(f"/mot-cua/ho-so/{row.code}/").content.decode()
        path = re.search(r'href="(/mot-cua/ho-so/[^"]+/xin-loi/\d+/)"', text)
        assert path
        letter = head.get(path[1])
    word = docx.Document(BytesIO(letter.content))
    said = "\n".join(cell.text for table in word.tables for row_ in table.rows for cell in row_.cells)
    said += "\n".join(line.text for line in word.paragraphs)
    for words in (
        "ỦY BAN NHÂN DÂN PHƯỜNG HÒA KHÁNH", f"Số: 1/PXL-{row.code}", "Kính gửi: Lò Thị Mơ", "Thiếu người thẩm tra.",
        "17:30 ngày 25/07/2025", "xin lỗi vì sự chậm trễ này",
    ):  # fmt: skip
        assert words in said
    assert head.get(f"/mot-cua/ho-so/{row.code}/xin-loi/999999/").status_code == 404


def test_a_scan_of_paper_and_files_are_taken_away_by_who_may(hall: Hall, seat: Seat) -> None:
    clerk, row = seat("clerk"), hall.received()
    sent = {"key": "1", "file": SimpleUploadedFile("quet.pdf", PDF), "client_id": str(uuid4())}
    assert clerk.post(f"/mot-cua/ho-so/{row.code}/quet/", sent).status_code == 302
    file = row.files.get()
    got = seat("settler").get(f"/mot-cua/ho-so/{row.code}/tep/{file.pk}/")
    assert b"".join(got.streaming_content) == PDF
    assert seat("other_head").get(f"/mot-cua/ho-so/{row.code}/tep/{file.pk}/").status_code == 404
    bad = {"key": "1", "file": SimpleUploadedFile("quet.pdf", b"MZ"), "client_id": str(uuid4())}
    told = clerk.post(f"/mot-cua/ho-so/{row.code}/quet/", bad, follow=True).content.decode()
    assert "không thuộc loại được nhận" in told
    assert "Chưa chọn tệp nào" in clerk.post(f"/mot-cua/ho-so/{row.code}/quet/", follow=True).content.decode()


def test_where_dossiers_wait_and_a_press_that_comes_twice_hands_over_once(hall: Hall, seat: Seat) -> None:
    head = seat("head")
    rows = [hall.at_desk() for _ in range(3)]
    for row in rows:
        press(seat("settler"), row, "nhan")
    text = head.get("/mot-cua/khoi-luong/").content.decode()
    assert "Đông nhất ở bước Thẩm tra, dự thảo kết quả: 3 hồ sơ" in text
    said = {name: hidden(text, name) for name in ("client_id", "desk", "holder", "seen")}
    said |= {"many": "2", "to": str(hall.people["colleague"].pk), "reason": "Nghỉ phép"}
    for told in ("Đã giao lại 2 hồ sơ", "vừa đổi"):
        answer = head.post("/mot-cua/khoi-luong/20200/giao-lai/", said, follow=True)
        assert told in answer.content.decode()
    assert Dossier.objects.filter(holder=hall.people["colleague"]).count() == 2
    assert seat("settler").post("/mot-cua/khoi-luong/20200/giao-lai/", said).status_code == 404
    assert seat("other_head").post("/mot-cua/khoi-luong/20200/giao-lai/", said).status_code == 404


def test_the_workload_of_a_unit_costs_the_same_however_many_hold(hall: Hall, seat: Seat) -> None:
    head, holders = seat("head"), list(hall.people.values())
    costs: list[int] = []
    head.get("/mot-cua/khoi-luong/")  # what a process reads once is read
    for first, last in ((0, 2), (2, 6)):
        for holder in holders[first:last]:
            Dossier.objects.filter(pk=hall.at_desk().pk).update(holder=holder)
        with CaptureQueriesContext(connection) as asked:
            text = head.get("/mot-cua/khoi-luong/").content.decode()
        assert text.count('name="reason"') == last
        assert f'<option value="{hall.people["colleague"].pk}">' in text
        costs.append(len(asked))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("days", [0, 9])
def test_the_whole_city_is_told_by_unit_with_doors(hall: Hall, seat: Seat, days: int) -> None:
    hall.received()
    with clock.at(NOW + timedelta(days=days)):
        text = seat("inspector").get("/mot-cua/khoi-luong/").content.decode()
    assert ("Quá hạn nhiều nhất ở Phường Hòa Khánh: 1 trong 1" if days else "không hồ sơ nào quá hạn") in text
    assert "/mot-cua/khoi-luong/?don_vi=20200" in text


def test_each_verb_that_a_page_offers_is_one_of_the_state_table(hall: Hall, seat: Seat) -> None:
    row = hall.at_desk()
    assert offered(seat("settler"), row)[:2] == ["nhan", "chuyen-buoc"]
    head = offered(seat("head"), row)
    assert {"tu-choi", "giao-lai", "chuyen-don-vi"} <= set(head)
    assert not {"quyet-dinh", "xin-loi", "tra-ve-ban"} & set(head)
    actions.claim(row.pk, **hall.by("settler"))
    assert "tra-ve-ban" in offered(seat("settler"), row)
