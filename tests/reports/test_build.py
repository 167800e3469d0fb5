"""The pure part: sentences filled from figures, silence where there is nothing to say, numbers that can be redone."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.material import figure, finding, material, template

from namro.reports.catalog.figures import FigureDef
from namro.reports.formulas import build, derive
from namro.reports.formulas.build import place_of, within
from namro.reports.formulas.plain import said
from namro.reports.formulas.words import fill, sentence
from namro.reports.terms import Chart, Column, Heading, Note, Paragraph, Report, Table, Tier

TASKS = {"text": ["Giao {a} việc.", "Xong {b}."], "about": "Nhiệm vụ"}


def texts(report: Report) -> list[str]:
    """The paragraphs and notes of a report as text."""
    blocks = [block for section in report.sections for block in section.blocks]
    return [said(block.words) for block in blocks if isinstance(block, Paragraph | Note)]


def test_a_sentence_is_filled_from_figures() -> None:
    report = build(template(TASKS), material(figure("a", 1154), figure("b", 32)))
    assert texts(report) == ["Giao 1.154 việc. Xong 32."]
    assert [each.key for each in report.figures] == ["a", "b"]


def test_a_missing_number_says_so_and_is_no_zero() -> None:
    report = build(template(TASKS), material(figure("a", 75), figure("b", None)))
    assert texts(report) == ["Giao 75 việc. Xong chưa có số liệu."]
    assert [each.key for each in report.figures] == ["a"]


def test_a_paragraph_of_which_nothing_is_known_names_its_subject() -> None:
    report = build(template(TASKS), material(figure("a", None), figure("b", None)))
    assert texts(report) == ["Nhiệm vụ: chưa có số liệu."]


def test_a_units_own_report_leaves_out_what_it_has_nothing_to_say_on() -> None:
    sections = [
        {"code": "mot", "title": "Một", "blocks": [TASKS, {"text": "Lời chung."}]},
        {"code": "hai", "title": "Hai", "blocks": [{"text": "Có {c}."}]},
    ]
    figures = figure("a", None), figure("b", None), figure("c", 5)
    report = build(
        template(sections=sections), material(*figures, tier=Tier.COMMUNE, name="Phường Hòa Khánh")
    )
    assert [(section.number, section.title) for section in report.sections] == [("I", "Hai")]


def test_blocks_and_sections_of_another_tier_stay_out() -> None:
    sections = [
        {
            "code": "mot",
            "title": "Một",
            "blocks": [{"text": "Xã {a}.", "for": ["commune"]}, {"text": "Thành phố {a}."}],
        },
        {"code": "hai", "title": "Hai", "for": ["commune"], "blocks": [{"text": "Xã {a}."}]},
    ]
    report = build(template(sections=sections), material(figure("a", 1)))
    assert texts(report) == ["Thành phố 1."]


def test_an_optional_section_waits_for_its_numbers() -> None:
    section = {
        "code": "g",
        "title": "Mục tiêu",
        "optional": True,
        "blocks": [{"text": "Đạt {a}.", "about": "Mục tiêu"}],
    }
    assert build(template(sections=[section]), material(figure("a", None))).sections == ()
    assert len(build(template(sections=[section]), material(figure("a", 27))).sections) == 1


def test_headings_are_numbered_and_go_where_nothing_follows() -> None:
    blocks = [{"heading": "Trống"}, {"heading": "Đầy"}, {"text": "Có {a}."}, {"heading": "Cuối"}]
    report = build(template(*blocks), material(figure("a", 1)))
    headings = [block for block in report.sections[0].blocks if isinstance(block, Heading)]
    assert [(block.number, block.title) for block in headings] == [("1", "Đầy")]


@pytest.mark.parametrize(("value", "said_so"), [(2, "Có 2."), (0, "Không có."), (-3, "Thiếu 3."), (None, "")])
def test_by_sign_picks_the_sentence_and_falls_silent_without_a_number(
    value: int | None, said_so: str
) -> None:
    spec = {"by_sign": {"of": "a", "plus": "Có {a}.", "zero": "Không có.", "minus": "Thiếu {a:abs}."}}
    assert said(sentence(spec, {"a": figure("a", value)}, {})) == said_so


def test_tables_and_charts_are_numbered_through_the_report() -> None:
    rows = [["Việc", "{a}"]]
    columns = [{"title": "Mục"}, {"title": "Số", "number": True}]
    table = {"table": {"caption": "Bảng {period}", "columns": columns, "rows": rows}}
    chart = {
        "chart": {"code": "c", "kind": "bars", "title": "Hình", "bars": [{"label": "Một", "figure": "a"}]}
    }
    sections = [{"code": code, "title": code, "blocks": [table, chart]} for code in ("mot", "hai")]
    report = build(template(sections=sections), material(figure("a", 1)))
    blocks = [block for section in report.sections for block in section.blocks]
    assert [block.number for block in blocks if isinstance(block, Table)] == [1, 2]
    assert [block.number for block in blocks if isinstance(block, Chart)] == [1, 2]
    assert blocks[0].caption == "Bảng 6 tháng đầu năm 2025"


def test_the_states_of_a_chart_add_up_to_the_total() -> None:
    counts = {"total": "t", "done": "d", "done_on_time": "o", "overdue": "q"}
    chart = {
        "chart": {"code": "c", "kind": "states", "title": "Hình", "bars": [{"label": "Sổ", "counts": counts}]}
    }
    report = build(
        template(chart), material(figure("t", 75), figure("d", 32), figure("o", 28), figure("q", 2))
    )
    (drawn,) = [block for block in report.sections[0].blocks if isinstance(block, Chart)]
    assert dict(drawn.bars[0].states) == {
        "done": 28,
        "done_late": 4,
        "in_progress": 41,
        "in_progress_late": 2,
    }


def test_a_chart_of_which_nothing_is_known_is_not_drawn() -> None:
    chart = {
        "chart": {"code": "c", "kind": "bars", "title": "Hình", "bars": [{"label": "Một", "figure": "a"}]}
    }
    report = build(template(chart, TASKS), material(figure("a", None), figure("b", 1)))
    assert [type(block) for block in report.sections[0].blocks] == [Paragraph]


def test_an_empty_list_says_its_own_words() -> None:
    block = {"listing": "overdue:tw", "caption": "Quá hạn", "empty": "Không có việc quá hạn."}
    empty = Table("", (Column("Mã"),), ())
    report = build(template(block), material(listings={"overdue:tw": empty}))
    assert texts(report) == ["Không có việc quá hạn."]


def test_findings_stand_beside_their_fact_and_all_together() -> None:
    found = (finding("R2", "Thiếu 1."), finding("", "Sai."))
    report = build(template({"findings": ["R2"]}, {"findings": []}), material(findings=found))
    assert texts(report) == [
        "Thiếu 1.",
        "Sở Nội vụ, 6 tháng đầu năm 2025: Thiếu 1.",
        "Sở Nội vụ, 6 tháng đầu năm 2025: Sai.",
    ]
    assert texts(build(template({"findings": []}), material())) == [
        "Không có số liệu nào vi phạm phép kiểm tra."
    ]


def test_what_waits_for_findings_stays_out_without_them() -> None:
    block = {"text": "Hãy kiểm tra lại.", "when": "findings"}
    assert build(template(block), material()).sections == ()
    assert texts(build(template(block), material(findings=(finding(),)))) == ["Hãy kiểm tra lại."]


def test_the_same_material_gives_the_same_report() -> None:
    made = [build(template(TASKS), material(figure("a", 75), figure("b", 32))) for _ in range(2)]
    assert made[0] == made[1]


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_rate_is_made_of_its_parts_and_names_them(part: int, whole: int) -> None:
    declared = {"r": FigureDef("r", "percent", of=("a", "b"), decimals=1)}
    rate = derive(declared, {"a": figure("a", part), "b": figure("b", whole)})["r"]
    assert rate.value is not None
    assert abs(rate.value - Decimal(part) * 100 / whole) <= Decimal("0.05")
    assert (rate.numerator, rate.denominator) == (part, whole)


def test_a_rate_without_a_part_is_unknown() -> None:
    declared = {"r": FigureDef("r", "percent", of=("a", "b"), decimals=1)}
    assert derive(declared, {"a": figure("a", 1), "b": figure("b", None)})["r"].value is None
    assert derive(declared, {"a": figure("a", 1), "b": figure("b", 0)})["r"].value is None


def test_what_is_made_may_be_made_of_what_is_made() -> None:
    declared = {
        "z": FigureDef("z", "difference", of=("r", "s"), decimals=1),
        "r": FigureDef("r", "percent", of=("a", "b"), decimals=1),
        "s": FigureDef("s", "percent", of=("c", "b"), decimals=1),
    }
    read = {key: figure(key, value) for key, value in (("a", 427), ("b", 1000), ("c", 299))}
    assert derive(declared, read)["z"].value == Decimal("12.8")


def test_doubt_is_inherited() -> None:
    declared = {"m": FigureDef("m", "minus", of=("a", "b"))}
    read = {"a": figure("a", 3), "b": figure("b", 1, source_state="breached")}
    assert derive(declared, read)["m"].in_doubt


def test_a_place_is_named_without_its_kind_and_small_within_a_sentence() -> None:
    assert place_of("Phường Hòa Khánh") == "Hòa Khánh"
    assert place_of("Sở Nội vụ") == "Sở Nội vụ"
    assert within("Đặc khu Hoàng Sa") == "đặc khu Hoàng Sa"
    assert within("Sở Nội vụ") == "Sở Nội vụ"


def test_the_head_is_filled_for_the_unit() -> None:
    report = build(
        template(TASKS), material(figure("a", 1), figure("b", 1), tier=Tier.COMMUNE, name="Xã Hòa Vang")
    )
    assert (report.head.issuer, report.head.place, report.head.signs_as) == (
        "XÃ HÒA VANG",
        "Hòa Vang",
        "CHỦ TỊCH",
    )


def test_words_of_the_report_and_figures_stand_side_by_side() -> None:
    assert said(fill("{unit}: {a}", {"a": figure("a", 3)}, {"unit": "Sở Nội vụ"})) == "Sở Nội vụ: 3"
