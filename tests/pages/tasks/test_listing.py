"""The list: what each person sees, what is asked of it, what is done to many at once, what is taken out of it."""

import io
import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.builders import World, seen_by

from namro.audit.models import Entry
from namro.organisation.terms import Role
from namro.tasks.actions import TaskDraft, draft
from namro.tasks.models import Moment, Task
from namro.tasks.terms import Mark, Stage, State, Verb

Enter = Callable[[Role], Client]
URL = "/nhiem-vu/"


def page_of(client: Client, url: str, **query: str) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def headline(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found
    return found[1]


def test_the_headline_counts_all_whatever_tab_is_open(world: World, signed_in: Enter) -> None:
    world.tasks(
        world.agencies[1],
        [State.DONE] * 3 + [State.DONE_LATE] + [State.IN_PROGRESS] * 2 + [State.IN_PROGRESS_LATE],
    )
    page = page_of(signed_in(Role.SECRETARIAT), URL, so="tw", trang_thai="overdue")
    assert headline(page) == "7 nhiệm vụ, 4 đã xong, 1 quá hạn."
    assert page.count("task-name") == 1


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.AGENCY_LEAD, Role.OFFICER, Role.IOC_OPERATOR])
@pytest.mark.parametrize("day", ["", "2025-05-13", "2025-04-01"])
def test_the_number_of_every_tab_is_the_number_of_its_rows(
    world: World, signed_in: Enter, role: Role, day: str
) -> None:
    world.tasks(world.agencies[1], [*State, *State])
    world.task(world.agencies[1], State.DONE, mark=Mark.CONFIDENTIAL)
    world.task(world.agencies[1], State.IN_PROGRESS, mark=Mark.SECRET, lead_person=world.people[Role.OFFICER])
    client = signed_in(role)
    page = page_of(client, URL, don_vi="H17.KHCN", ngay=day)
    tabs = re.findall(r'<a href="([^"]+)"[^>]*>[^<]+<span class="count">(\d+)</span>', page)
    assert len(tabs) >= 4
    for url, count in tabs:
        assert client.get(url.replace("&amp;", "&")).content.decode().count("task-name") == int(count)


def test_the_bare_list_is_what_the_city_is_doing_now(world: World, signed_in: Enter) -> None:
    world.tasks(world.agencies[1], [State.IN_PROGRESS, State.DONE])
    world.task(world.elsewhere, State.IN_PROGRESS, title="Việc của nơi khác")
    page = page_of(signed_in(Role.SECRETARIAT), URL)
    assert headline(page) == "2 nhiệm vụ, 1 đã xong, không việc nào quá hạn."
    assert page.count("task-name") == 1
    assert "Việc của nơi khác" in page_of(signed_in(Role.SECRETARIAT), URL, so="tw")


def test_another_communes_tasks_do_not_exist_for_a_commune(world: World, signed_in: Enter) -> None:
    world.task(world.communes[0], title="Việc của Hải Vân")
    other = world.task(world.communes[1], title="Việc của Hòa Vang")
    page = page_of(signed_in(Role.COMMUNE_OFFICER), URL)
    assert "Việc của Hải Vân" in page
    assert "Việc của Hòa Vang" not in page
    assert signed_in(Role.COMMUNE_OFFICER).get(f"{URL}{other.code}/").status_code == 404


def test_words_are_found_with_and_without_marks(world: World, signed_in: Enter) -> None:
    world.task(world.agencies[1], title="Hợp nhất cơ sở dữ liệu đất đai")
    client = signed_in(Role.SECRETARIAT)
    for words in ("đất đai", "dat dai", "DAT"):
        assert "Hợp nhất cơ sở dữ liệu đất đai" in page_of(client, URL, q=words)
    assert headline(page_of(client, URL, q="khong co gi")) == "Không có nhiệm vụ nào khớp với “khong co gi”."


def test_as_of_a_past_day_every_link_stays_on_that_day(world: World, signed_in: Enter) -> None:
    world.task(world.agencies[1], State.DONE, title="Việc xong tháng năm")
    page = page_of(signed_in(Role.SECRETARIAT), URL, trang_thai="open", ngay="2025-05-01")
    assert "Việc xong tháng năm" in page
    assert "Đang xem như ngày 01/05/2025." in page
    inside = re.findall(r'href="(/nhiem-vu/[^"]*)"', page.split('id="danh-sach"')[1].split("<footer")[0])
    assert inside
    assert all("ngay=2025-05-01" in url for url in inside if "nhap-excel" not in url)


def test_what_cannot_be_asked_is_said_and_left_out(world: World, signed_in: Enter) -> None:
    world.task(world.agencies[1])
    page = page_of(
        signed_in(Role.SECRETARIAT),
        URL,
        don_vi="Sở Khoa hoc va Cong nge",
        tu="31/02/2025",
        sau="x_1",
        van_ban="1" * 40,
    )
    assert "gần nhất là: Sở Khoa học và Công nghệ" in page
    assert "Ngày 31/02/2025 không có trong lịch" in page
    assert page.count("task-name") == 1


def test_a_unit_is_asked_for_by_name_and_shown_by_name_and_code(world: World, signed_in: Enter) -> None:
    world.task(world.communes[0])
    page = page_of(signed_in(Role.SECRETARIAT), URL, don_vi="phuong hai van")
    assert 'value="Phường Hải Vân (20194)"' in page
    assert page.count("task-name") == 1


