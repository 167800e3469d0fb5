"""Tasks from Excel: what is refused and why, what is written, and that asking twice writes once."""

import io
import re
from datetime import date
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from tests.tasks.conftest import TODAY
from tests.tasks.sheets import GOOD, sheet

from namro.audit.models import Entry
from namro.ground import clock
from namro.organisation.models import Successor, Unit
from namro.organisation.terms import Part, Refused
from namro.tasks.actions import importing
from namro.tasks.actions.importing.columns import COLUMNS
from namro.tasks.actions.importing.reading import read_sheet
from namro.tasks.models import ImportBatch, Moment, Participation, Tally, Task
from namro.tasks.terms import Stage


def send(city, *rows, client_id=None) -> ImportBatch:
    given = city.as_("secretary") | {"client_id": client_id or uuid4()}
    return importing.receive(sheet(*rows), name="nhiem-vu.xlsx", **given)


def write(city, batch, *, issue=False):
    return importing.write_good(
        batch.pk, issue=issue, by=city.people["secretary"], viewer=city.viewer("secretary")
    )


def test_the_preview_writes_nothing_and_shows_each_bad_row(city):
    batch = send(city, GOOD, GOOD | {"Nhiệm vụ": "Việc khác", "Đơn vị chủ trì": "Sở Khoa học và Công nghê"})
    seen = importing.preview(batch, city.viewer("secretary"))
    assert not Task.objects.exists()
    assert [each.row.number for each in seen.good] == [2, 3]  # one missing mark does not change a name


def test_an_unknown_unit_is_answered_with_the_nearest_one(city):
    batch = send(city, GOOD | {"Đơn vị chủ trì": "Sở Khoa học Công ngệ"})
    (bad,) = importing.preview(batch, city.viewer("secretary")).bad
    assert "Sở Khoa học và Công nghệ" in bad.faults[0].sentence


def test_an_old_name_leads_to_the_new_unit(city):
    old = Unit(
        code="490", name="Quận Liên Chiểu cũ", kind="district", parent=city.units["48"], valid_to=TODAY
    )
    old.fill_derived(city.units["48"].path)
    old.save()
    Successor.objects.create(old=old, new=city.units["20200"], part=Part.WHOLE, change="merge", day=TODAY)
    batch = send(city, GOOD | {"Đơn vị chủ trì": "Quận Liên Chiểu cũ"})
    (good,) = importing.preview(batch, city.viewer("secretary")).good
    assert good.values["lead_unit"] == city.units["20200"]


@pytest.mark.parametrize(
    ("heading", "written", "said"),
    [
        ("Sổ theo dõi", "khong-co", r"Thành phố giao \(bcd\)"),
        ("Số văn bản giao việc", "02-KH/BCĐ", "gần nhất là: 01-KH/BCĐ"),
        ("Người phụ trách", "Người offcer", "gần nhất là: Người officer"),
        ("Mã nhiệm vụ cấp trên", "TW-1", "Không có nhiệm vụ cấp trên"),
        ("Đơn vị chủ trì", "VN", "không thể chủ trì"),
    ],
)
def test_what_a_row_names_and_is_not_there_is_refused_with_what_is_near(city, heading, written, said):
    batch = send(city, GOOD | {heading: written})
    (bad,) = importing.preview(batch, city.viewer("secretary")).bad
    assert re.search(said, bad.faults[0].sentence)


def test_good_rows_go_in_as_drafts_and_bad_rows_stay_out(city):
    done = write(city, send(city, GOOD, GOOD | {"Nhiệm vụ": "Hai", "Hạn hoàn thành": "31/02/2025"}))
    task = Task.objects.get()
    assert done.batch.written == 1
    assert task.stage == Stage.DRAFT
    assert task.supervisor_unit == city.units["TU.VP"]
    assert task.original_due_day == date(2025, 6, 30)
    assert list(Moment.objects.values_list("verb", flat=True)) == ["draft"]
    assert Participation.objects.get().unit == city.units["H17.KHCN"]
    assert Entry.objects.filter(verb="draft", key=str(task.pk)).exists()


