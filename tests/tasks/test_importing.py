"""Tasks from Excel: what is refused and why, what is written, and that asking twice writes once."""

import io
import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

import pytest
from openpyxl import Workbook, load_workbook

from namro.audit.models import Entry
from namro.ground import clock
from namro.organisation.models import Successor, Unit
from namro.organisation.terms import Part, Refused
from namro.tasks.actions import importing
from namro.tasks.actions.importing.checking import check_row, check_rows
from namro.tasks.actions.importing.columns import COLUMNS, KEY_BY_HEADING
from namro.tasks.actions.importing.reading import SheetRow, read_sheet
from namro.tasks.models import ImportBatch, Moment, Participation, Tally, Task
from namro.tasks.terms import Stage

TODAY = date(2025, 3, 3)
GOOD = {
    "Sổ theo dõi": "bcd",
    "Số văn bản giao việc": "01-KH/BCĐ",
    "Nhiệm vụ": "Xây dựng cơ sở dữ liệu đất đai dùng chung",
    "Đơn vị chủ trì": "Sở Khoa học và Công nghệ",
    "Hạn hoàn thành": "30/06/2025",
}


def sheet(*rows: dict[str, object]) -> bytes:
    """A workbook with the template's headings and the rows."""
    book = Workbook()
    page = book.active
    headings = [column.heading for column in COLUMNS]
    page.append(headings)
    for row in rows:
        page.append([row.get(heading) for heading in headings])
    for cell in (cell for line in page for cell in line if isinstance(cell.value, str)):
        cell.data_type = "s"  # as typed by a person: "=1" may be a title
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class Table:
    """What rows may name, without a database."""

    def __init__(self) -> None:
        self.there: dict[str, str] = {}

    def register(self, text):
        return SimpleNamespace(pk=1, code=text)

    def directive(self, register, text):
        return SimpleNamespace(pk=2, number=text)

    def unit(self, text):
        if text == "Sở Không Có":
            raise Refused("Không có đơn vị «Sở Không Có»; gần nhất là: Sở Công Thương.")
        return SimpleNamespace(pk=hash(text), name=text)

    lead = unit

    def person(self, unit, text):
        return SimpleNamespace(pk=4)

    def parent(self, code):
        return SimpleNamespace(pk=5)

    def is_there(self, row, directive, title, lead):
        return self.there.get(title, "")


def row(number: int = 2, **changed: object) -> SheetRow:
    cells = {KEY_BY_HEADING_OF[heading]: value for heading, value in GOOD.items()}
    return SheetRow(number, {key: value for key, value in (cells | changed).items() if value != ""})


KEY_BY_HEADING_OF = {column.heading: column.key for column in COLUMNS}


def faults_of(one: SheetRow) -> dict[str, str]:
    return {fault.column: fault.sentence for fault in check_row(one, Table(), today=TODAY).faults}


def test_every_heading_of_the_template_is_read_back():
    assert set(KEY_BY_HEADING.values()) == {column.key for column in COLUMNS}


def test_a_full_row_has_no_fault():
    assert faults_of(row()) == {}


@pytest.mark.parametrize(
    ("column", "written", "said"),
    [
        ("due_day", "31/02/2025", "Ngày 31/02/2025 không có trong lịch: tháng 2 năm 2025 có 28 ngày."),
        ("due_day", "cuối quý 3", "không phải là ngày"),
        ("due_day", "01/01/2025", "đứng trước ngày bắt đầu"),
        ("due_day", "30/06/2205", "nằm ngoài khoảng hợp lý"),
        ("due_day", "", "Chưa có hạn hoàn thành"),
        ("title", "", "Chưa có nhiệm vụ"),
        ("title", "x" * 501, "tối đa 500"),
        ("lead_unit", "Sở Không Có", "gần nhất là: Sở Công Thương"),
        ("cooperating", "Sở A; Sở Không Có", "gần nhất là: Sở Công Thương"),
        ("proof_kind", "lời hứa", "hãy ghi Sản phẩm hoặc Chỉ số"),
        ("proof_target", "1,154", "hai cách"),
        ("mark", "Tuyệt mật", "không được nhập vào hệ thống"),
        ("mark", "hơi mật", "không có"),
    ],
)
def test_what_is_wrong_in_a_cell_is_said_at_its_column_with_how_to_mend_it(column, written, said):
    assert said in faults_of(row(**{column: written}))[column]


def test_all_faults_of_a_row_are_told_at_once():
    found = faults_of(row(title="", lead_unit="Sở Không Có", due_day="31/02/2025"))
    assert set(found) == {"title", "lead_unit", "due_day"}


def test_days_are_read_as_dates_as_words_and_as_bare_excel_numbers():
    for written in (date(2025, 6, 30), "30/6/2025", "2025-06-30", "45838"):
        assert check_row(row(due_day=written), Table(), today=TODAY).values["due_day"] == date(2025, 6, 30)


def test_a_target_is_read_the_vietnamese_way():
    checked = check_row(row(proof_kind="chi so", proof_target="42,7 %"), Table(), today=TODAY)
    assert checked.values["proof_target"] == Decimal("42.7")


def test_the_second_of_two_equal_rows_is_the_one_refused():
    first, second = check_rows([row(2), row(9)], Table(), today=TODAY)
    assert not first.faults
    assert "Trùng với dòng 2" in second.faults[0].sentence


def test_a_row_whose_task_is_already_there_names_its_code():
    table = Table()
    table.there[str(GOOD["Nhiệm vụ"])] = "BCD-25-ABCDEF"
    (checked,) = check_rows([row()], table, today=TODAY)
    assert "BCD-25-ABCDEF" in checked.faults[0].sentence


def test_rows_are_numbered_as_excel_shows_them_and_empty_ones_skipped():
    rows = read_sheet(sheet(GOOD, {}, GOOD))
    assert [each.number for each in rows] == [2, 4]


def test_columns_may_stand_in_any_order_and_others_are_left_alone():
    book = Workbook()
    headings = ["STT", *reversed(GOOD)]
    book.active.append(["Danh sách nhiệm vụ quý III"])
    book.active.append(headings)
    book.active.append([1, *reversed(GOOD.values())])
    stream = io.BytesIO()
    book.save(stream)
    (only,) = read_sheet(stream.getvalue())
    assert only.number == 3
    assert only.text("lead_unit") == "Sở Khoa học và Công nghệ"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"),
        (b"%PDF-1.7 x", "không phải là sổ Excel"),
        (b"PK\x03\x04 cut short", "bị hỏng"),
        (b"\xd0\xcf\x11\xe0 old", "Excel cũ"),
        (b"x" * (10 * 1024 * 1024 + 1), "lớn hơn 10 MB"),
        (sheet(), "không có dòng nhiệm vụ nào"),
    ],
)
def test_a_file_that_is_no_sheet_of_ours_is_refused_in_a_sentence(content, said):
    with pytest.raises(Refused, match=said):
        read_sheet(content)


def test_a_sheet_without_a_needed_column_names_it():
    book = Workbook()
    book.active.append(["Nhiệm vụ", "Hạn hoàn thành"])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(Refused, match="thiếu cột: Sổ theo dõi, Số văn bản giao việc, Đơn vị chủ trì"):
        read_sheet(stream.getvalue())


# --- on a database -----------------------------------------------------------------------------------------------


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
