"""The league table: who may be first, the doors, the export."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.builders import TWO_TIERS_FROM, World, unit
from tests.pages.reading import text_of

from namro.audit.models import Entry
from namro.organisation.models import Unit
from namro.organisation.terms import Role, UnitKind
from namro.tasks.queries.league import MEASURES
from namro.tasks.terms import Mark, State

Enter = Callable[[Role], Client]


@pytest.fixture
def ranked(world: World) -> World:
    """One agency with 9 of 10 done, one with 2 of 2, communes with nothing."""
    world.tasks(world.agencies[1], [State.DONE] * 9 + [State.IN_PROGRESS_LATE])
    world.tasks(world.agencies[0], [State.DONE] * 2)
    return world


def test_two_of_two_is_not_ranked_above_nine_of_ten(ranked: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/xep-hang/?nhom=co-quan&do=done&it_nhat=5")
    table = page[page.index('id="all-title"') :]
    assert table.index("Sở Khoa học và Công nghệ") < table.index("Văn phòng Thành ủy")
    assert "chưa xếp" in table
    assert "Sở Khoa học và Công nghệ chắc chắn đứng đầu" in page
    assert "1 đơn vị có dưới 5 việc nên chưa xếp hạng" in page


def test_a_smaller_n_lets_both_be_first(ranked: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/xep-hang/?nhom=co-quan&it_nhat=1")
    assert "chưa phân được hơn kém giữa 2 đơn vị" in page
    assert "1–2" in page


@pytest.mark.parametrize(
    ("measure", "state"), [("done", "done"), ("on_time", "done_on_time"), ("overdue", "overdue")]
)
def test_each_number_opens_its_tasks(ranked: World, signed_in: Enter, measure: str, state: str) -> None:
    assert measure in MEASURES
    page = text_of(signed_in(Role.SECRETARIAT), f"/xep-hang/?nhom=co-quan&do={measure}&so=tw")
    assert f"/nhiem-vu/?so=tw&amp;don_vi=H17.KHCN&amp;trang_thai={state}" in page


def test_others_see_the_ranks_but_no_rows(ranked: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.OFFICER), "/xep-hang/?it_nhat=1")
    assert "Văn phòng Thành ủy" in page
    assert "don_vi=TU.VP" not in page
    assert "don_vi=H17.KHCN" in page
    assert page.index("Đơn vị của bạn") < page.index("Sở Khoa học và Công nghệ")


def test_a_department_answers_for_its_centres(ranked: World, signed_in: Enter) -> None:
    centre = unit("H17.IOC", "Trung tâm Giám sát", UnitKind.DEPARTMENT, ranked.agencies[1])
    ranked.tasks(centre, [State.DONE] * 4)
    page = text_of(signed_in(Role.SECRETARIAT), "/xep-hang/?nhom=co-quan")
    assert "Trung tâm Giám sát" not in page
    assert ">13</a> / " in page and ">14</a>" in page


def test_pages_of_a_hundred(world: World, signed_in: Enter) -> None:
    for place in range(105):
        commune = unit(f"9{place:04d}", f"Xã mẫu {place}", UnitKind.COMMUNE, world.city, TWO_TIERS_FROM)
        world.task(commune, State.IN_PROGRESS, register="xp")
    world.task(world.communes[1], State.IN_PROGRESS, register="xp")
    first = text_of(signed_in(Role.SECRETARIAT), "/xep-hang/?nhom=xa")
    second = text_of(signed_in(Role.SECRETARIAT), "/xep-hang/?nhom=xa&trang=2")
    assert "1 đến 100 trong 106 đơn vị" in first
    assert "101 đến 106 trong 106 đơn vị" in second
    names = [row.name for row in Unit.objects.filter(kind=UnitKind.COMMUNE)]
    assert sum(f">{name}</a>" in first for name in names) == 100
    assert sum(f">{name}</a>" in second for name in names) == 6


def test_nonsense_in_the_address_takes_the_defaults(ranked: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/xep-hang/?nhom=x&do=y&it_nhat=z&so=w&trang=-4")
    assert "Sở Khoa học và Công nghệ" in page


def test_a_group_without_units_says_so(world: World, signed_in: Enter) -> None:
    assert "Không đơn vị nào trong nhóm này được giao việc" in text_of(
        signed_in(Role.SECRETARIAT), "/xep-hang/?nhom=bo-nganh"
    )


def test_the_export_holds_the_same_rows_and_is_logged(ranked: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    sheet = client.get("/xep-hang/xuat/?nhom=co-quan&dang=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert next(row for row in rows if row[2] == "H17.KHCN")[5:8] == [9, 10, 90]
    text = client.get("/xep-hang/xuat/?nhom=co-quan&dang=csv").content
    assert text.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert [line[2] for line in lines[4:]] == ["H17.KHCN", "TU.VP"]
    assert Entry.objects.filter(verb="export", by_id=ranked.people[Role.SECRETARIAT].pk).count() == 2


def test_those_who_may_not_export_find_no_such_page(ranked: World, signed_in: Enter) -> None:
    client = signed_in(Role.CLERK)
    assert client.get("/xep-hang/xuat/").status_code == 404
    assert "Xuất Excel" not in text_of(client, "/xep-hang/")


def test_of_a_period_only_what_is_due_in_it_is_counted_and_opened(world: World, signed_in: Enter) -> None:
    world.tasks(world.agencies[1], [State.DONE] * 6 + [State.DONE_LATE] * 3 + [State.NOT_STARTED])
    client = signed_in(Role.SECRETARIAT)
    quarter = text_of(client, "/xep-hang/?nhom=co-quan&ky=2025-Q2")
    half = text_of(client, "/xep-hang/?nhom=co-quan&ky=2025-H2")
    door = "/nhiem-vu/?don_vi=H17.KHCN&amp;trang_thai=done&amp;tu=2025-04-01&amp;den=2025-06-30"
    assert f'href="{door}">9</a> / ' in quarter
    assert "0 / <a" in half
    assert "quý II/2025" in quarter


def test_a_marked_task_is_not_counted_for_those_who_may_not_know_of_it(
    world: World, signed_in: Enter
) -> None:
    world.task(world.agencies[1], State.DONE, mark=Mark.SECRET)
    world.task(world.agencies[1], State.DONE)
    for address in ("/xep-hang/?nhom=co-quan&it_nhat=1", "/xep-hang/?nhom=co-quan&it_nhat=1&ky=2025"):
        assert ">2</a> / " in text_of(signed_in(Role.SECRETARIAT), address)
        assert ">1</a> / " in text_of(signed_in(Role.OFFICER), address)
