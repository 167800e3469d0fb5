"""What people wrote for the demo is checked, and every fault is told with its file and line."""

from pathlib import Path

import pytest

from namro.flows.demo.material import Material
from namro.ground.reviewed import FileRefused

DIRECTIVES = """directives:
- {code: nq, register: tw, kind: Nghị quyết, number: 1-NQ, issuer: Chính phủ, day: 2025-01-09, title: Một}
"""
TASK = """register: tw
supervisor: B
tasks:
- code: A-1
  title: Làm một việc
  directive: nq
  lead: A
  start: 2025-03-03
  due: 2025-06-30
  story: done
  result: Xong
  product: Biên bản
  authority: Giám đốc quyết định
  climbs_to: B
"""


def material(folder: Path, task: str) -> Material:
    (folder / "directives.yaml").write_text(DIRECTIVES, encoding="utf-8")
    (folder / "tw.yaml").write_text(task, encoding="utf-8")
    return Material(folder)


def test_a_written_task_becomes_a_plan(tmp_path: Path) -> None:
    [plan] = material(tmp_path, TASK).written_tasks()
    assert (plan.code, plan.lead, plan.supervisor, plan.story) == ("A-1", "A", "B", "done")
    assert plan.result == "Xong. Sản phẩm: Biên bản."


def test_a_target_keeps_its_unit_of_measure_in_the_name(tmp_path: Path) -> None:
    written = TASK.replace("product: Biên bản", 'indicator: Số hộ\n  target: "9.000 hộ"')
    [plan] = material(tmp_path, written).written_tasks()
    assert (plan.indicator, plan.target) == ("Số hộ (hộ)", 9000)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("authority: Giám đốc quyết định", "authority:"), "thiếu “authority”"),
        (("directive: nq", "directive: khac"), "văn bản “khac” không có"),
        (("story: done", "story: xong"), "diễn biến “xong” không có"),
        (("product: Biên bản", "note: x"), "đúng một trong hai"),
        (("due: 2025-06-30", "due: 2025-01-30"), "“due” không trước “start”"),
        (("story: done", "story: extended"), "cần “extend_to”"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    with pytest.raises(FileRefused, match=r"tw\.yaml, dòng 4: ") as refusal:
        material(tmp_path, TASK.replace(*change)).written_tasks()
    assert words in str(refusal.value)


def test_a_package_without_tasks_has_none(tmp_path: Path) -> None:
    assert not Material(tmp_path).exists
