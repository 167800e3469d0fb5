"""Rules as files: what is wrong is named with its line; taken in twice is as once; one that goes falls out of use."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from tests.alerts.conftest import ENTRY, City

from namro.alerts.actions.packages import load_rules
from namro.alerts.catalog import Known, read_rule, read_rules
from namro.alerts.models import Rule
from namro.alerts.terms import Audience
from namro.audit.models import Entry
from namro.delivery.terms import Level
from namro.sources.terms import PackageRefused

TODAY = date(2025, 7, 9)
KNOWN = Known(frozenset({"TU.VP", "48", "20194"}), frozenset({"f"}), frozenset({"i"}), root="48")
FIGURE = {"kind": "figure_jumped"}


def write(folder: Path, **changed: object) -> Path:
    """Write a rule's file, its code the name, with some keys changed; None leaves one out."""
    entry = {key: value for key, value in {**ENTRY, **changed}.items() if value is not None}
    file = folder / f"{entry['code']}.yaml"
    file.write_text(yaml.safe_dump(entry, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"owner": "X"}, "không có đơn vị mã «X»"),
        ({"why": None}, "thiếu «why»"),
        ({"kind": "task_lost"}, "«kind» là «task_lost»"),
        ({"extra": 1}, "không có mục «extra»"),
        ({"version": "một"}, "«version» phải là số nguyên"),
        ({"text": "{object} {who}"}, "chỗ trống «{who}»"),
        ({"text": "{object"}, "không khép"),
        ({"levels": {"warning": 9, "critical": 3}}, "ngưỡng phải xấu dần"),
        ({"levels": {"warning": "x"}}, "ngưỡng phải là số"),
        ({"levels": {"red": 1}}, "không có mục «red»"),
        ({"hears": {"warning": ["person"]}}, "mức «critical» có ngưỡng mà không báo ai"),
        ({"hears": {"warning": ["boss"], "critical": ["leads"]}}, "không có người nhận «boss»"),
        ({"urging": {"then": "hourly"}}, "«then» là «hourly»"),
        ({"urging": {"before": [-1]}}, "từ 0 đến 60"),
        ({"look": {"within": "99"}}, "«within» là «99»"),
        ({"look": {"unit_kinds": ["hamlet"]}}, "không có loại đơn vị «hamlet»"),
        ({"look": {"indicator": "i"}}, "không xem theo «indicator»"),
        ({"look": {"form": "f"}}, "không xem theo «form»"),
        ({**FIGURE, "look": None}, "phải có «look» với «indicator»"),
        ({**FIGURE, "look": {"indicator": "i", "register": "tw"}}, "không xem theo «register»"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(
    tmp_path: Path, changed: dict[str, object], fault: str
) -> None:
    write(tmp_path, **changed)
    with pytest.raises(PackageRefused) as refusal:
        read_rules(tmp_path, today=TODAY, known=KNOWN)
    assert fault in str(refusal.value)
    assert "qua_han.yaml, dòng " in str(refusal.value)


def test_a_code_stands_once_and_a_review_that_has_passed_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, next_review=date(2025, 1, 1))
    read, reading = read_rules(tmp_path, today=TODAY, known=KNOWN)
    assert (len(read), len(reading.warnings)) == (1, 1)
    (tmp_path / "again.yaml").write_text(
        (tmp_path / "qua_han.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    with pytest.raises(PackageRefused, match="đã khai báo ở tệp khác"):
        read_rules(tmp_path, today=TODAY, known=KNOWN)


def test_a_rule_says_what_its_file_says_and_looks_in_its_city(tmp_path: Path) -> None:
    rule, _ = read_rule(write(tmp_path, look=None, next_review=date(2026, 1, 1)), today=TODAY, known=KNOWN)
    assert (rule.within, rule.thresholds[Level.CRITICAL]) == ("48", 20)
    assert rule.hears[Level.CRITICAL] == (Audience.PERSON, Audience.LEADS)
    assert (rule.urging.every_days, rule.urging.grace) == (7, 3)


def test_taken_in_twice_is_as_once_and_what_is_no_longer_declared_falls_out_of_use(
    city: City, tmp_path: Path
) -> None:
    write(tmp_path, next_review=date(2026, 1, 1))
    read, _ = read_rules(tmp_path, today=TODAY, known=KNOWN)
    assert [load_rules(read, package="t") for _ in range(2)] == [1, 0]
    assert Entry.objects.filter(verb="declare_alert_rule").count() == 1
    write(tmp_path, next_review=date(2026, 1, 1), levels={"warning": 2, "critical": 5})
    assert load_rules(read_rules(tmp_path, today=TODAY, known=KNOWN)[0], package="t") == 1
    assert Rule.objects.get().critical == 5
    assert load_rules([], package="t") == 1
    assert not Rule.objects.get().is_live
