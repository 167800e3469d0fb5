"""Reception: a person with forty others behind them is served with few keys, and nothing is received twice."""

import re
from typing import Any
from uuid import uuid4

import pytest
from tests.dossiers.conftest import BIRTH, Hall
from tests.pages.dossiers.conftest import Seat

from namro.audit.models import Entry
from namro.dossiers.models import Applicant, Dossier
from namro.dossiers.terms import Channel, PaymentState, State
from namro.ground import clock
from namro.procedures.models import Procedure

PERSON = {
    "kind": "citizen",
    "number": "048099000777",
    "name": "Nông Văn Thử",
    "phone": "0905",
    "channel": "desk",
}


def typed(**changed: Any) -> dict[str, Any]:
    """What a clerk sends for a birth at the own ward, all papers there."""
    said = PERSON | {"unit": "Phường Hòa Khánh (20200)", "papers": ["1", "2", "3"], "client_id": str(uuid4())}
    return said | changed


def test_a_procedure_is_found_by_some_letters_and_one_opens_at_once(seat: Seat) -> None:
    clerk = seat("clerk")
    assert clerk.get("/mot-cua/tiep-nhan/?q=khai sinh").headers["Location"] == f"/mot-cua/tiep-nhan/{BIRTH}/"
    assert "Không thủ tục nào khớp" in clerk.get("/mot-cua/tiep-nhan/?q=zzzz").content.decode()
    many = clerk.get("/mot-cua/tiep-nhan/?q=a").content.decode()
    assert clerk.get("/mot-cua/tiep-nhan/1.999999/").status_code == 404
    assert "autofocus" in many


def test_received_checked_and_sent_in_one_press_and_sent_twice_received_once(seat: Seat) -> None:
    clerk, said = seat("clerk"), typed(do="send")
    slips = {clerk.post(f"/mot-cua/tiep-nhan/{BIRTH}/", said).headers["Location"] for _ in range(2)}
    row = Dossier.objects.get()
    assert slips == {f"/mot-cua/ho-so/{row.code}/phieu/?moi=1"}
    assert (row.state, row.unit.code, row.applicant.name) == (State.IN_PROCESS, "20200", "Nông Văn Thử")  # type: ignore[union-attr]
    slip = clerk.get(slips.pop()).content.decode()
    assert str(row.code) in slip and "17:30 16/07/2025" in slip and "Người tiếp theo" in slip
    assert "Lời khai của người làm chứng" in slip
    assert clerk.get("/mot-cua/tiep-nhan/").content.decode().count(f"/mot-cua/tiep-nhan/{BIRTH}/") == 1


def test_what_lacks_stays_at_the_desk_and_is_told(seat: Seat) -> None:
    clerk = seat("clerk")
    clerk.post(f"/mot-cua/tiep-nhan/{BIRTH}/", typed(do="keep", papers=["1"]))
    row = Dossier.objects.get()
    assert row.state == State.RECEIVED
    assert "Thiếu khi nhận tại quầy" in clerk.get(f"/mot-cua/ho-so/{row.code}/").content.decode()


def test_a_dossier_is_received_for_any_unit_and_its_fee_taken(hall: Hall, seat: Seat) -> None:
    clerk = seat("clerk")
    assert "Đã thu" in clerk.get(f"/mot-cua/tiep-nhan/{BIRTH}/").content.decode()
    clerk.post(f"/mot-cua/tiep-nhan/{BIRTH}/", typed(unit="hoa vang", do="keep", fee_taken="on"))
    row = Dossier.objects.get()
    assert (row.unit.code, row.received_unit.code, row.fee) == ("20320", "20200", 50_000)
    assert row.fee_paid_at is not None and not row.paid_online
    assert f"/mot-cua/ho-so/{row.code}/" in clerk.get("/mot-cua/?tiep_nhan=thay&nhom=all").content.decode()
    assert str(row.code) in seat("other_clerk").get("/mot-cua/?nhom=running").content.decode()


