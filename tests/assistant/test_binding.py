"""A sentence passes only when its passages carry it: numbers with their units, words, and its yes or no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.assistant.rules.binding import Fault, fault_of, quantities

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
