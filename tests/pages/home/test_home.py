"""The first page, for each of those who open it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.builders import World
from tests.pages.reading import text_of

from namro.organisation.terms import Role
from namro.tasks.terms import State

Enter = Callable[[Role], Client]


def test_an_empty_place_says_so(signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT))
    assert "Chưa có nhiệm vụ nào được giao" in page
    assert "Không có việc nào chậm hay chờ quyết" in page


def test_the_secretariat_sees_the_city_against_the_country(world: World, signed_in: Enter) -> None:
    world.tasks(world.agencies[1], [State.DONE] * 8 + [State.IN_PROGRESS] * 4)
    world.tasks(world.elsewhere, [State.DONE] * 2 + [State.NOT_STARTED_LATE] * 8)
    page = text_of(signed_in(Role.SECRETARIAT))
    assert "8 trong 12 nhiệm vụ Trung ương giao đã xong, không việc nào quá hạn." in page
    # 66,7 against 10 of 22 = 45,5
    assert "Cao hơn mức cả nước 21,2 điểm; còn 4 việc phải làm xong." in page
    assert "/nhiem-vu/?so=tw&amp;don_vi=48&amp;trang_thai=done" in page
    assert "/nhiem-vu/?so=tw&amp;don_vi=VN&amp;trang_thai=overdue" in page


def test_a_commune_sees_its_own_and_no_door_to_others(world: World, signed_in: Enter) -> None:
    world.tasks(world.communes[0], [State.DONE, State.IN_PROGRESS_LATE], register="xp")
    world.tasks(world.communes[1], [State.IN_PROGRESS_LATE], register="xp")
    page = text_of(signed_in(Role.COMMUNE_OFFICER))
    assert "1 trong 2 nhiệm vụ Phường Hải Vân chủ trì đã xong, 1 việc quá hạn." in page
    assert "don_vi=20194" in page
    assert "don_vi=20320" not in page
    assert "don_vi=48" not in page


def test_overdue_work_stands_worst_first(world: World, signed_in: Enter) -> None:
    world.task(world.agencies[1], State.IN_PROGRESS_LATE, title="Việc chậm ít", due=date(2025, 7, 4))
    world.task(world.agencies[1], State.IN_PROGRESS_LATE, title="Việc chậm nhiều", due=date(2025, 6, 20))
    page = text_of(signed_in(Role.STEERING))
    assert page.index("Việc chậm nhiều") < page.index("Việc chậm ít")
    assert "Quá hạn 19 ngày" in page


def test_as_of_a_past_day(world: World, signed_in: Enter) -> None:
    world.tasks(world.agencies[1], [State.DONE] * 3)
    page = text_of(signed_in(Role.SECRETARIAT), "/?ngay=2025-05-13")
    assert "Đang xem như ngày 13/05/2025." in page
    assert "Chưa việc nào trong 3 nhiệm vụ" in page
    assert "ngay=2025-05-13" in page


@pytest.mark.parametrize("day", ["2026-01-01", "31/02/2025", "mai"])
def test_a_day_that_cannot_be_shown_is_refused_and_today_is_shown(
    world: World, signed_in: Enter, day: str
) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), f"/?ngay={day}")
    assert "ang hiện số liệu hôm nay." in page
    assert "Đang xem như ngày" not in page


def test_the_map_shows_the_measure_asked_for(world: World, signed_in: Enter) -> None:
    world.tasks(
        world.communes[0],
        [State.DONE, State.IN_PROGRESS_LATE, State.IN_PROGRESS, State.IN_PROGRESS],
        register="xp",
    )
    page = text_of(signed_in(Role.SECRETARIAT), "/?ban_do=qua-han")
    assert '<option value="qua-han" selected>' in page
    assert "1 / 4" in page
    assert "25,0 %" in page


def test_a_city_of_communes_without_data_has_a_table_that_says_so(world: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT))
    assert "Chưa có số liệu cho mục này" in page


@pytest.mark.django_db
def test_strangers_are_led_to_the_door(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer["Location"] == "/dang-nhap/?next=/"


def test_a_unit_is_told_all_that_it_leads_and_held_against_the_city(world: World, signed_in: Enter) -> None:
    world.tasks(world.agencies[1], [State.DONE] * 6, register="tw")
    world.tasks(world.agencies[1], [State.IN_PROGRESS] * 4, register="xp")
    world.tasks(world.communes[0], [State.IN_PROGRESS] * 10, register="xp")
    page = text_of(signed_in(Role.OFFICER))
    assert "6 trong 10 nhiệm vụ Sở Khoa học và Công nghệ chủ trì đã xong, không việc nào quá hạn." in page
    assert "Cao hơn mức chung của thành phố 30,0 điểm; còn 4 việc phải làm xong." in page
    assert "Tất cả các sổ, để so sánh" in page


def test_a_unit_that_leads_nothing_meets_no_empty_tallies(world: World, signed_in: Enter) -> None:
    world.tasks(world.agencies[1], [State.DONE], register="tw")
    page = text_of(signed_in(Role.COMMUNE_OFFICER))
    assert "Chưa có nhiệm vụ Phường Hải Vân chủ trì nào." in page
    assert "0 / 0" not in page
