"""Filing online, on a phone with a weak line: nothing is lost, nothing is doubled, nobody sees another's."""

import re
from datetime import timedelta
from urllib.parse import quote_plus
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.dossiers.conftest import BIRTH, NOW, Hall
from tests.pages.citizens.conftest import SOMEBODY_ELSE, Enter, hidden

from namro.dossiers import actions
from namro.dossiers.models import Dossier, DossierFile
from namro.dossiers.terms import State
from namro.ground import clock
from namro.outside.identity import Sandbox

PDF = b"%PDF-1.7\n%%EOF\n"
WHERE = {"unit": "hoa khanh", "phone": "0905 000 111", "email": "", "words": "", "case": "0"}


def begun(client: Client) -> Dossier:
    """A draft, by the first page; its unit typed without marks."""
    answer = client.post(f"/nop-ho-so/{BIRTH}/", WHERE | {"client_id": str(uuid4())})
    assert answer.status_code == 302
    return Dossier.objects.latest("pk")


def send_paper(client: Client, row: Dossier, content: bytes = PDF, key: str = "1", number: str = "") -> int:
    sent = SimpleUploadedFile("to-khai.pdf", content)
    path = f"/nop-ho-so/ban-nhap/{row.client_id}/giay/{key}/"
    return client.post(path, {"file": sent, "client_id": number or str(uuid4())}).status_code


def test_from_the_procedure_to_the_receipt(come_in: Enter) -> None:
    client = come_in()
    assert "Thủ tục đăng ký khai sinh" in client.get(f"/nop-ho-so/{BIRTH}/").content.decode()
    row = begun(client)
    assert row.unit.code == "20200" and row.filled["phone"] == "0905 000 111"
    number = str(uuid4())
    assert [send_paper(client, row, number=number) for _ in range(2)] == [302, 302]
    assert row.files.count() == 1
    text = client.get(f"/nop-ho-so/ban-nhap/{row.client_id}/").content.decode()
    assert "to-khai.pdf" in text and "Còn 2 giấy tờ chưa có tệp" in text and "Không thu phí" in text
    there = f"/nop-ho-so/ban-nhap/{row.client_id}/nop/"
    assert client.post(there, {"client_id": str(uuid4())}).status_code == 422
    row.refresh_from_db()
    assert row.state == State.DRAFT
    sent = {"client_id": str(uuid4()), "agree": "on"}
    receipts = {client.post(there, sent).headers["Location"] for _ in range(2)}
    row.refresh_from_db()
    assert receipts == {f"/ho-so-cua-toi/{row.code}/phieu/"}
    assert row.state == State.SUBMITTED
    receipt = client.get(receipts.pop()).content.decode()
    assert str(row.code) in receipt and "data:image/svg+xml" in receipt and "Chưa có ngày hẹn" in receipt


def test_a_draft_under_an_older_text_is_shown_anew_before_it_is_filed(come_in: Enter) -> None:
    client = come_in()
    row = begun(client)
    newer = row.procedure.versions.get()
    newer.pk, newer.number, newer.valid_from = None, newer.number + 1, clock.today()
    newer.save()
    there, sent = f"/nop-ho-so/ban-nhap/{row.client_id}/nop/", {"client_id": str(uuid4()), "agree": "on"}
    answer = client.post(there, sent)
    assert answer.status_code == 422
    assert "bản nháp đã chuyển sang bản mới" in answer.content.decode()
    assert client.post(there, sent).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.version_id) == (State.SUBMITTED, newer.pk)


