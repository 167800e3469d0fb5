"""Finding passages: questions as terms, segments of the index, ranking; pure, on a dozen made-up items."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.assistant.formulas.building import build
from namro.assistant.formulas.contrast import CONTRASTS
from namro.assistant.formulas.evaluating import measures, place_of
from namro.assistant.formulas.features import names_of
from namro.assistant.formulas.items import article_item
from namro.assistant.formulas.learning import Asked, held_out_scores, learnt, parts_of, place_in
from namro.assistant.formulas.questions import ASKING, SAID, Words, terms_of, words_from
from namro.assistant.formulas.ranking import laid_out, search
from namro.assistant.formulas.schemes import SCHEMES
from namro.assistant.formulas.seeking import rarities
from namro.assistant.formulas.segments import Segment, in_memory, read, write
from namro.assistant.formulas.syllables import syllables
from namro.assistant.terms import Corpus
from namro.ground.text import fold

ARTICLES = {
    "1": ("Đăng ký thường trú", "1. Công dân đăng ký thường trú tại chỗ ở hợp pháp.\n2. Trẻ em theo cha mẹ."),
    "2": ("Đăng ký tạm trú", "1. Công dân đến ở từ 30 ngày phải đăng ký tạm trú.\n2. Thời hạn là 02 năm."),
    "3": ("Tách hộ", "Thành viên hộ gia đình được tách hộ khi có đủ điều kiện."),
    "4": ("Thông báo lưu trú", "Người đến lưu trú phải thông báo trước 23 giờ."),
    "5": ("Khai báo tạm vắng", "Người đi khỏi nơi cư trú phải khai báo tạm vắng."),
}
WORDS = words_from(
    [("đk", "đăng ký", True), ("hộ khẩu", "đăng ký thường trú", False)], ["như thế nào", "bao nhiêu", "gì"]
)


def segment(numbers: str = "12345") -> Segment:
    """Return a segment of some of the articles."""
    items = [article_item(each, *_heading(each), "Luật", ARTICLES[each][1], f"d{each}") for each in numbers]
    return in_memory(build(items, SCHEMES[Corpus.LAW]))


def _heading(number: str) -> tuple[str, str]:
    return f"Điều {number}. {ARTICLES[number][0]}", "Luật Cư trú"


def found(question: str, *segments: Segment, words: Words = WORDS) -> list[str]:
    """Return the keys that a question finds, best first."""
    return [hit.key for hit in search(segments, Corpus.LAW, terms_of(question, words), 5)]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Hòa Hoà", ["hoa", "hoa"]),
        ("kỹ thuật kĩ", ["ki", "thuat", "ki"]),
        ("loại III, 3", ["loai", "3", "3"]),
    ],
)
def test_one_syllable_has_one_form_whatever_its_spelling(written: str, known: list[str]) -> None:
    """Marks, their place, i for y and Roman numbers do not tell syllables apart."""
    assert syllables(written) == known


@given(st.sampled_from(list(ARTICLES)), st.integers(0, 3))
def test_a_title_finds_its_article_with_marks_and_without(number: str, case: int) -> None:
    """The words of a title lead to it, in whatever case and with or without marks."""
    title = ARTICLES[number][0]
    asked = [title, title.upper(), fold(title), f"{title} như thế nào?"][case]
    assert found(asked, segment())[0] == number


def test_an_abbreviation_is_spelt_out_and_a_saying_put_into_the_words_of_the_law() -> None:
    """What people say finds what the law calls otherwise; the saying itself counts a little."""
    assert found("đk tạm trú", segment())[0] == "2"
    assert found("nhập hộ khẩu cho con", segment())[0] == "1"
    terms = terms_of("hộ khẩu bao nhiêu", WORDS)
    assert terms["khau",] == SAID
    assert terms["thuong", "tru"] == 1.0
    assert terms["nhieu",] == ASKING


def test_one_syllable_of_the_list_means_nothing_else_without_its_marks() -> None:
    """“gì” only asks; “gi” typed without marks may be anything, and counts in full."""
    assert terms_of("cần gì", WORDS)["gi",] == ASKING
    assert terms_of("can gi", WORDS)["gi",] == 1.0


def test_two_segments_find_what_one_would() -> None:
    """How items are spread over segments changes neither what is found nor how rare a term is."""
    whole, parts = [segment()], [segment("135"), segment("24")]
    terms = terms_of("đăng ký tạm trú bao nhiêu ngày", WORDS)
    assert rarities(whole, terms) == pytest.approx(rarities(parts, terms))
    one, two = (search(each, Corpus.LAW, terms, 5) for each in (whole, parts))
    assert one[0].key == two[0].key == "2"
    assert (one[0].field, one[0].place) == (two[0].field, two[0].place)


def test_an_item_that_changed_is_found_in_its_newer_segment_only() -> None:
    """A row whose digest is no longer the item's is passed over, though its segment stands."""
    held = {each: f"d{each}" for each in ARTICLES} | {"2": "other"}
    old = segment().living(held)
    assert "2" not in found("đăng ký tạm trú", old)
    assert old.living_keys() == ["1", "3", "4", "5"]