def test_a_dossier_by_post_pays_the_sum_of_the_post(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    for reader in ("namro.pages.dossiers.forms.fee_of", "namro.dossiers.actions.receiving.fee_of"):
        monkeypatch.setattr(reader, lambda record, channel: 30_000 if channel == Channel.POST else 50_000)
    clerk, there = seat("clerk"), f"/mot-cua/tiep-nhan/{BIRTH}/"
    assert "Đã thu 50.000" in clerk.get(there).content.decode()
    shown = clerk.post(there, typed(do="show", channel="post")).content.decode()
    assert "Đã thu 30.000" in shown and "Xem mức thu của cách nộp đã chọn" in shown
    assert not Dossier.objects.exists()
    clerk.post(there, typed(do="keep", channel="post", fee_taken="on"))
    assert Dossier.objects.get().fee == 30_000


def test_a_fee_that_the_clerk_says_is_taken_before_the_dossier_goes_on(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reader in ("namro.pages.dossiers.forms.fee_of", "namro.dossiers.actions.receiving.fee_of"):
        monkeypatch.setattr(reader, lambda record, channel: None)  # the text states no sum
    clerk, said = seat("clerk"), typed(do="send", fee="20.000", fee_taken="on")
    for _ in range(2):
        slip = clerk.post(f"/mot-cua/tiep-nhan/{BIRTH}/", said).headers["Location"]
        assert clerk.get(slip).status_code == 200
    row = Dossier.objects.get()
    assert (row.state, row.fee, row.fee_paid_at is not None) == (State.IN_PROCESS, 20_000, True)
    assert [(each.amount, each.state) for each in row.payments.all()] == [(20_000, PaymentState.PAID)]


def test_a_person_who_came_before_is_known_to_the_clerk_alone(hall: Hall, seat: Seat) -> None:
    asked = {"kind": "citizen", "number": "048 099 000 001"}
    path = "/mot-cua/tiep-nhan/nguoi-nop/"
    assert seat("clerk").post(path, asked).json()["name"] == hall.citizen.name
    assert seat("clerk").post(path, {"kind": "citizen", "number": "1"}).json() == {}
    assert seat("settler").post(path, asked).status_code == 404
    assert seat("clerk").get(path).status_code == 405


def test_who_looks_people_up_is_logged_and_counted(hall: Hall, seat: Seat, settings: Any) -> None:
    clerk, path = seat("clerk"), "/mot-cua/tiep-nhan/nguoi-nop/"
    asked = {"kind": "citizen", "number": "048099000001"}
    assert clerk.post(path, asked).status_code == 200
    settings.NAMRO_LOOKUPS_PER_HOUR = 0  # not one: an hour may end between two askings
    told = clerk.post(path, asked)
    assert told.status_code == 429 and "quá nhiều người nộp" in told.json()["refused"]
    logged = Entry.objects.filter(verb="look_up_applicant", by_id=hall.people["clerk"].pk)
    assert [each.key for each in logged] == [str(hall.citizen.pk)]


def test_a_clerk_changes_nobodys_name_and_no_number_of_a_wrong_form_is_taken(hall: Hall, seat: Seat) -> None:
    clerk, there = seat("clerk"), f"/mot-cua/tiep-nhan/{BIRTH}/"
    known = {"number": "048099000001", "phone": "0906"}
    assert "họ tên khác" in clerk.post(there, typed(name="Người Khác", **known)).content.decode()
    wrong = clerk.post(there, typed(number="0480990007")).content.decode()
    assert "Số này không đúng dạng" in wrong
    assert not Dossier.objects.exists()
    assert clerk.post(there, typed(name="LÒ THỊ  MƠ", **known)).status_code == 302
    hall.citizen.refresh_from_db()
    assert (hall.citizen.name, hall.citizen.phone) == ("Lò Thị Mơ", "0906")


def test_what_is_missing_is_said_beside_its_field_and_the_rest_stays(seat: Seat) -> None:
    before = Applicant.objects.count()
    answer = seat("clerk").post(f"/mot-cua/tiep-nhan/{BIRTH}/", typed(name="", unit="Không Có", papers=["2"]))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy điền mục này" in text and "Không Có" in text and "048099000777" in text
    assert not Dossier.objects.exists() and Applicant.objects.count() == before


def test_another_case_keeps_what_was_typed_and_asks_nothing_yet(seat: Seat) -> None:
    clerk, there = seat("clerk"), f"/mot-cua/tiep-nhan/{BIRTH}/"
    asked = clerk.get(there).content.decode()
    assert 'value="show"' in asked and "Giấy chứng sinh" in asked
    answer = clerk.post(there, typed(do="show", case="2", name="", birth_day="01/02/1990"))
    text = answer.content.decode()
    assert answer.status_code == 200 and not Dossier.objects.exists()
    assert 'value="048099000777"' in text and 'value="0905"' in text and 'value="01/02/1990"' in text
    assert "Lời khai của người làm chứng" in text and "Giấy chứng sinh" not in text
    assert "Hãy điền mục này" not in text
    clerk.post(there, typed(do="keep", case="2", papers=["1", "3"]))
    assert Dossier.objects.get().filled["case"] == 2


def test_what_is_not_the_usual_is_not_folded_away(seat: Seat) -> None:
    clerk, there = seat("clerk"), f"/mot-cua/tiep-nhan/{BIRTH}/"
    fold = re.compile(r'<details class="fold"( open)?><summary>Công dân, nộp trực tiếp')

    def is_open(text: str) -> bool:
        found = fold.search(text)
        assert found
        return bool(found[1])

    assert not is_open(clerk.get(there).content.decode())
    assert not is_open(clerk.post(there, typed(name="")).content.decode())
    for unusual in ({"channel": "post"}, {"kind": "business", "number": "0400000001"}, {"unit": "hoa vang"}):
        assert is_open(clerk.post(there, typed(name="", **unusual)).content.decode()), unusual


def test_a_procedure_that_has_ended_says_so_and_leads_to_its_page(seat: Seat) -> None:
    row = Procedure.objects.get(code=BIRTH)
    end = row.versions.get()
    end.pk, end.number, end.is_end, end.body, end.valid_from = None, end.number + 1, True, None, clock.today()
    end.save()
    answer = seat("clerk").get(f"/mot-cua/tiep-nhan/{BIRTH}/", follow=True)
    assert answer.redirect_chain == [(f"/thu-tuc/{BIRTH}/", 302)]
    assert "không nhận hồ sơ mới" in answer.content.decode()


def test_what_the_index_counts_is_ticked_at_reception_and_mended_later(seat: Seat) -> None:
    clerk = seat("clerk")
    said = typed(do="send", uses_population_data="on", needs_paper_result="on")
    clerk.post(f"/mot-cua/tiep-nhan/{BIRTH}/", said)
    row = Dossier.objects.get()
    assert (row.uses_population_data, row.needs_paper_result) == (True, True)
    page = clerk.get(f"/mot-cua/ho-so/{row.code}/").content.decode()
    assert "cần kết quả bản giấy<br>Cơ sở dữ liệu quốc gia về dân cư" in page
    deed = f"/mot-cua/ho-so/{row.code}/lam/du-lieu/"
    wrong = clerk.post(deed, {"certified_copies": "1", "client_id": str(uuid4()), "version": row.version_no})
    assert wrong.status_code == 422 and "Hồ sơ có 0 tệp PDF mang chữ ký số" in wrong.content.decode()
    clerk.post(deed, {"certified_copies": "0", "client_id": str(uuid4()), "version": row.version_no})
    row.refresh_from_db()
    assert (row.uses_population_data, row.needs_paper_result) == (False, False)