def test_a_file_that_is_not_what_its_name_says_is_refused_beside_its_paper(come_in: Enter) -> None:
    client = come_in()
    row = begun(client)
    sent = SimpleUploadedFile("to-khai.pdf", b"MZ\x90\x00")
    answer = client.post(
        f"/nop-ho-so/ban-nhap/{row.client_id}/giay/2/", {"file": sent, "client_id": str(uuid4())}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert text.index("không thuộc loại được nhận") > text.index('id="giay-2"')
    assert send_paper(client, row, key="99") == 422
    assert client.post(f"/nop-ho-so/ban-nhap/{row.client_id}/giay/1/", {}).status_code == 422
    assert not DossierFile.objects.exists()


def test_a_paper_that_was_handed_in_is_used_again_and_may_be_left_out(hall: Hall, come_in: Enter) -> None:
    client = come_in()
    before = hall.received()
    actions.ask_supplement(before.pk, words="Thiếu tờ khai", **hall.by("clerk"))
    paper = actions.take_paper("1", "cu.pdf", PDF)
    actions.attach(before.pk, paper=paper, **hall.by("citizen"))
    row = begun(client)
    text = client.get(f"/nop-ho-so/ban-nhap/{row.client_id}/").content.decode()
    assert "Hoặc dùng lại giấy đã nộp" in text
    held = before.files.get()
    path = f"/nop-ho-so/ban-nhap/{row.client_id}/dung-lai/1/"
    assert client.post(path, {"file": held.pk, "client_id": str(uuid4())}).status_code == 302
    again = row.files.get()
    assert again.reused_from_id == held.pk
    assert client.post(f"/nop-ho-so/ban-nhap/{row.client_id}/bo/{again.pk}/").status_code == 302
    assert not row.files.filter(is_dropped=False).exists()


def test_what_was_refused_keeps_what_was_typed(come_in: Enter) -> None:
    answer = come_in().post(f"/nop-ho-so/{BIRTH}/", WHERE | {"unit": "Phường Không Có", "phone": "abc"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Phường Không Có" in text and "không gọi được" in text
    assert not Dossier.objects.exists()


def test_the_last_time_is_remembered(come_in: Enter) -> None:
    client = come_in()
    begun(client)
    text = client.get("/nop-ho-so/1.000003/").content.decode()
    assert 'value="0905 000 111"' in text and "Phường Hòa Khánh (20200)" in text


def test_another_persons_things_are_not_there(hall: Hall, come_in: Enter) -> None:
    row, filed = begun(come_in()), hall.filed()
    other = come_in(SOMEBODY_ELSE)
    for path in (f"/nop-ho-so/ban-nhap/{row.client_id}/", f"/ho-so-cua-toi/{filed.code}/",
                 f"/ho-so-cua-toi/{filed.code}/phieu/"):  # fmt: skip
        assert other.get(path).status_code == 404, path
    assert send_paper(other, row) == 404
    assert other.post(f"/ho-so-cua-toi/{filed.code}/lam/rut/", {"client_id": str(uuid4())}).status_code == 404


def test_a_supplement_is_answered_and_the_result_fetched_and_rated_once(hall: Hall, come_in: Enter) -> None:
    client, row = come_in(), hall.at_last_desk()
    actions.ask_supplement(row.pk, words="Thiếu giấy chứng sinh", **hall.by("settler"))
    own = f"/ho-so-cua-toi/{row.code}/"
    assert "Thiếu giấy chứng sinh" in client.get(own).content.decode()
    assert send_paper(client, row, key="2") == 302
    assert (
        client.post(f"{own}lam/bo-sung/", {"client_id": str(uuid4()), "words": "Đã gửi"}).status_code == 302
    )
    result = actions.take_paper("ket-qua", "giay.pdf", PDF)
    signature = {"name": "Nơi thử", "cms": "QUJD"}
    actions.decide(row.pk, result=result, signature=signature, **hall.by("head"))
    file = row.files.get(paper="ket-qua")
    there = f"/ho-so-cua-toi/tep/{row.client_id}/{file.pk}/"
    assert [client.get(f"{there}{form}").status_code for form in ("", "?dang=p7s")] == [404, 404]
    number = hidden(client.get(own).content.decode(), "client_id")
    for _ in range(2):
        assert client.post(f"{own}nhan/", {"client_id": number}).status_code == 302
    got, proof = client.get(there), client.get(f"{there}?dang=p7s")
    assert b"".join(got.streaming_content) == PDF
    assert b"".join(proof.streaming_content) == b"ABC"
    assert f"{there}?dang=p7s" in client.get(own).content.decode()
    assert got.headers["Content-Disposition"].startswith("attachment")
    word = {"handling": "5", "is_settlement_liked": "1", "words": "Nhanh"}
    told = [
        client.post(f"{own}lam/danh-gia/", word | {"client_id": str(uuid4())}).status_code for _ in range(2)
    ]
    assert told == [302, 422]
    row.refresh_from_db()
    assert (row.state, row.satisfaction.handling) == (State.RESULT_GIVEN, 5)
    assert "đánh giá 5/5" in client.get(own).content.decode()


def test_a_dossier_is_taken_back(hall: Hall, come_in: Enter) -> None:
    client, row = come_in(), hall.filed()
    assert client.post(f"/ho-so-cua-toi/{row.code}/lam/rut/", {"client_id": str(uuid4())}).status_code == 302
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert "Hồ sơ đã rút" in client.get(f"/ho-so-cua-toi/{row.code}/").content.decode()
    assert client.post(f"/ho-so-cua-toi/{row.code}/lam/bay/").status_code == 404


def test_own_dossiers_cost_the_same_however_many(
    hall: Hall, come_in: Enter, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client = come_in()
    for _ in range(22):
        hall.filed()
    begun(client)
    with django_assert_max_num_queries(16):
        text = client.get("/ho-so-cua-toi/").content.decode()
    assert "Bản nháp chưa nộp" in text and "?sau=" in text


def test_what_is_typed_on_the_draft_is_kept_until_it_was_saved(come_in: Enter) -> None:
    client = come_in()
    row = begun(client)
    page = f"/nop-ho-so/ban-nhap/{row.client_id}/"
    assert f'data-draft="filing-{row.client_id}"' in client.get(page).content.decode()
    assert client.post(page, WHERE | {"phone": "0905 999 999"}).status_code == 302
    assert f'name="draft-taken" content="filing-{row.client_id}"' in client.get(page).content.decode()


def test_what_is_sent_after_the_visit_has_ended_is_said_to_be_lost_and_leads_back_to_its_page(
    come_in: Enter,
) -> None:
    row = begun(come_in())
    page, client = f"/nop-ho-so/ban-nhap/{row.client_id}/", Client()
    headers = {"Referer": f"http://testserver{page}"}
    answer = client.post(f"{page}nop/", {"agree": "on"}, headers=headers)
    assert answer.headers["Location"] == f"/cong-dan/vao/?next={quote_plus(page)}"
    assert "chưa được nhận" in client.get(answer.headers["Location"]).content.decode()
    elsewhere = client.post(f"{page}nop/", headers={"Referer": "https://noi.khac/"})
    assert elsewhere.headers["Location"] == "/cong-dan/vao/"


def test_a_procedure_that_has_ended_is_not_a_bare_not_there(come_in: Enter) -> None:
    client = come_in()
    end = begun(client).procedure.versions.get()
    end.pk, end.number, end.is_end, end.body, end.valid_from = None, end.number + 1, True, None, clock.today()
    end.save()
    answer = client.get(f"/nop-ho-so/{BIRTH}/", follow=True)
    assert answer.redirect_chain == [(f"/thu-tuc/{BIRTH}/", 302)]
    assert "không nhận hồ sơ mới" in answer.content.decode()
    assert client.get("/nop-ho-so/1.999999/").status_code == 404


def test_the_applicant_has_the_letter_of_apology_and_nobody_elses(hall: Hall, come_in: Enter) -> None:
    row = hall.at_desk()
    with clock.at(NOW + timedelta(days=9)):
        said = {"new_at": NOW + timedelta(days=16), "reason": "Thiếu người thẩm tra."}
        actions.apologise(row.pk, **said, **hall.by("head"))
        client = come_in()
        path = f"/ho-so-cua-toi/{row.code}/xin-loi/{row.apologies.get().pk}/"
        assert path in client.get(f"/ho-so-cua-toi/{row.code}/").content.decode()
        letter = client.get(path)
        assert letter.status_code == 200 and letter.content.startswith(b"PK")
        assert "phieu-xin-loi" in letter.headers["Content-Disposition"]
        assert come_in(SOMEBODY_ELSE).get(path).status_code == 404


def test_a_draft_keeps_the_wish_for_paper_and_who_told_who_files(
    come_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = begun(come_in())
    assert (row.needs_paper_result, row.uses_population_data) == (False, False)
    monkeypatch.setattr(Sandbox, "is_of_population", True)
    client = come_in(SOMEBODY_ELSE)
    client.post(f"/nop-ho-so/{BIRTH}/", WHERE | {"needs_paper_result": "on", "client_id": str(uuid4())})
    row = Dossier.objects.latest("pk")
    assert (row.needs_paper_result, row.uses_population_data) == (True, True)
    page = client.get(f"/nop-ho-so/ban-nhap/{row.client_id}/").content.decode()
    field = re.search(r'<input type="checkbox" name="needs_paper_result"[^>]*>', page)
    assert field and "checked" in field[0]