def test_sent_and_confirmed_twice_after_a_power_cut_is_written_once(city):
    once = uuid4()
    first, second = send(city, GOOD, client_id=once), send(city, GOOD, client_id=once)
    assert first.pk == second.pk
    write(city, first)
    assert write(city, second).repeated
    assert Task.objects.count() == 1


def test_bad_rows_come_back_with_reasons_and_go_in_when_mended(city):
    batch = send(city, GOOD, GOOD | {"Nhiệm vụ": "=Hai", "Hạn hoàn thành": "31/02/2025"})
    write(city, batch)
    seen = importing.preview(batch, city.viewer("secretary"))
    assert len(seen.good) == 1  # its own task is no repetition
    book = load_workbook(io.BytesIO(importing.rejected(seen.bad)))
    page = book.active
    assert page.max_row == 2
    assert "31/02/2025 không có trong lịch" in page.cell(2, len(COLUMNS) + 1).value
    due = 1 + [column.key for column in COLUMNS].index("due_day")
    page.cell(2, due).value = "28/03/2025"
    stream = io.BytesIO()
    book.save(stream)
    again = importing.receive(stream.getvalue(), name="sua.xlsx", **city.as_("secretary"))
    assert write(city, again).batch.written == 1
    assert set(Task.objects.values_list("title", flat=True)) == {GOOD["Nhiệm vụ"], "=Hai"}


def test_rows_with_all_clears_are_issued_when_asked_and_others_stay_drafts_with_the_reason(city):
    clear = GOOD | {
        "Nhiệm vụ": "Xây dựng kho dữ liệu",
        "Người phụ trách": "officer",
        "Thẩm quyền quyết định": "Giám đốc Sở quyết định",
        "Kết quả phải có": "01 kho dữ liệu được nghiệm thu",
    }
    done = write(city, send(city, GOOD, clear), issue=True)
    assert (done.batch.written, done.batch.issued) == (2, 1)
    ((number, why),) = done.kept_back
    assert number == 2
    assert "rõ thẩm quyền" in why
    assert Task.objects.get(stage=Stage.ISSUED).title == "Xây dựng kho dữ liệu"
    assert Tally.objects.get(unit=city.units["H17.KHCN"], day=TODAY).not_started == 1


def test_only_those_who_assign_may_send_a_sheet(city):
    with pytest.raises(Refused, match="Chỉ Ban Chỉ đạo và Tổ thư ký"):
        importing.receive(sheet(GOOD), name="a.xlsx", **city.as_("officer"))


def test_the_template_can_be_sent_back_filled_in_and_its_sample_row_does_not_count(city):
    book = load_workbook(io.BytesIO(importing.template(city.viewer("secretary"), clock.today())))
    assert book["Danh mục"].sheet_state == "hidden"
    page = book["Nhiệm vụ"]
    page.append([GOOD.get(column.heading) for column in COLUMNS])
    stream = io.BytesIO()
    book.save(stream)
    (only,) = read_sheet(stream.getvalue())
    assert only.text("title") == GOOD["Nhiệm vụ"]


def test_the_number_of_queries_does_not_grow_with_the_rows(city, django_assert_max_num_queries):
    few = send(city, *[GOOD | {"Nhiệm vụ": f"Việc {n}"} for n in range(3)])
    many = send(city, *[GOOD | {"Nhiệm vụ": f"Việc khác {n}"} for n in range(120)])
    viewer = city.viewer("secretary")
    for batch, rows in ((few, 3), (many, 120)):
        with django_assert_max_num_queries(8):
            assert len(importing.preview(batch, viewer).good) == rows
    with django_assert_max_num_queries(40):
        write(city, many, issue=True)
