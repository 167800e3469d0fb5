"""Slips of the keyboard: mended by what the corpus holds, made by chance from a seed to be measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.assistant.formulas.building import build
from namro.assistant.formulas.corrupting import with_slips
from namro.assistant.formulas.items import article_item
from namro.assistant.formulas.questions import terms_of, words_from
from namro.assistant.formulas.schemes import SCHEMES
from namro.assistant.formulas.segments import in_memory
from namro.assistant.formulas.slips import FEWEST, Vocabulary, is_one_slip, mended
from namro.assistant.terms import Corpus
from namro.ground.text import fold

TITLES = (
    "Đăng ký khai sinh",
    "Cấp giấy chứng nhận kết hôn",
    "Thay đổi nơi thường trú",
    "Cấp đổi thẻ căn cước",
)
KNOWN = Vocabulary([
    in_memory(build(
        [article_item(f"{title} {at}", title, "Luật", "Luật", title) for title in TITLES for at in range(FEWEST)],
        SCHEMES[Corpus.LAW],
    ))
])  # fmt: skip
WORDS = words_from([("gcn", "giấy chứng nhận", True)], ["như thế nào"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddangw kys khai sinh", "dang ki khai sinh"),
        ("dang8 ky1 khai sinh", "dang ki khai sinh"),
        ("thay ddooir noiw thuwowngf trus", "thay doi noi thuong tru"),
        ("dangky khaisinh", "dang ki khai sinh"),
        ("giaychungnhan ket hon", "giay chung nhan ket hon"),
        ("dagn ki khai snih", "dang ki khai sinh"),
        ("cap doi the cann cuco", "cap doi the can cuoc"),
        ("giay chuhng nhn ket hon", "giay chung nhan ket hon"),
    ],
)
def test_what_was_struck_wrong_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    """Keys left standing, words run together, letters lost, doubled and swapped."""
    assert [part for word in mended(typed.split(), KNOWN) for part in word] == meant.split()


def test_neighbours_choose_between_two_that_are_as_near() -> None:
    """“snh” may be half a dozen words; beside “khai” it is “sinh”. Where no neighbour fits, it stays."""
    assert mended(["khai", "snh"], KNOWN)[1] == ("sinh",)
    assert mended(["qqq", "sinhh", "zzz"], KNOWN) == [("qqq",), ("sinhh",), ("zzz",)]


def test_what_is_no_slip_stays() -> None:
    """Words that stand somewhere, numbers, and what the list of words knows are left as they are."""
    words = ["cap", "doi", "2025", "gcn"]
    assert mended(words, KNOWN, WORDS.spoken) == [(word,) for word in words]
    assert terms_of("gcn kết hôn", WORDS, KNOWN) == terms_of("gcn kết hôn", WORDS)


def test_a_question_with_slips_has_the_terms_of_the_one_that_was_meant() -> None:
    """In the midst of words with their marks, too."""
    assert terms_of("Thay đổi noiw thườngtrú như thế nào?", WORDS, KNOWN).keys() >= {
        ("noi",), ("thuong", "tru"), ("noi", "thuong"),
    }  # fmt: skip


@given(st.text(max_size=40), st.integers(0, 9))
def test_whatever_is_typed_is_read(typed: str, seed: int) -> None:
    """No text breaks the reading, and slips can be put into any."""
    terms_of(with_slips(typed, seed), WORDS, KNOWN)


@pytest.mark.parametrize(
    ("typed", "meant", "is_one"),
    [("snh", "sinh", True), ("sinnh", "sinh", True), ("sing", "sinh", True), ("isnh", "sinh", True),
     ("sihn", "sinh", True), ("hsin", "sinh", False), ("si", "sinh", False), ("song", "sinh", False)],
)  # fmt: skip
def test_one_slip_is_one_letter(typed: str, meant: str, is_one: bool) -> None:
    """Lost, too many, another, swapped with the next; not two of them."""
    assert is_one_slip(typed, meant) is is_one


def test_slips_are_the_same_for_the_same_seed() -> None:
    """So that two measurements measure the same questions; and they do change them."""
    question = "Thủ tục cấp đổi thẻ căn cước cần giấy tờ gì?"
    assert with_slips(question, 57) == with_slips(question, 57)
    assert len({with_slips(question, seed) for seed in range(20)} - {question}) > 10
    assert fold(question).split()[0] in {fold(with_slips(question, seed)).split()[0] for seed in range(20)}
