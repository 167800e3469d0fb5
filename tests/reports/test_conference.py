"""The conference report of Đà Nẵng, from the package as loaded to the files that are handed out."""

import io
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdf
import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from docx import Document

from namro.flows.daily import run_day
from namro.flows.load import load
from namro.flows.management.commands.census import census
from namro.ground import clock
from namro.organisation.models import Unit
from namro.pages.reports.drawing import pictures
from namro.reports.actions import load_package
from namro.reports.formulas import plain
from namro.reports.models import Template
from namro.reports.queries import has_figures, report, template
from namro.reports.renderers import render
from namro.reports.renderers.addresses import on_site
from namro.reports.terms import Format, Report
from namro.tasks.models import Task

# One load of the whole package for all of it; each test takes back what it changed.
pytestmark = pytest.mark.django_db

DANANG = Path(__file__).parents[2] / "packages" / "danang"
SOURCE = yaml.safe_load((Path(__file__).parent / "source_facts.yaml").read_text(encoding="utf-8"))
DAY, LATER = sorted(SOURCE)


@pytest.fixture(scope="module", autouse=True)
def danang(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The package with its demo, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.at(DAY):
        load(DANANG, demo=True)
        yield
        transaction.set_rollback(True)
    made.cache_clear()


@cache
def made(unit: str = "48", day: date = DAY) -> Report:
    """The report of a unit."""
    return report(template("conference"), Unit.objects.valid_on(day).get(code=unit), day)


@cache
def drawn(form: Format) -> bytes:
    """The city's report as a file."""
    return render(made(), form, pictures(), on_site("https://namro.example"))


@pytest.mark.parametrize("day", [DAY, LATER], ids=str)
def test_the_facts_are_those_of_the_documents(day: date) -> None:
    facts = json.loads(json.dumps(plain(made(day=day))["facts"]))
    for fact, keys in SOURCE[day].items():
        told = {key: facts[fact].get(key) for key in keys}
        assert told == keys, fact
        assert {key: type(value) for key, value in told.items()} == {key: type(keys[key]) for key in keys}
        assert facts[fact]["as_of"] == day.isoformat()


def test_targets_are_not_known_before_they_were_set() -> None:
    assert {"G1", "G2"} & set(made().facts) == set()
    assert "Mục tiêu kinh tế" not in [section.title for section in made().sections]
    assert "Mục tiêu kinh tế" in [section.title for section in made(day=LATER).sections]


def test_the_pages_that_do_not_add_up_are_found_and_come_first() -> None:
    findings = plain(made())["findings"]
    facts = [finding for finding in findings if finding["fact"]]
    told = [(finding["fact"], finding["check"], finding["difference"]) for finding in facts]
    assert told == [("R2", "parts_add_up", 10000), ("R2", "rate_follows", 1)]
    assert (facts[1]["stated"], facts[1]["computed"]) == (34, 33)
    assert findings[: len(facts)] == facts
    assert all(finding["form"] and finding["unit"] for finding in findings[len(facts) :])


def test_every_figure_says_where_it_comes_from() -> None:
    keys = {"key", "unit", "period", "value", "numerator", "denominator", "as_of", "source", "text"}
    figures = plain(made())["figures"]
    assert all(keys <= figure.keys() and figure["as_of"] and figure["source"] for figure in figures)
    assert len({figure["key"] for figure in figures}) == len(figures)
    rate = next(figure for figure in figures if figure["key"] == "T1.done_pct")
    assert (rate["value"], rate["numerator"], rate["denominator"], rate["text"]) == (
        42.7,
        32,
        75,
        "42,7\u00a0%",
    )


def test_a_ward_has_its_own_report() -> None:
    ward = made("20200")
    assert ward.facts == {}
    assert ward.head.issuer == "ỦY BAN NHÂN DÂN PHƯỜNG HÒA KHÁNH"
    assert {figure.unit for figure in ward.figures} == {"20200"}
    assert {finding.unit for finding in ward.findings} <= {"20200"}
    assert ward.sections[0].code == "nhiem_vu"
    assert "du_an" not in [section.code for section in ward.sections]


def test_an_agency_tells_of_the_forms_it_answers_for() -> None:
    records = made("H17.NV")
    told = {figure.key: figure.value for figure in records.figures}
    assert told["R2.total"] == 2827927
    assert "T1.total" not in told
    assert len(records.findings) >= 2


def test_a_list_never_names_a_marked_task() -> None:
    named = set(_titles(made()))
    with transaction.atomic():
        Task.objects.update(mark="confidential")
        hidden = report(template("conference"), Unit.objects.get(code="48", valid_to=None), DAY)
        transaction.set_rollback(True)
    assert len(named) > 4
    assert _titles(hidden) == []
    assert hidden.facts["T1"] == made().facts["T1"]


def _titles(of: Report) -> list[str]:
    """The tasks that the lists of a report name."""
    tables = [
        block
        for section in of.sections
        for block in section.blocks
        if hasattr(block, "rows") and hasattr(block, "columns")
    ]
    return [row[0][0].text for table in tables if table.columns[0].title == "Mã" for row in table.rows]


def test_the_number_of_queries_does_not_grow() -> None:
    declared, city = template("conference"), Unit.objects.get(code="48", valid_to=None)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report(declared, city, DAY)
    assert len(queries) <= 20


def test_loading_and_running_twice_is_as_once() -> None:
    city = Unit.objects.get(code="48", valid_to=None)
    run_day(DAY)
    before, rows = plain(report(template("conference"), city, DAY)), census()
    load_package(DANANG)
    run_day(DAY)
    assert census() == rows
    assert plain(report(template("conference"), city, DAY)) == before
    assert Template.objects.count() == len(list((DANANG / "reports").glob("*.yaml")))


def test_word_is_laid_out_by_the_decree() -> None:
    word = Document(io.BytesIO(drawn(Format.DOCX)))
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [30, 15, 20, 20]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert word.styles["Normal"].font.name == "Times New Roman"
    head = [cell.text for cell in word.tables[0].rows[0].cells]
    assert "BAN CHỈ ĐẠO" in head[0]
    assert "Độc lập - Tự do - Hạnh phúc" in head[1]
    assert "Đà Nẵng, ngày 09 tháng 7 năm 2025" in head[1]
    assert "Dữ liệu minh họa" in section.first_page_footer.paragraphs[0].text


def test_every_number_in_word_leads_to_its_line_in_the_annex() -> None:
    with ZipFile(io.BytesIO(drawn(Format.DOCX))) as parts:
        xml = parts.read("word/document.xml").decode()
        pictures_inside = [name for name in parts.namelist() if name.startswith("word/media/")]
    places = {f'w:name="so_{number}"' for number in range(1, len(made().annex) + 1)}
    assert all(place in xml for place in places)
    assert 'w:anchor="so_1"' in xml
    assert len(pictures_inside) == 2


def test_pdf_has_its_letters_inside_and_numbers_its_pages() -> None:
    pdf = pypdf.PdfReader(io.BytesIO(drawn(Format.PDF)))
    first, second = pdf.pages[0].extract_text(), pdf.pages[1].extract_text()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "đã hoàn thành 32 nhiệm vụ" in " ".join(first.split())
    mark = "Dữ liệu minh họa – không dùng làm căn cứ"
    assert second.splitlines()[-2:] == ["2", mark]
    assert "1" not in first.splitlines()
    assert first.splitlines()[-1] == mark
    fonts = [font.get_object() for font in pdf.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    assert all("FontFile" in str(_descriptor(font).keys()) for font in fonts)
    assert round(float(pdf.pages[0].mediabox.width) / 72 * 25.4) == 210


def _descriptor(font: Any) -> Any:
    return font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()


def test_html_stands_alone_and_every_number_is_a_link() -> None:
    page = drawn(Format.HTML).decode()
    assert 'href="#so-1">75</a> nhiệm vụ' in page
    assert 'id="so-1"' in page
    assert "https://namro.example/nhiem-vu/?so=tw&amp;don_vi=48&amp;ngay=2025-07-09" in page
    assert "<script" not in page
    assert 'src="' not in page


def test_the_command_writes_a_file_and_runs_the_river_first(tmp_path: Path) -> None:
    day = date(2025, 7, 8)
    assert not has_figures(day)
    out = tmp_path / "bao-cao.json"
    call_command("report", "conference", as_of=day.isoformat(), format="json", out=out, unit="Hòa Khánh")
    assert has_figures(day)
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (told["report"], told["as_of"], told["unit"]) == ("conference", "2025-07-08", "20200")


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"as_of": "2025-02-30"}, "tháng 2 năm 2025 có 28 ngày"),
        ({"as_of": "2025-07-09", "unit": "Hoa Khanhh"}, "gần nhất là: Phường Hòa Khánh"),
        ({"as_of": "2025-07-09", "out": Path("khong-co") / "bao-cao.pdf"}, "Không ghi được tệp"),
    ],
)
def test_the_command_refuses_in_a_sentence(options: dict[str, Any], what: str) -> None:
    with pytest.raises(CommandError, match=what):
        call_command("report", "conference", format="json", **options)


def test_a_template_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(CommandError, match="các mẫu đang dùng: conference"):
        call_command("report", "quy", format="json", as_of="2025-07-09")
