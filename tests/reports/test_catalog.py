"""Templates as a package declares them: Đà Nẵng's is sound, and every fault of another is named with its line."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from namro.reports.catalog.figures import read_facts
from namro.reports.catalog.templates import names_in, read_templates
from namro.sources.terms import PackageRefused

DANANG = Path(__file__).parents[2] / "packages" / "danang"
TODAY = date(2025, 7, 9)
UNITS = {"TU.VP", "48"}


def sound() -> dict[str, Any]:
    """The body of Đà Nẵng's own template."""
    return dict(yaml.safe_load((DANANG / "reports" / "conference.yaml").read_text(encoding="utf-8")))


def faults_of(folder: Path, body: dict[str, Any]) -> list[str]:
    """Write a template and return what is wrong with it."""
    (folder / "mau.yaml").write_text(
        yaml.safe_dump(body, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    with pytest.raises(PackageRefused) as refusal:
        read_templates(folder, today=TODAY, units=UNITS, facts=read_facts(DANANG))
    return [str(fault) for fault in refusal.value.faults]


def test_the_template_of_danang_is_sound() -> None:
    found, reading = read_templates(DANANG / "reports", today=TODAY, units=UNITS, facts=read_facts(DANANG))
    assert [template.code for template, _ in found] == ["conference", "monthly", "urging"]
    assert reading.warnings == []
    template = found[0][0]
    assert template.figures["T1.done"].part == "numerator"
    assert template.figures["R2.digitised"].box == "da_so_hoa"
    assert [spec["key"] for spec in template.facts["T1"]][:3] == ["register", "total", "done"]


def test_no_number_is_typed_into_a_sentence_of_danang() -> None:
    """A digit may stand in a name (of the resolution, of a level) alone: every other number comes from a figure."""
    document = sound()
    said = [document["document"][key] for key in ("title", "summary", "opening", "closing")]
    for section in document["sections"]:
        for block in section["blocks"]:
            said += _texts(block.get("text", []))
    digits = [text for text in said if any(letter.isdigit() for letter in _without_names(text))]
    assert digits == []


def _texts(text: Any) -> list[str]:
    if isinstance(text, str):
        return [text]
    if isinstance(text, dict):
        return [inner for key, inner in text["by_sign"].items() if key != "of"]
    return [inner for part in text for inner in _texts(part)]


def _without_names(text: str) -> str:
    for name in names_in(text):
        text = text.replace("{" + name, "")
    return text.replace("57-NQ/TW", "").replace("mức 2", "")


def test_a_name_that_leads_nowhere_is_a_fault_with_file_and_line(tmp_path: Path) -> None:
    body = sound()
    body["sections"][0]["blocks"][1]["text"] = "Giao {khong_co} việc."
    body["sections"][0]["blocks"][5] = {"listing": "ban_do", "caption": "x"}
    body["sections"][1]["blocks"][0]["for"] = ["huyen"]
    body["document"]["heads"]["huyen"] = {"issuer": "x"}
    faults = faults_of(tmp_path, body)
    assert all("mau.yaml, dòng " in fault for fault in faults)
    assert any("danh sách «ban_do»" in fault for fault in faults)
    assert any("không có cấp «huyen»" in fault for fault in faults)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Giao {khong_co} việc.", "không có số liệu «khong_co»"),
        ("Giao {T1.total việc.", "ngoặc nhọn chưa đóng"),
        ([{"by_sign": {"of": "khong_co", "plus": "Có."}}], "dùng số liệu «khong_co»"),
    ],
)
def test_a_sentence_that_cannot_be_filled_is_refused(tmp_path: Path, text: Any, what: str) -> None:
    body = sound()
    body["sections"][1]["blocks"][0]["text"] = text
    assert any(what in fault for fault in faults_of(tmp_path, body))


def test_a_figure_that_comes_from_nowhere_is_refused(tmp_path: Path) -> None:
    body = sound()
    body["figures"]["la"] = {"label": "Số lạ"}
    assert any("số liệu «la» phải có một trong" in fault for fault in faults_of(tmp_path, body))


def test_a_figure_made_of_one_that_is_none_is_refused(tmp_path: Path) -> None:
    body = sound()
    body["figures"]["la"] = {"percent": ["T1.done", "khong_co"]}
    assert any("tính từ «khong_co»" in fault for fault in faults_of(tmp_path, body))


def test_an_owner_that_is_no_unit_and_a_key_that_is_none_are_refused(tmp_path: Path) -> None:
    body = sound() | {"owner": "X"}
    assert any("«X»" in fault for fault in faults_of(tmp_path, body))
    assert any("«lạ»" in fault for fault in faults_of(tmp_path, sound() | {"lạ": 1}))