def test_pages_follow_each_other_without_gap_or_repetition(world: World, signed_in: Enter) -> None:
    made = {task.code for task in world.tasks(world.agencies[1], [State.IN_PROGRESS] * 120)}
    client, url, seen = signed_in(Role.SECRETARIAT), f"{URL}?don_vi=48", []
    while url:
        page = client.get(url).content.decode()
        seen += re.findall(r'class="nowrap">(T-\d+)</span>', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == 120
    assert set(seen) == made


def test_the_number_of_queries_does_not_grow_with_the_rows(
    world: World, signed_in: Enter, django_assert_max_num_queries: Callable
) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    world.tasks(world.communes[0], [State.IN_PROGRESS])
    client.get(URL)
    for more in (1, 45):
        world.tasks(world.communes[0], [State.IN_PROGRESS] * more)
        with django_assert_max_num_queries(20):
            client.get(URL)


def _draft(world: World, **changed: object) -> Task:

    by = world.people[Role.SECRETARIAT]
    fields: dict[str, object] = {
        "directive_id": world.directives["tw"].pk,
        "title": "Xây dựng kho dữ liệu dùng chung",
        "lead_unit_id": world.agencies[1].pk,
        "lead_person_id": world.people[Role.OFFICER].pk,
        "due_day": date(2025, 12, 30),
        "authority": "Giám đốc Sở quyết định",
        "result": "01 kho dữ liệu được nghiệm thu",
    }
    found = seen_by(by)
    return draft(TaskDraft(**(fields | changed)), client_id=uuid4(), by=by, viewer=found)  # type: ignore[arg-type]


def together(client: Client, verb: str, tasks: list[Task], **more: object) -> str:
    given = {"verb": verb, "task": [task.pk for task in tasks], "client_id": str(uuid4()), "next": URL} | more
    return " ".join(client.post(f"{URL}cung-luc/", given, follow=True).content.decode().split())


def test_many_drafts_are_issued_at_once_and_the_others_say_why_not(world: World, signed_in: Enter) -> None:
    good, bad = _draft(world), _draft(world, title="Việc khác", result="", authority="")
    page = together(signed_in(Role.SECRETARIAT), Verb.ISSUE, [good, bad])
    assert "Đã giao 1 nhiệm vụ." in page
    assert f"{bad.code}: Chưa giao được vì thiếu rõ thẩm quyền" in page
    assert Task.objects.get(pk=bad.pk).stage == Stage.DRAFT


def test_a_commune_accepts_many_at_once_but_only_its_own(world: World, signed_in: Enter) -> None:
    own = world.tasks(world.communes[0], [State.NOT_STARTED] * 3)
    other = world.task(world.communes[1], State.NOT_STARTED)
    page = together(signed_in(Role.COMMUNE_OFFICER), Verb.ACCEPT, [*own, other])
    assert "Đã tiếp nhận 3 nhiệm vụ." in page
    assert Task.objects.get(pk=other.pk).stage == Stage.ISSUED


def test_the_same_bulk_act_sent_twice_counts_once(world: World, signed_in: Enter) -> None:
    own, once = world.tasks(world.communes[0], [State.NOT_STARTED] * 2), str(uuid4())
    for _ in range(2):
        together(signed_in(Role.COMMUNE_OFFICER), Verb.ACCEPT, own, client_id=once)
    assert Moment.objects.filter(verb=Verb.ACCEPT).count() == 2


def test_after_a_bulk_act_the_person_stays_in_the_house(world: World, signed_in: Enter) -> None:
    given = {"verb": "accept", "next": "https://example.org/"}
    answer = signed_in(Role.COMMUNE_OFFICER).post(f"{URL}cung-luc/", given)
    assert answer.url == URL  # type: ignore[attr-defined]


def test_the_export_holds_the_filtered_list_and_leaves_a_line_in_the_log(
    world: World, signed_in: Enter
) -> None:
    world.task(world.agencies[1], State.DONE, title="=HYPERLINK(1)")
    world.task(world.agencies[1], State.IN_PROGRESS, title="Việc đang làm")
    answer = signed_in(Role.SECRETARIAT).get(f"{URL}xuat/?trang_thai=done&don_vi=48")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert [row[1] for row in rows[2:]] == ["=HYPERLINK(1)"]
    assert "Hoàn thành đúng hạn" in rows[2]
    logged = Entry.objects.get(verb="export")
    assert logged.after["rows"] == 1
    assert logged.after["filter"]["trang_thai"] == "done"


def test_a_csv_holds_no_cell_that_a_sheet_would_run(world: World, signed_in: Enter) -> None:
    world.task(world.agencies[1], title='=cmd|" /c calc"')
    text = signed_in(Role.SECRETARIAT).get(f"{URL}xuat/?dang=csv&don_vi=48").content.decode()
    assert text.startswith("\ufeff")
    assert "\"'=cmd" in text
    assert not re.search(r'(^|,)"?=', text, re.MULTILINE)


def test_who_may_not_export_finds_no_such_page(world: World, signed_in: Enter) -> None:
    assert signed_in(Role.CLERK).get(f"{URL}xuat/").status_code == 404
