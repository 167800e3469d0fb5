"""The report on the web: who reads which, what each number opens, what is refused, what is taken away."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import TODAY, World
from tests.pages.reading import text_of

from namro.audit.models import Entry
from namro.flows.daily import run_day
from namro.indicators.actions import load_definitions
from namro.indicators.catalog.definitions import definition_of
from namro.organisation.terms import Role
from namro.reports.actions import load_package
from namro.reports.queries import has_figures
from namro.tasks.terms import Mark, State

Enter = Callable[[Role], Client]
DANANG = Path(__file__).parents[3] / "packages" / "danang"
PAGE = "/bao-cao/conference/"


@pytest.fixture
def told(world: World) -> World:
    """The template and the task indicators of Đà Nẵng, a few tasks, and the river of the day."""
    files = sorted((DANANG / "indicators").glob("nhiem_vu_*.yaml"))
    entries = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    load_definitions([(definition_of(entry), entry) for entry in entries], package="danang")
    load_package(DANANG)
    world.tasks(world.agencies[1], [State.DONE] * 3 + [State.IN_PROGRESS_LATE, State.IN_PROGRESS])
    world.tasks(world.communes[0], [State.DONE, State.IN_PROGRESS_LATE], register="xp")
    run_day(TODAY)
    return world


def test_the_list_leads_to_the_citys_and_to_ones_own_report(told: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/bao-cao/")
    assert "/bao-cao/conference/?don_vi=48" in page
    assert "/bao-cao/conference/?don_vi=TU.VP" in page
    assert "don_vi=48" not in text_of(signed_in(Role.COMMUNE_OFFICER), "/bao-cao/")


def test_a_place_without_templates_says_what_to_do(world: World, signed_in: Enter) -> None:
    assert "Chưa có mẫu báo cáo nào" in text_of(signed_in(Role.SECRETARIAT), "/bao-cao/")


def test_every_number_opens_its_rows(told: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), PAGE)
    assert 'href="/nhiem-vu/?so=tw&amp;don_vi=48&amp;ngay=2025-07-09">5</a> nhiệm vụ' in page
    assert (
        'href="/nhiem-vu/?so=tw&amp;trang_thai=done&amp;don_vi=48&amp;ngay=2025-07-09">3</a> nhiệm vụ' in page
    )
    assert 'href="/chi-so/nhiem_vu_tong/?don_vi=48&amp;ngay=2025-07-09"' in page


def test_what_is_not_known_is_said_and_is_no_zero(told: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), PAGE)
    assert "Số hóa tài liệu: chưa có số liệu." in page


def test_who_reads_which_report(told: World, signed_in: Enter) -> None:
    commune = signed_in(Role.COMMUNE_OFFICER)
    assert "phường Hải Vân" in text_of(commune, PAGE)
    assert "Phường Hải Vân được giao" in text_of(commune, f"{PAGE}?don_vi=20194")
    for other in ("48", "H17.KHCN", "20320"):
        assert commune.get(f"{PAGE}?don_vi={other}").status_code == 404
        assert commune.get(f"{PAGE}tai/?dang=json&don_vi={other}").status_code == 404
    for other in ("48", "H17.KHCN", "20320"):
        assert signed_in(Role.INSPECTOR).get(f"{PAGE}?don_vi={other}").status_code == 200


def test_a_marked_task_is_counted_but_not_named(told: World, signed_in: Enter) -> None:
    told.task(told.agencies[1], State.IN_PROGRESS_LATE, mark=Mark.SECRET, title="Một việc không được nêu tên")
    run_day(TODAY)
    page = text_of(signed_in(Role.SECRETARIAT), PAGE)
    assert ">6</a> nhiệm vụ" in page
    assert "Một việc không được nêu tên" not in page


def test_a_unit_that_is_none_is_refused_beside_its_field(told: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), f"{PAGE}?don_vi=Hai+Vann", 422)
    assert "Không có đơn vị «Hai Vann»; gần nhất là: Phường Hải Vân" in page
    assert 'value="Hai Vann"' in page


def test_a_unit_may_be_asked_for_by_name_without_marks(told: World, signed_in: Enter) -> None:
    assert "phường Hải Vân" in text_of(signed_in(Role.SECRETARIAT), f"{PAGE}?don_vi=hai+van")


@pytest.mark.parametrize(("day", "what"), [("2025-02-30", "không có trong lịch"), ("2025-08-01", "chưa đến")])
def test_a_day_that_is_none_or_to_come_gives_today(
    told: World, signed_in: Enter, day: str, what: str
) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), f"{PAGE}?ngay={day}")
    assert what in page
    assert "số liệu đến 09/07/2025" in page


def test_a_day_without_figures_offers_to_compute_them(told: World, signed_in: Enter) -> None:
    client, day = signed_in(Role.SECRETARIAT), date(2025, 6, 20)
    assert "Tính số liệu ngày 20/06/2025" in text_of(client, f"{PAGE}?ngay=2025-06-20")
    assert not has_figures(day)
    answer = client.post(f"{PAGE}tinh/", {"don_vi": "48", "ngay": "2025-06-20"}, follow=True)
    assert has_figures(day)
    assert answer.redirect_chain == [(f"{PAGE}?don_vi=48&ngay=2025-06-20", 302)]
    assert "Trung ương giao thành phố Đà Nẵng" in answer.content.decode()


def test_a_template_that_is_none_does_not_exist(told: World, signed_in: Enter) -> None:
    assert signed_in(Role.SECRETARIAT).get("/bao-cao/quy/").status_code == 404


@pytest.mark.parametrize("form", ["docx", "pdf", "json"])
def test_what_is_taken_away_is_in_the_log(told: World, signed_in: Enter, form: str) -> None:
    answer = signed_in(Role.SECRETARIAT).get(f"{PAGE}tai/?dang={form}&don_vi=H17.KHCN&ngay=2025-07-09")
    assert answer["Content-Disposition"].endswith(f'"bao-cao-conference-H17.KHCN-2025-07-09.{form}"')
    assert len(answer.content) > 1000
    line = Entry.objects.get(verb="export")
    assert (line.by_id, line.unit_code) == (told.people[Role.SECRETARIAT].pk, "H17.KHCN")
    assert line.after == {"format": form, "unit": "H17.KHCN", "as_of": "2025-07-09", "version": 1}


def test_who_may_not_export_reads_but_takes_nothing(told: World, signed_in: Enter) -> None:
    clerk = signed_in(Role.CLERK)
    assert "/tai/" not in text_of(clerk, PAGE)
    assert clerk.get(f"{PAGE}tai/?dang=docx").status_code == 404
    assert not Entry.objects.filter(verb="export").exists()


def test_a_file_of_a_day_without_figures_is_not_made(told: World, signed_in: Enter) -> None:
    answer = signed_in(Role.SECRETARIAT).get(f"{PAGE}tai/?dang=pdf&ngay=2025-06-20")
    assert answer.status_code == 302
    assert not Entry.objects.filter(verb="export").exists()


def test_the_page_costs_the_same_whatever_the_register(told: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    few = queries_of(client)
    for commune in told.communes:
        told.tasks(commune, [State.DONE, State.IN_PROGRESS_LATE] * 5, register="xp")
    told.tasks(told.agencies[0], [State.IN_PROGRESS_LATE] * 20)
    run_day(TODAY)
    assert queries_of(client) == few
    assert few <= 36


def queries_of(client: Client) -> int:
    """How many queries the page takes once what is kept between requests is warm."""
    client.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    return len(queries)
