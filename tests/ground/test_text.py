"""Folding, the alphabetical order, and the likeness of names."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from namro.ground.text import fold, nearest, nfc, same_name, slug, sort_key, syllables, tones

VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
vietnamese = st.text(alphabet=VOWELS + VOWELS.upper() + "bcdđghklmnpqrstvxĐ 0123456789,.-/")
anything = st.text() | vietnamese


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đà Nẵng", "da nang"),
        ("  Hoà   Vang, ", "hoa vang"),
        ("Nghị quyết số 57-NQ/TW", "nghi quyet so 57 nq tw"),
        ("ĐẶC KHU HOÀNG SA", "dac khu hoang sa"),
        ("Ða phúc (eth)", "da phuc eth"),
        ("Người\u00a0dân", "nguoi dan"),
        ("100 m²", "100 m2"),
        ("snake_case", "snake case"),
        ("!?…", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert syllables(written) == folded.split()


@given(anything)
@example("¨ ¯ ¸ ˘ \u0302 a\u0302 \u0302b")
def test_words_by_tone_are_the_folded_words_one_for_one(text: str) -> None:
    assert [fold(letters) for letters, _tone in tones(text)] == syllables(text)


@given(anything)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(anything)
def test_both_unicode_forms_fold_and_sort_the_same(text: str) -> None:
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(apart)
    assert sort_key(composed) == sort_key(apart)
    assert nfc(apart) == composed


@given(vietnamese)
def test_case_never_counts(text: str) -> None:
    assert fold(text.upper()) == fold(text) == fold(text.lower())
    assert sort_key(text.upper()) == sort_key(text)


@given(vietnamese)
def test_folded_vietnamese_is_plain_words(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", fold(text))


@given(anything)
def test_slug_is_fit_for_an_address(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))


def test_slug() -> None:
    assert slug("Báo cáo 6 tháng đầu năm (Sở KH&CN)") == "bao-cao-6-thang-dau-nam-so-kh-cn"


KNOWN_ORDERS = [
    "a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ b c d đ e ê".split(),
    "g h i k l m n o ô ơ p q r s t u ư v x y".split(),
    ["da", "dã", "dạ", "dy", "đa", "đà", "e"],
    ["an", "áo", "ăn", "âm", "ân", "ba"],
    ["ma", "mà", "mả", "mã", "má", "mạ", "man"],
    ["Phường 2", "Phường 10", "Phường An Hải", "Phường Ăn", "Phường Cẩm Lệ", "Phường Điện Bàn"],
    ["Hòa", "Hòa Cường", "Hòa Khánh", "Hòa Vang", "Hoài Ân", "Hội An", "Hương Trà"],
    ["Đại Lộc", "Đắc Pring", "Điện Bàn", "Đồng Dương", "Đức Phú"],
    ["ba em", "bá em", "ba yến", "bà yến"],
    ["Xã 9", "Xã 009a", "Xã 10", "Xã a"],
]


@pytest.mark.parametrize("order", KNOWN_ORDERS)
def test_known_orders(order: list[str]) -> None:
    backwards = order[::-1]
    assert sorted(backwards, key=sort_key) == order
    assert len({sort_key(name) for name in order}) == len(order)


@given(anything)
def test_the_key_is_safe_under_every_collation(text: str) -> None:
    assert re.fullmatch("[0-9a-z]*", sort_key(text))


@given(vietnamese, vietnamese)
def test_a_name_comes_before_the_longer_name_that_begins_with_it(name: str, more: str) -> None:
    if fold(more):
        assert sort_key(name) < sort_key(f"{name} {more}")


@given(vietnamese, vietnamese)
def test_equal_keys_mean_equal_folds(a: str, b: str) -> None:
    if sort_key(a) == sort_key(b):
        assert re.sub(r"\b0+(?=\d)", "", fold(a)) == re.sub(r"\b0+(?=\d)", "", fold(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hòa Vang", "Hoà Vang"),
        ("Thủy", "Thuỷ"),
        ("Phường Hoà Khánh", "hòa khánh"),
        ("P.Hải Châu", "Phường Hải Châu"),
        ("TP. Đà Nẵng", "da nang"),
        ("Thành phố Đà Nẵng", "tp đà nẵng"),
        ("Xã Xa Dung", "Xa Dung"),
        ("Xã Xa Dung", "xã xa dung"),
        ("Đặc khu Hoàng Sa", "HOÀNG SA"),
        ("Hòa  Tiến", unicodedata.normalize("NFD", "Hòa Tiến")),
    ],
)
def test_same_names(a: str, b: str) -> None:
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Phường Hòa Vang", "Xã Hòa Vang"),
        ("Thuận An", "Thuần Ân"),
        ("Hòa Vang", "Hóa Vang"),
        ("Xà Dung", "Dung"),
        ("Hòa Vang", "Hòa Vang Đông"),
        ("", ""),
        ("…", "!"),
    ],
)
def test_other_names(a: str, b: str) -> None:
    assert not same_name(a, b)
    assert not same_name(b, a)


@given(anything, anything)
def test_same_name_goes_both_ways(a: str, b: str) -> None:
    assert same_name(a, b) == same_name(b, a)


NAMES = [
    "Phường Hải Châu",
    "Xã Hòa Vang",
    "Phường Hải Vân",
    "Phường Thanh Khê",
    "Sở Khoa học và Công nghệ",
    "Sở Y tế",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phuong hai chau", "Phường Hải Châu"),
        ("Phường Hãi Châu", "Phường Hải Châu"),
        ("Hoà Vangg", "Xã Hòa Vang"),
        ("Phường Hòa Vang", "Xã Hòa Vang"),
        ("So Khoa hoc va Cong nghe", "Sở Khoa học và Công nghệ"),
        ("thanhkhe", "Phường Thanh Khê"),
    ],
)
def test_nearest_is_what_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, NAMES)[0] == meant


def test_nearest_leaves_out_what_is_nothing_like_it() -> None:
    assert nearest("Bộ Quốc phòng Lào", NAMES) == []
    assert nearest("", NAMES) == []
    assert len(nearest("Phường Hải", ["Phường Hải A", "Phường Hải B", "Phường Hải C"], n=2)) == 2


@given(anything, st.lists(anything, max_size=5))
def test_nearest_never_invents(typed: str, names: list[str]) -> None:
    assert set(nearest(typed, names)) <= set(names)
