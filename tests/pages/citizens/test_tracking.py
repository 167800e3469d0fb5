"""Following a dossier by its code: where it is and until when, and nothing of the person."""

from datetime import timedelta
from typing import Any

from django.test import Client
from tests.dossiers.conftest import NOW, Hall

from namro.dossiers import actions
from namro.ground import clock

PERSONAL = ("Lò Thị Mơ", "…0001", "Người clerk", "Người settler", "Thiếu giấy", "cu.pdf")


def read(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_the_code_is_enough_and_shows_no_person(hall: Hall) -> None:
    row = hall.at_desk()
    actions.claim(row.pk, **hall.by("settler"))
    actions.ask_supplement(row.pk, words="Thiếu giấy chứng sinh", **hall.by("settler"))
    text = read(f"/tra-cuu/{row.code}/").replace(str(row.code), "")
    assert "Hồ sơ chờ bạn bổ sung" in text and "đồng hồ còn dừng" in text
    assert [word for word in PERSONAL if word in text] == []
    assert "noindex" in text


def test_a_code_is_taken_as_people_type_it(hall: Hall) -> None:
    row = hall.filed()
    typed = f" {str(row.code).lower()} "
    assert Client().get("/tra-cuu/", {"ma": typed}).headers["Location"] == f"/tra-cuu/{row.code}/"
    assert "Gõ mã ghi trên phiếu" in read("/tra-cuu/")
    assert "Không có hồ sơ nào mang mã" in read("/tra-cuu/?ma=khong", 404)
    assert "Không có hồ sơ nào mang mã" in read("/tra-cuu/H17.20200-250709-9999/", 404)


def test_late_is_said_and_stays_said(hall: Hall) -> None:
    row = hall.received()
    assert "Hẹn trả lúc 17:30 14/07/2025" in read(f"/tra-cuu/{row.code}/")
    with clock.at(NOW + timedelta(days=9)):
        assert "Quá hạn từ 14/07/2025" in read(f"/tra-cuu/{row.code}/")
        actions.withdraw(row.pk, **hall.by("citizen"))
        assert "Đã rút, quá hạn" in read(f"/tra-cuu/{row.code}/")


def test_a_draft_has_no_code_and_is_nowhere(hall: Hall) -> None:
    row = actions.save_draft(hall.draft(), **hall.by("citizen"))
    assert row.code is None
    read("/tra-cuu/None/", 404)


def test_who_counts_codes_on_must_wait(hall: Hall, settings: Any) -> None:
    row = hall.filed()
    read(f"/tra-cuu/{row.code}/")
    assert Client().get("/cong-dan/vao/?di=1").status_code == 302
    settings.NAMRO_OUTSIDE_PER_ADDRESS = 0  # not one: a minute may end between two askings
    assert "quá nhiều lượt tra cứu" in read(f"/tra-cuu/{row.code}/", 429)
    assert "quá nhiều lượt định danh" in read("/cong-dan/vao/?di=1", 429)


def test_tracking_costs_little(hall: Hall, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    row = hall.at_last_desk()
    with django_assert_max_num_queries(6):
        read(f"/tra-cuu/{row.code}/")
