"""A sentence passes only when its passages carry it: numbers with their units, words, and its yes or no."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.assistant.rules.binding import Fault, Quantity, fault_of, quantities

PASSAGE = (
    "Trực tiếp: 7 ngày làm việc, lệ phí 70.000 VNĐ (Cấp lại thẻ căn cước: 70.000 đồng/thẻ căn cước theo Thông tư số "
    "64/2025/TT-BTC ngày 30/6/2025). Trực tuyến: mười ngày, Miễn phí (Chưa quy định.). "
    "Người dưới 14 tuổi không phải nộp lệ phí. Công dân nộp hồ sơ tại Công an cấp xã hoặc cổng dichvucong.gov.vn."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lệ phí cấp lại thẻ căn cước là 70.000 đồng.",
        "Cấp lại thẻ căn cước: 70 nghìn đồng/thẻ căn cước.",
        "Nộp trực tiếp: 7 ngày làm việc.",
        "Trực tuyến: 10 ngày.",
        "Theo Thông tư số 64/2025/TT-BTC ngày 30 tháng 6 năm 2025.",
        "Công dân nộp hồ sơ tại Công an cấp xã hoặc cổng dichvucong.gov.vn.",
        "Người dưới 14 tuổi không phải nộp lệ phí.",
    ],
)
def test_what_the_passage_says_passes(sentence: str) -> None:
    assert fault_of(sentence, [PASSAGE]) is None


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Lệ phí cấp lại thẻ căn cước là 50.000 đồng.", Fault.NUMBER),
        ("Lệ phí cấp lại thẻ căn cước là 7 đồng.", Fault.NUMBER),
        ("Nộp trực tiếp: 7 tháng.", Fault.NUMBER),
        ("Nộp trực tiếp: ba ngày làm việc.", Fault.NUMBER),
        ("Trực tuyến: 7 ngày làm việc.", Fault.NUMBER),
        ("Theo Thông tư số 65/2025/TT-BTC ngày 30/6/2025.", Fault.NUMBER),
        ("Theo Thông tư số 64/2025/TT-BTC ngày 01/6/2025.", Fault.NUMBER),
        ("Trực tuyến miễn phí.", Fault.FREE),
        ("Không mất tiền khi nộp trực tuyến.", Fault.FREE),
        ("Công dân nộp hồ sơ tại cổng lua-dao.com.", Fault.ADDRESS),
        ("Công dân nộp hồ sơ tại https://dichvucong.gov.vn.lua-dao.net/x.", Fault.ADDRESS),
        ("Bạn nên bỏ phiếu cho người giỏi nhất trong cuộc bầu cử tới.", Fault.WORDS),
        ("Người dưới 14 tuổi phải nộp lệ phí.", Fault.NEGATION),
        ("Công dân không nộp hồ sơ tại Công an cấp xã.", Fault.NEGATION),
        ("<b>Công dân nộp hồ sơ tại Công an cấp xã</b>", Fault.MARKUP),
        ("Công dân nộp hồ sơ [tại đây](x)", Fault.MARKUP),
    ],
)
def test_what_it_does_not_say_is_cut(sentence: str, fault: Fault) -> None:
    assert fault_of(sentence, [PASSAGE]) is fault


def test_nothing_is_carried_by_nothing() -> None:
    assert fault_of("Lệ phí là 70.000 đồng.", []) is Fault.NO_SOURCE


@given(st.integers(1, 9_999_999))
def test_a_sum_is_the_same_however_it_is_written(value: int) -> None:
    dotted = f"{value:,}".replace(",", ".")
    assert quantities(f"{value} đồng") == quantities(f"{dotted} VNĐ") == quantities(f"{dotted}đ")


@given(st.integers(1, 9_999), st.integers(1, 9_999))
def test_no_other_number_passes(there: int, said: int) -> None:
    fault = fault_of(f"Thời hạn giải quyết là {said} ngày.", [f"Thời hạn giải quyết là {there} ngày."])
    assert (fault is None) == (there == said)


LIMIT = "Thời hạn giải quyết là 5 ngày làm việc kể từ ngày nhận đủ hồ sơ, trả kết quả sau ngày làm việc cuối."


@pytest.mark.parametrize(
    "said",
    ["4 ngày", "6 ngày", "8 ngày", "bốn ngày", "sáu ngày", "bon ngày", "hai mươi lăm ngày", "mười lăm ngày"],
)
def test_from_the_day_lends_no_days(said: str) -> None:
    sentence = f"Thời hạn giải quyết là {said} làm việc kể từ ngày nhận đủ hồ sơ."
    assert fault_of(sentence, [LIMIT]) is Fault.NUMBER


def test_the_limit_that_stands_there_passes_in_figures_and_in_words() -> None:
    for said in ("5 ngày", "năm ngày"):
        assert fault_of(f"Thời hạn giải quyết là {said} làm việc kể từ ngày nhận đủ hồ sơ.", [LIMIT]) is None


def test_a_sentence_without_marks_is_held_to_the_numbers_it_may_mean() -> None:
    assert fault_of("Thoi han giai quyet la bon ngay lam viec", [LIMIT]) is Fault.NUMBER
    assert fault_of("Thoi han giai quyet la sau ngay lam viec", [LIMIT]) is Fault.NUMBER
    assert fault_of("Thoi han giai quyet la nam ngay lam viec", [LIMIT]) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("hai mươi mốt ngày", 21), ("hai mươi tư ngày", 24), ("ba mươi ngày", 30), ("mười lăm ngày", 15),
        ("bốn ngày", 4), ("trong năm ngày", 5),
    ],
)  # fmt: skip
def test_numbers_in_words(text: str, days: int) -> None:
    assert quantities(text) == {Quantity(Decimal(days), "ngay")}


@pytest.mark.parametrize(
    "text",
    [
        "kể từ ngày",
        "sau ngày",
        "tạm ngày",
        "Thông tư ngày",
        "thứ sáu ngày",
        "tháng ba ngày",
        "hằng năm tháng",
    ],
)
def test_what_only_sounds_like_a_number_is_none(text: str) -> None:
    assert quantities(text) == set()


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Công dân đăng ký thường trú tại Công an cấp xã.", "Công dân đăng ký thường trú tại Công an cấp xã nơi ở."),
        ("Cơ quan phòng cháy chữa cháy cấp giấy.", "Cơ quan phòng cháy, chữa cháy cấp giấy chứng nhận."),
        ("Nộp bản cam kết bảo vệ môi trường.", "Nộp bản cam kết bảo vệ môi trường tại xã."),
    ],
)  # fmt: skip
def test_residence_fire_and_promises_deny_nothing(sentence: str, passage: str) -> None:
    assert fault_of(sentence, [passage]) is None


def test_a_denial_does_not_hide_behind_a_word_that_sounds_like_one() -> None:
    held = ["Người đăng ký thường trú nộp bản cam kết."]
    assert fault_of("Người đăng ký thường trú không nộp bản cam kết.", held) is Fault.NEGATION
    held = ["Người đăng ký thường trú chưa nộp bản cam kết."]
    assert fault_of("Người đăng ký thường trú nộp bản cam kết.", held) is Fault.NEGATION


def test_after_is_not_before() -> None:
    assert fault_of("Nộp sau giờ hẹn.", ["Nộp trước giờ hẹn."]) is Fault.WORDS
