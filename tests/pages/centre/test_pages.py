"""The centre's pages: sentences from the figures, a commune's own centre, one's own board, the wall, one chart."""

import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.builders import World
from tests.indicators.material import stated
from tests.pages.centre.conftest import CHARTS, GROUPS, entry
from tests.pages.reading import text_of

from namro.audit.models import Entry
from namro.indicators.actions import store_figures
from namro.indicators.actions.charts import store_charts
from namro.indicators.catalog.charts import chart_of
from namro.indicators.models import Figure
from namro.organisation.terms import Role

Enter = Callable[[Role], Client]
CENTRE, WALL, OWN = "/trung-tam/", "/trung-tam/tuong/", "/trung-tam/cua-toi/"


def whole(client: Client, address: str) -> str:
    """Return a page that is sent in parts."""
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer).decode()


def test_the_city_is_told_worst_first_with_its_lights(hung: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), CENTRE)
    assert "Thành phố Đà Nẵng: 1 trong 2 chỉ số có ngưỡng ở mức đỏ, nhiều nhất ở Một cửa." in page
    assert "2 nhóm dịch vụ · 7 biểu đồ có số liệu" in page
    assert (
        "Tháng 6/2025: 74,5 %, tăng 4,5 điểm; cao nhất 91,0 % tháng 4/2025; chưa đạt ngưỡng 90,0 %." in page
    )
    lines = page.partition("Theo nhóm dịch vụ")[2]
    assert lines.index("Một cửa") < lines.index("Ngập lụt")


def test_a_commune_sees_its_own_centre_beside_its_peers(hung: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.COMMUNE_OFFICER), "/trung-tam/don-vi/20320/")
    assert "Xã Hòa Vang: 1 trong 2 chỉ số có ngưỡng ở mức đỏ" in page
    assert "Thứ 2 trong 2 xã, phường, đặc khu" in page
    assert "trong ngưỡng 2,0 m" in page


def test_another_unit_chosen_on_a_board_has_its_own_page(hung: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    assert client.get(f"{CENTRE}?don_vi=20194")["Location"] == "/trung-tam/don-vi/20194/"
    assert client.get("/trung-tam/don-vi/20194/?don_vi=48")["Location"] == CENTRE
    assert client.get("/trung-tam/don-vi/01/").status_code == 404


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("thấp nhất 60,0 % ở Xã Hòa Vang, cao nhất 95,0 % ở Phường Hải Vân, 1/2 nơi ở mức đỏ", "mot_cua"),
        ("Nhiều nhất: Trực tuyến 85,0 %; ít nhất: Tại quầy 60,0 %", "mot_cua"),
        (
            "Ngày 09/07/2025: 1,4 m, giảm 1,8 m; cao nhất 3,2 m ngày 08/07/2025; trong ngưỡng 2,0 m",
            "ngap_lut",
        ),
        ("Cao nhất 1,4 m ở Xã Hòa Vang, thấp nhất 0,6 m ở Phường Hải Vân; trong ngưỡng 2,0 m", "ngap_lut"),
        ("Cao nhất 3,2 m ở Xã Hòa Vang, ngày 08/07/2025; vượt ngưỡng 2,0 m", "ngap_lut"),
    ],
)
def test_a_chart_says_in_a_sentence_what_it_shows(
    hung: World, signed_in: Enter, said: str, group: str
) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), f"/trung-tam/nhom/{group}/")
    assert said.lower() in page.lower()


