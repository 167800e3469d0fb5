"""How a question reads: what it wants, what it names, whether it goes on or compares; whatever is typed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from namro.assistant.rules.asking import compared, read
from namro.assistant.terms import Want


@given(st.text(max_size=80))
@example("¨")
@example("mất ¯ căn cước")
@example("a \u0302 b ¸ ˘")
def test_whatever_is_typed_reads(question: str) -> None:
    read(question)
    compared(question)


@pytest.mark.parametrize(
    ("question", "wants", "names_nothing"),
    [
        ("gửi qua bưu điện được không", (Want.POST,), True),
        ("nop qua buu chinh", (Want.POST,), True),
        ("còn nếu nộp online?", (Want.ONLINE,), True),
        ("nộp qua vneid được không", (Want.ONLINE,), True),
        ("làm vneid ở đâu", (Want.WHERE,), False),
        ("vneid", (), False),
        ("đăng ký tài khoản dịch vụ công", (), False),
    ],
)
def test_what_is_wanted_and_whether_a_matter_is_named(
    question: str, wants: tuple[Want, ...], names_nothing: bool
) -> None:
    found = read(question)
    assert (set(wants) <= set(found.wants), found.names_nothing) == (True, names_nothing)
    assert (Want.ONLINE in found.wants) == (Want.ONLINE in wants)


@pytest.mark.parametrize(
    ("question", "compares", "may_compare"),
    [
        ("so sánh A với B", True, False),
        ("thường trú khác gì tạm trú", True, False),
        ("hành vi phân biệt đối xử bị phạt thế nào", False, False),
        ("nộp online có nhanh hơn không", False, True),
    ],
)
def test_what_compares(question: str, compares: bool, may_compare: bool) -> None:
    found = read(question)
    assert (found.compares, found.may_compare) == (compares, may_compare)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("so sánh thay đổi và cải chính hộ tịch với đăng ký lại khai sinh",
         ("thay đổi và cải chính hộ tịch", "đăng ký lại khai sinh")),
        ("so sánh đăng ký thường trú và đăng ký tạm trú", ("đăng ký thường trú", "đăng ký tạm trú")),
        ("đăng ký thường trú và đăng ký tạm trú khác gì nhau", ("đăng ký thường trú", "đăng ký tạm trú")),
        ("so sánh với thay đổi và cải chính hộ tịch", ("thay đổi và cải chính hộ tịch",)),
    ],
)  # fmt: skip
def test_what_is_compared(question: str, names: tuple[str, ...]) -> None:
    assert compared(question) == names
