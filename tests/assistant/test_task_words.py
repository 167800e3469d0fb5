"""Which tasks an officer means: what is not done is not done, children are not late, what is left aside is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.assistant.rules.task_words import read_tasks

UNIT = ("phuong hoa khanh", "hoa khanh")


@pytest.mark.parametrize(
    ("question", "state"),
    [
        ("phường Hòa Khánh có nhiệm vụ nào chưa xong", "open"),
        ("phường Hòa Khánh có nhiệm vụ nào chưa hoàn thành", "open"),
        ("phuong hoa khanh co nhiem vu nao chua xong", "open"),
        ("nhiệm vụ nào đã xong", "done"),
        ("nhiệm vụ hoàn thành đúng hạn", "done_on_time"),
        ("nhiệm vụ nào hoàn thành quá hạn", "done_late"),
        ("nhiệm vụ nào quá hạn chưa xong", "overdue"),
        ("nhiệm vụ nào không quá hạn", "in_time"),
        ("nhiệm vụ chưa quá hạn", "in_time"),
        ("nhiệm vụ trễ", "overdue"),
        ("nhiem vu tre han", "overdue"),
        ("nhiem vu nao tre", "overdue"),
        ("nhiệm vụ về trẻ em", "open"),
        ("nhiem vu ve tre em", "open"),
        ("nhiệm vụ chăm sóc sức khỏe", "open"),
        ("nhiệm vụ chấm điểm thi đua", "open"),
        ("nhiệm vụ sắp đến hạn", "soon"),
    ],
)
def test_the_state_that_is_meant(question: str, state: str) -> None:
    found = read_tasks(question, UNIT)
    assert found is not None
    assert found.state == state


@pytest.mark.parametrize(
    ("question", "about", "unregarded"),
    [
        ("phường Hòa Khánh có nhiệm vụ nào về chuyển đổi số chưa xong", "chuyển đổi số", ""),
        ("nhiệm vụ liên quan đến trẻ em của phường Hòa Khánh", "trẻ em", ""),
        ("phường Hòa Khánh và xã Hòa Vang có nhiệm vụ nào quá hạn", "", "xã Hòa Vang"),
        ("có nhiệm vụ nào quá hạn trong quý 3 không", "", "quý 3"),
        ("phường Hòa Khánh có nhiệm vụ nào quá hạn không ạ", "", ""),
        ("nhiệm vụ quá hạn của Phường Hòa Khánh là bao nhiêu", "", ""),
    ],
)
def test_what_they_are_about_and_what_is_left_aside(question: str, about: str, unregarded: str) -> None:
    found = read_tasks(question, UNIT)
    assert found is not None
    assert (found.about, found.unregarded) == (about, unregarded)


@given(st.text(max_size=60))
def test_whatever_is_typed_reads(question: str) -> None:
    read_tasks(f"nhiệm vụ {question}", UNIT)


def test_a_question_on_nothing_of_the_kind_is_none_of_tasks() -> None:
    assert read_tasks("đăng ký khai sinh", ()) is None
