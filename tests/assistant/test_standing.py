"""The standing of an article on a day, what amended it and since when, and a package whose lists do not fit its law."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.assistant.conftest import asked
from tests.assistant.test_passages import ARTICLES, ROWS, article, law
from tests.builders import TODAY

from namro.assistant.actions.law import put_law
from namro.assistant.catalog.law import CHANGES, articles, read_law
from namro.assistant.models import LawArticle, LawDocument
from namro.assistant.queries import answering
from namro.assistant.queries.answering import answer
from namro.assistant.queries.articles import doubts_about
from namro.assistant.queries.law import amending, amendments_first, article_on
from namro.assistant.rules.periods import day_in
from namro.assistant.terms import Corpus, Passage, Validity, Wording
from namro.ground.reviewed import FileRefused

NOTE = (
    "có nội dung được sửa đổi bởi Điều 1 Nghị định số 5/2025/NĐ-CP có hiệu lực thi hành kể từ ngày 15/08/2025"
)


def stored(wording: Wording = Wording.CONSOLIDATED, **more: Any) -> LawArticle:
    """Return an article of a law that holds from 2020."""
    document = LawDocument.objects.create(
        number="1/2020/QH14",
        kind="Luật",
        name="Luật",
        source="thử",
        wording=wording,
        valid_from=date(2020, 1, 1),
    )
    key = "1/2020/QH14#27"
    return LawArticle.objects.create(
        document=document, key=key, article="27", title="Tạm trú", text="Lời.", digest="x", **more
    )


def on(day: date) -> Passage:
    """Return the article as it stands on a day."""
    found = article_on("1/2020/QH14#27", day)
    assert found is not None
    return found


@pytest.mark.django_db
def test_a_text_as_it_was_passed_is_never_called_in_force() -> None:
    stored(Wording.AS_PASSED)
    assert on(TODAY).validity == Validity.UNKNOWN
    assert "chưa hợp nhất" in doubts_about(on(TODAY))[0]


@pytest.mark.django_db
def test_a_consolidated_text_is_in_force_without_a_doubt() -> None:
    stored()
    assert on(TODAY).validity == Validity.IN_FORCE
    assert doubts_about(on(TODAY)) == ()


@pytest.mark.django_db
def test_before_the_day_of_its_amendment_an_article_was_not_amended() -> None:
    stored(amended_by=NOTE, amended_from=date(2025, 8, 15))
    assert on(date(2025, 8, 15)).validity == Validity.AMENDED
    before = on(date(2025, 8, 14))
    assert before.validity == Validity.UNKNOWN
    assert "chỉ có hiệu lực về sau" in doubts_about(before)[0]


def test_a_remark_on_the_text_is_no_amendment_and_the_day_of_one_is_read(tmp_path: Path) -> None:
    lines = [
        article("1/2020/QH14", "1", "A", "A.", amended_by="văn bản hợp nhất"),
        article("1/2020/QH14", "2", "B", "B.", amended_by=NOTE),
        article(
            "1/2020/QH14",
            "3",
            "C",
            "C.",
            amended_by=f"{NOTE}; Điều 2 Luật số 1/2023/QH15 kể từ ngày 01/01/2023",
        ),
    ]
    found = list(articles(read_law(law(tmp_path, lines))))
    assert [each.amended_by for each in found[:2]] == ["", NOTE]
    assert [each.amended_from for each in found] == [None, date(2025, 8, 15), date(2023, 1, 1)]


def test_the_law_of_the_demo_says_which_texts_were_never_consolidated() -> None:
    read = read_law(settings.DEMO_PACKAGE)
    assert read.documents["58/2010/QH12"].wording == Wording.AS_PASSED
    assert read.documents["25/2008/QH12"].wording == Wording.CONSOLIDATED
    assert {each.amended_from for each in read.changes.values()} == {date(2025, 6, 16)}


def passage(item: str, score: float, amended_by: str = "") -> Passage:
    """Return an article that was found."""
    return Passage(f"law:{item}", Corpus.LAW, item, item, "article", "", score, amended_by=amended_by)


def test_only_the_article_that_amends_comes_first() -> None:
    """Another article of the same document stays where it was found, with its own score."""
    best, other, amends = (
        passage("1/2020/QH14#27", 0.9, NOTE),
        passage("5/2025/NĐ-CP#7", 0.1),
        passage("5/2025/NĐ-CP#1", 0.1),
    )
    assert amendments_first([best, other]) == [best, other]
    assert [each.item for each in amendments_first([best, other, amends])] == [
        amends.item,
        best.item,
        other.item,
    ]


def test_an_amendment_may_name_several_articles() -> None:
    said = (
        "bởi Điều 1, Điều 2 Nghị định số 61/2020/NĐ-CP có hiệu lực; Điều 3a Luật số 1/2021/QH15 có hiệu lực"
    )
    assert amending(said) == {"61/2020/NĐ-CP#1", "61/2020/NĐ-CP#2", "1/2021/QH15#3a"}


def write(folder: Path, name: str, columns: list[str], *rows: str) -> None:
    """Write one of the lists of a package."""
    (folder / "law" / name).write_text("\n".join([",".join(columns), *rows]), encoding="utf-8")


@pytest.mark.django_db
def test_a_change_that_names_no_article_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = law(tmp_path)
    write(folder, "changes.csv", CHANGES, "1/2020/QH14,3,2024-01-01,,,x", "1/2020/QH14,333,2024-01-01,,,x")
    with pytest.raises(FileRefused, match=r"changes\.csv, dòng 3.*1/2020/QH14#333"):
        put_law(folder)


def test_what_stands_twice_in_a_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = law(tmp_path)
    write(folder, "changes.csv", CHANGES, *["1/2020/QH14,3,2024-01-01,,,x"] * 2)
    with pytest.raises(FileRefused, match="dòng 3"):
        read_law(folder)
    monkeypatch.setattr("tests.assistant.test_passages.ROWS", [*ROWS, ROWS[0]])
    with pytest.raises(FileRefused, match=f"dòng {len(ROWS) + 2}"):
        read_law(law(tmp_path, ARTICLES))


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("điều kiện tạm trú tại ngày 01/07/2022 là gì", date(2022, 7, 1)),
        ("dieu kien tam tru tai thoi diem ngay 1/7/2022", date(2022, 7, 1)),
        ("luật cư trú nào có hiệu lực vào ngày 1-7-2022", date(2022, 7, 1)),
        ("quy định về tạm trú vào ngày 01/07/2022", date(2022, 7, 1)),
        ("con tôi sinh vào ngày 01/07/2022 khai sinh ở đâu", None),
        ("kết hôn ngày 01/07/2022 xin trích lục", None),
        ("quy định tại ngày 45/13/2022", None),
    ],
)
def test_the_day_as_of_which_a_question_asks(question: str, day: date | None) -> None:
    found, left = day_in(question)
    assert found == day
    assert ("2022" in left) == (day is None)


@pytest.mark.usefixtures("world")
def test_the_law_can_be_asked_as_of_a_day_and_the_answer_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[tuple[str, date]] = []

    def found(words: str, *, day: date, **_: Any) -> list[Passage]:
        asked_for.append((words, day))
        return [passage("1/2020/QH14#27", 0.9)]

    monkeypatch.setattr(answering, "retrieve", found)
    told = answer(asked("điều kiện đăng ký tạm trú theo luật tại ngày 01/07/2022"))
    assert asked_for == [("điều kiện đăng ký tạm trú theo luật tại ngày", date(2022, 7, 1))]
    assert "tại ngày 01/07/2022" in told.doubts[0]
    assert "lời của điều này có thể khác" in told.doubts[1]
