"""Tasks from Excel on the web: preview first, then the good rows; the bad ones come back to be mended."""

import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.builders import World
from tests.pages.reading import text_of
from tests.tasks.sheets import sheet

from namro.organisation.terms import Role
from namro.pages.tasks.views.importing import told
from namro.tasks.models import ImportBatch, Task
from namro.tasks.terms import Stage

Enter = Callable[[Role], Client]
URL = "/nhiem-vu/nhap-excel/"


def row(world: World, **changed: object) -> dict[str, object]:
    return {
        "Sổ theo dõi": "tw",
        "Số văn bản giao việc": world.directives["tw"].number,
        "Nhiệm vụ": "Xây dựng kho dữ liệu dùng chung",
        "Đơn vị chủ trì": "so khoa hoc va cong nghe",
        "Người phụ trách": world.people[Role.OFFICER].username,
        "Hạn hoàn thành": "30/12/2025",
        "Thẩm quyền quyết định": "Giám đốc Sở quyết định",
        "Kết quả phải có": "01 kho dữ liệu được nghiệm thu",
    } | changed


def send(client: Client, content: bytes, **more: object):
    given = {"client_id": str(uuid4()), "file": SimpleUploadedFile("việc quý III.xlsx", content)} | more
    return client.post(URL, given)


def test_every_bad_row_is_shown_with_its_reason_before_anything_is_written(
    world: World, signed_in: Enter
) -> None:
    bad = row(
        world, **{"Đơn vị chủ trì": "Sở Khoa học Công ngệ", "Hạn hoàn thành": "31/02/2025", "Nhiệm vụ": "Hai"}
    )
    client = signed_in(Role.SECRETARIAT)
    page = text_of(client, send(client, sheet(row(world), bad)).url)
    assert "1 dòng đúng, 1 dòng cần sửa." in page
    assert "Ngày 31/02/2025 không có trong lịch: tháng 2 năm 2025 có 28 ngày." in page
    assert "gần nhất là: Sở Khoa học và Công nghệ" in page
    assert "Nhập 1 dòng đúng" in page
    assert not Task.objects.exists()


def test_good_rows_go_on_and_bad_rows_come_back_mended(world: World, signed_in: Enter) -> None:
    bad = row(world, **{"Hạn hoàn thành": "31/02/2025", "Nhiệm vụ": "Hai"})
    client = signed_in(Role.SECRETARIAT)
    url = send(client, sheet(row(world), bad)).url
    page = " ".join(client.post(url, {"issue": "on"}, follow=True).content.decode().split())
    assert "Đã nhập 1 nhiệm vụ: 1 đã giao, 0 dự thảo." in page
    assert Task.objects.get().stage == Stage.ISSUED
    answer = client.get(f"{url}dong-sai/")
    assert "attachment" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    due = next(cell.column for cell in book.active[1] if cell.value == "Hạn hoàn thành")
    book.active.cell(2, due).value = "27/02/2026"
    stream = io.BytesIO()
    book.save(stream)
    again = send(client, stream.getvalue()).url
    assert "Cả 1 dòng đều đúng." in text_of(client, again)
    client.post(again)
    assert Task.objects.count() == 2


def test_the_word_given_twice_writes_once(world: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    url = send(client, sheet(row(world))).url
    for _ in range(2):
        assert client.post(url).status_code == 302
    assert Task.objects.count() == 1


def test_a_sheet_sent_twice_is_one_sheet(world: World, signed_in: Enter) -> None:
    client, once = signed_in(Role.SECRETARIAT), str(uuid4())
    first, second = (send(client, sheet(row(world)), client_id=once).url for _ in range(2))
    assert first == second
    assert ImportBatch.objects.count() == 1


def test_a_sheet_without_a_good_row_writes_nothing_and_says_so(world: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    url = send(client, sheet(row(world, **{"Hạn hoàn thành": "mai"}))).url
    answer = client.post(url)
    assert answer.status_code == 422
    assert "Không có dòng nào đúng để nhập" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7", "không phải là sổ Excel"), (b"", "Tệp rỗng"), (b"PK\x03\x04 cut", "bị hỏng")],
)
def test_a_broken_file_is_refused_in_a_sentence_beside_its_field(
    world: World, signed_in: Enter, content: bytes, said: str
) -> None:
    answer = send(signed_in(Role.SECRETARIAT), content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_no_file_at_all_is_refused(world: World, signed_in: Enter) -> None:
    answer = signed_in(Role.SECRETARIAT).post(URL, {"client_id": str(uuid4())})
    assert answer.status_code == 422
    assert "Hãy điền mục này." in answer.content.decode()


def test_another_persons_sheet_does_not_exist(world: World, signed_in: Enter) -> None:
    url = send(signed_in(Role.SECRETARIAT), sheet(row(world))).url
    for address in (url, f"{url}dong-sai/"):
        assert signed_in(Role.STEERING).get(address).status_code == 404
    assert signed_in(Role.STEERING).post(url).status_code == 404


def test_many_bad_rows_are_shown_page_by_page(world: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    bad = [row(world, **{"Hạn hoàn thành": "mai", "Nhiệm vụ": f"Việc {number}"}) for number in range(130)]
    url = send(client, sheet(*bad)).url
    assert "1 đến 100 trong 130" in text_of(client, url)
    last = text_of(client, f"{url}?tu=100")
    assert "101 đến 130 trong 130" in last
    assert "Việc 129" in last


def test_the_template_is_a_workbook(world: World, signed_in: Enter) -> None:
    answer = signed_in(Role.SECRETARIAT).get(f"{URL}mau/")
    assert load_workbook(io.BytesIO(answer.content)).sheetnames == ["Nhiệm vụ", "Danh mục", "Hướng dẫn"]


def test_rows_kept_back_for_the_same_reason_are_told_together() -> None:
    kept_back = [(number, "thiếu rõ người") for number in range(2, 10)] + [(12, "thiếu rõ kết quả")]
    assert told(kept_back) == [
        "Dòng 2, 3, 4, 5, 6 và 3 dòng khác: thiếu rõ người",
        "Dòng 12: thiếu rõ kết quả",
    ]


def test_a_sheet_that_is_no_longer_kept_is_told_where_it_can_be_sent_again(
    world: World, signed_in: Enter
) -> None:
    client = signed_in(Role.SECRETARIAT)
    url = send(client, sheet(row(world))).url
    stored = ImportBatch.objects.get().file
    stored.storage.delete(stored.name)
    for answer in (
        client.get(url, follow=True),
        client.post(url, follow=True),
        client.get(f"{url}dong-sai/", follow=True),
    ):
        assert answer.redirect_chain == [(URL, 302)]
        assert "không còn được lưu; hãy gửi lại tệp." in answer.content.decode()
    assert not Task.objects.exists()