def test_a_written_segment_is_mapped_and_finds_the_same(tmp_path: Path) -> None:
    """What was written is read back from files, and writing it twice leaves it as it is."""
    built = build([article_item(each, *_heading(each), "Luật", ARTICLES[each][1]) for each in ARTICLES],
                  SCHEMES[Corpus.LAW])  # fmt: skip
    for _ in range(2):
        write(built, tmp_path / "segment")
    again = read(tmp_path / "segment")
    assert isinstance(again.arrays["tokens"], np.memmap)
    assert found("tách hộ", again) == found("tách hộ", in_memory(built))
    assert [path.name for path in tmp_path.iterdir()] == ["segment"]


def test_words_that_nothing_holds_find_nothing() -> None:
    """A question of foreign words, and an empty one, find nothing and break nothing."""
    assert found("zzz qqq xyzzy", segment()) == []
    assert found("", segment()) == []


def test_what_is_asked_is_surer_than_what_is_not() -> None:
    """The chance of a question that an article answers is above that of one about something else."""
    hit = search([segment()], Corpus.LAW, terms_of("đăng ký thường trú", WORDS), 1)[0]
    miss = search([segment()], Corpus.LAW, terms_of("hai người đi xem bóng đá ở đâu", WORDS), 1)[0]
    assert 0 < miss.chance < hit.chance < 1


def test_measures_count_places() -> None:
    """Of four questions one is first, one third, one twelfth and one not found."""
    places = [place_of(["a"], ["a", "b"]), place_of(["c", "x"], ["a", "b", "c"]), 12, place_of(["z"], ["a"])]
    assert places == [1, 3, 12, None]
    assert measures(places) == {"n": 4, "hit@1": 0.25, "hit@3": 0.5, "hit@10": 0.5, "mrr@10": 0.3333}
    assert measures([]) == {"n": 0}


def test_what_parts_namesakes_counts_though_it_is_common() -> None:
    """A syllable that stands in half the names and in all the texts still tells "cấp lại" from "cấp đổi"."""
    names = {"doi": "Cấp đổi thẻ căn cước", "lai": "Cấp lại thẻ căn cước"}
    items = [article_item(key, name, "Luật", "Luật", "Cấp lại, cấp đổi thẻ") for key, name in names.items()]
    laid = laid_out(
        [in_memory(build(items, SCHEMES[Corpus.LAW]))], Corpus.LAW, {("lai",): 1.0, ("the",): 1.0}
    )
    assert laid is not None
    parts = list(names_of(SCHEMES[Corpus.LAW])).index("name_parts")
    assert [round(float(value), 3) for value in laid.values[:, parts]] == [0.0, 10.0]


def test_contrast_is_the_same_however_items_are_spread_over_segments() -> None:
    """Candidates of all segments are held against each other, not those of each segment."""
    terms = terms_of("đăng ký tạm trú", WORDS)
    whole, parts = (
        laid_out(each, Corpus.LAW, terms) for each in ([segment()], [segment("135"), segment("24")])
    )
    assert whole is not None
    assert parts is not None
    columns = [names_of(SCHEMES[Corpus.LAW]).index(name) for name in CONTRASTS]
    one, two = (
        {
            laid.owners[at][0].keys[laid.owners[at][1]]: laid.values[at, columns]
            for at in range(len(laid.owners))
        }
        for laid in (whole, parts)
    )
    assert one.keys() == two.keys()
    assert all(one[key] == pytest.approx(two[key]) for key in one)


def test_weights_are_learnt_from_other_groups_than_they_are_measured_on() -> None:
    """A feature that is right is learnt; each question is scored by weights that never saw its group."""
    chance = np.random.RandomState(57)
    questions = []
    for number in range(60):
        right = np.arange(6) == chance.randint(6)
        noise = chance.normal(size=(6, 2))
        questions.append(
            Asked(np.column_stack([right * 2.0 + noise[:, 0], noise[:, 1]]), right, f"g{number // 3}")
        )
    good, bad = learnt(questions)
    assert good > 5 * abs(bad)
    parts = parts_of(questions, 1)
    assert all(len(set(parts[at : at + 3])) == 1 for at in range(0, 60, 3))
    places = [
        place_in(scores, each.right)
        for each, scores in zip(questions, held_out_scores(questions, 1), strict=True)
    ]
    assert sum(place == 1 for place in places) > 40
    assert place_in(np.array([1.0, 2.0]), np.array([False, False])) is None


@given(st.text(alphabet="đăng ký tạm trú hộ số 12 zq", max_size=60))
def test_features_are_numbers_whatever_is_asked(question: str) -> None:
    """One that is none would hide an item: it stands behind all others."""
    terms = terms_of(question, WORDS)
    laid = laid_out([segment()], Corpus.LAW, terms) if terms else None
    assert laid is None or np.isfinite(laid.values).all()
