"""Rules of the door, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.access import rules
from namro.organisation.terms import Refused

TODAY = date(2025, 7, 9)
LISTED = frozenset({"password", "iloveyou", "sunshine"})


@pytest.mark.parametrize(
    "password",
    [
        "Password@12345",
        "SUNSHINE!!!!!!",
        "Mật khẩu 2025!",
        "danangdanang1",
        "12345Đà Nẵng###",
        "iloveyou........",
        "Namro@2025namro!",
    ],
)
def test_a_common_word_stays_common_however_it_is_dressed(password: str) -> None:
    assert rules.is_known_password(password, LISTED) is (password != "Namro@2025namro!")


@pytest.mark.parametrize("password", ["song-han-ve-dem-7", "bốn con trâu gặm cỏ", "correct horse battery"])
def test_words_that_do_not_belong_together_are_no_common_word(password: str) -> None:
    assert not rules.is_known_password(password, LISTED)
    assert not rules.is_monotonous(password)


@pytest.mark.parametrize(
    "password", ["aaaaaaaaaaaa", "abababababab", "123456789012", "zyxwvutsrqpo", "AbAbAbAbAbAb"]
)
def test_few_signs_or_signs_in_a_row_are_monotonous(password: str) -> None:
    assert rules.is_monotonous(password)


@given(st.text(max_size=300))
def test_any_text_can_be_judged(text: str) -> None:
    assert rules.is_known_password(text, LISTED) in (True, False)
    assert rules.is_monotonous(text) in (True, False)


@pytest.mark.parametrize(
    ("address", "kept"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("", ""), ("proxy", "")],
)
def test_of_an_address_only_the_neighbourhood_is_kept(address: str, kept: str) -> None:
    assert rules.coarse_address(address) == kept


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("", "không rõ thiết bị"),
    ],
)
def test_a_device_is_named_coarsely(said: str, device: str) -> None:
    assert rules.device_of(said) == device


@pytest.mark.parametrize("end", [TODAY, date(2024, 1, 1), date(2026, 7, 20)])
def test_a_key_ends_after_today_and_within_a_year(end: date) -> None:
    with pytest.raises(Refused):
        rules.check_key_end(end, TODAY)


def test_a_key_may_last_a_year() -> None:
    rules.check_key_end(date(2026, 7, 9), TODAY)


@pytest.mark.parametrize(
    ("day", "same", "words"),
    [
        (date(2025, 7, 9), True, "đang giữ chính chức vụ"),
        (date(2025, 1, 1), False, "phải sau ngày bắt đầu"),
        (date(2025, 7, 10), False, "đã đến ngày"),
    ],
)
def test_a_handover_that_cannot_be_is_refused(day: date, same: bool, words: str) -> None:
    with pytest.raises(Refused, match=words):
        rules.check_handover(date(2025, 1, 1), day, TODAY, same)