def test_every_chart_bears_day_source_mark_and_its_page(hung: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/trung-tam/nhom/ngap_lut/")
    assert page.count('class="chart-made"') == 3
    assert page.count("Nguồn: Biểu của xã") == 3
    assert "bão (mẫu)" in page
    assert 'href="/trung-tam/bieu-do/nuoc_ngay/"' in page


def test_figures_that_should_have_been_renewed_look_old(hung: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    assert "is-stale" not in text_of(client, "/trung-tam/nhom/ngap_lut/")
    Figure.objects.filter(indicator="muc_nuoc").delete()
    store_figures([stated("muc_nuoc", "48", "2025-06-20", "1.5")], day=date(2025, 7, 9))
    seen = text_of(client, "/trung-tam/nhom/ngap_lut/")
    assert seen.count("is-stale") == 3
    assert "số liệu cũ 19 ngày" in seen
    assert "3 biểu đồ đang dùng số liệu cũ." in text_of(client, CENTRE)


def test_a_month_that_is_still_running_is_not_the_last_one(hung: World, signed_in: Enter) -> None:
    store_figures(
        [stated("ty_le_dung_han", "48", "2025-07", "75", as_of=date(2025, 7, 9))], day=date(2025, 7, 9)
    )
    assert "Tháng 6/2025: 74,5 %" in text_of(signed_in(Role.SECRETARIAT), "/trung-tam/nhom/mot_cua/")


def test_a_past_day_shows_what_was_known_then(hung: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), f"{CENTRE}?ngay=2025-06-20")
    assert "Tháng 5/2025: 70,0 %" in page
    assert "74,5" not in page
    assert "1,4 m" not in page
    assert "ngay=2025-06-20" in page


def test_one_chart_has_table_units_definition_and_a_unit_beside_it(hung: World, signed_in: Enter) -> None:
    page = text_of(signed_in(Role.SECRETARIAT), "/trung-tam/bieu-do/dung_han_thang/?so_voi=20320")
    assert "Xã Hòa Vang 60,0 %" in page  # the legend of the other line
    table = page.partition("Từng đơn vị")[2]
    assert table.index("Xã Hòa Vang") < table.index("Phường Hải Vân")
    assert 'href="/trung-tam/bieu-do/dung_han_thang/?don_vi=20320"' in table
    assert "xanh: 90,0 %, vàng: 80,0 %" in page
    assert "Văn phòng Thành ủy" in page
    assert 'href="/chi-so/ty_le_dung_han/"' in page


@pytest.mark.parametrize("code", [each["code"] for each in CHARTS])
def test_every_form_has_a_page_also_for_a_commune_and_without_figures(
    hung: World, signed_in: Enter, code: str
) -> None:
    client = signed_in(Role.SECRETARIAT)
    assert client.get(f"/trung-tam/bieu-do/{code}/").status_code == 200
    assert client.get(f"/trung-tam/bieu-do/{code}/?don_vi=20320").status_code == 200
    assert "chưa có số liệu để vẽ" in text_of(
        client, f"/trung-tam/bieu-do/{code}/?don_vi=20194&ngay=2025-01-02"
    )


def test_a_chart_is_taken_out_as_a_sheet_with_a_line_in_the_log(hung: World, signed_in: Enter) -> None:
    answer = signed_in(Role.SECRETARIAT).get("/trung-tam/bieu-do/nuoc_luoi/xuat/?dang=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[4][:6] == ("nuoc_luoi", "muc_nuoc", "Mực nước cao nhất", rows[4][3], rows[4][4], rows[4][5])
    assert len(rows) == 4 + 9
    assert Entry.objects.filter(verb="export", after__table="nuoc_luoi").exists()


def test_ones_own_board_is_chosen_ordered_and_kept(hung: World, signed_in: Enter) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    assert "chưa có biểu đồ nào" in text_of(client, OWN)
    client.post(OWN, {"them": "nuoc_ngay"})
    client.post(OWN, {"them": "dung_han_nay"})
    assert _order(client) == ["nuoc_ngay", "dung_han_nay"]
    client.post(OWN, {"chart": ["nuoc_ngay", "dung_han_nay"], "len": "dung_han_nay"})
    assert _order(client) == ["dung_han_nay", "nuoc_ngay"]
    client.post(OWN, {"chart": ["nuoc_ngay", "dung_han_nay"]})  # as dragged
    assert _order(client) == ["nuoc_ngay", "dung_han_nay"]
    client.post(OWN, {"chart": ["nuoc_ngay", "dung_han_nay"], "bo": "nuoc_ngay"})
    assert _order(client) == ["dung_han_nay"]
    client.post(OWN, {"them": "khong_co"})
    assert "Không có biểu đồ «khong_co»" in text_of(client, OWN)
    assert _order(signed_in(Role.SECRETARIAT)) == []


def _order(client: Client) -> list[str]:
    return re.findall(r'data-card="(\w+)"', text_of(client, OWN))


def test_the_wall_holds_every_chart_by_group_and_draws_it(hung: World, signed_in: Enter) -> None:
    page = whole(signed_in(Role.SECRETARIAT), WALL)
    assert re.findall(r'data-group="([^"]+)"', page) == [group.name for group in GROUPS]
    assert page.count("<article") == len(CHARTS)
    assert (
        page.count('class="chart-card-drawing"><svg') == len(CHARTS) - 2
    )  # a table is words; no boundaries, no map
    assert page.rstrip().endswith("</html>")


def test_english_readers_are_told_in_english(hung: World, signed_in: Enter) -> None:
    answer = signed_in(Role.SECRETARIAT).get("/trung-tam/nhom/ngap_lut/", headers={"accept-language": "en"})
    page = answer.content.decode()
    assert "Floods" in page
    assert "nuoc_ngay in English" in page
    assert "storm (sample)" in page


@pytest.mark.parametrize("address", [CENTRE, WALL, "/trung-tam/nhom/mot_cua/", "/trung-tam/don-vi/20320/"])
def test_the_number_of_queries_does_not_grow_with_the_charts(
    hung: World, signed_in: Enter, address: str
) -> None:
    client = signed_in(Role.SECRETARIAT)
    whole(client, address)
    few = _queries(client, address)
    more = [
        entry("mot_cua", f"them_{n}", f"Thêm {n}", "column", "time", last=n, **_rates()) for n in range(3, 9)
    ]
    store_charts([(chart_of(each), each) for each in [*CHARTS, *more]], package="mau")
    assert _queries(client, address) == few


def _rates() -> dict[str, object]:
    return {"indicators": ["ty_le_dung_han"], "period": "month"}


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        whole(client, address)
    return len(seen)
