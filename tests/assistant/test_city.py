"""What the city says: found by how people ask, told word by word with its source, never past its end."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from tests.assistant.test_passages import corpora
from tests.builders import TODAY

from namro.assistant.actions.city import put_city
from namro.assistant.catalog.city import FOLDER, read_city
from namro.assistant.models import CityText
from namro.assistant.queries.answering import answer
from namro.assistant.queries.retrieving import retrieve
from namro.assistant.terms import Answer, AnswerKind, Corpus, Past, Question
from namro.ground.reviewed import FileRefused

__all__ = ["corpora"]

FAQS = """
kind: faq
owner: H17.VP
next_review: 2026-01-15
entries:
  - code: nop-noi-khac
    asks: ["Nộp hồ sơ ở phường khác có được không?", "Có phải về nơi thường trú để nộp không?"]
    words: |
      Được, ở phường, xã nào trong thành phố cũng nhận.
      Nơi nhận chuyển hồ sơ đi.
    source: Nghị định thử
    page: track
    from: 2025-07-01
  - code: da-het
    asks: ["Xe lăn được mượn ở đâu?"]
    words: Ở bàn số 1.
    source: Thông báo thử
    from: 2024-01-01
    to: 2025-07-01
"""
DIRECTIVE = """
kind: directive
owner: H17.VP
next_review: 2025-01-15
source: Chỉ thị số 05/CT-UBND về kỷ luật công vụ
from: 2025-01-01
entries:
  - code: ct05-1
    asks: ["Trực điện thoại ngoài giờ hành chính"]
    words: Thủ trưởng cơ quan phân công người trực điện thoại ngoài giờ.
"""


def written(folder: Path, **files: str) -> Path:
    """Return a package that has the city say so."""
    inside = folder / FOLDER
    inside.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (inside / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def city(corpora: Path) -> Iterator[Path]:
    """The small corpora, with two answers and a clause of a directive."""
    put_city(written(corpora, faqs=FAQS, directive=DIRECTIVE))
    return corpora


def asked(words: str, day: date = TODAY) -> Answer:
    """Return the answer to a question of somebody unknown."""
    return answer(Question(words, day))


@pytest.mark.parametrize(
    "words",
    [
        "nộp hồ sơ ở phường khác có được không",
        "nop ho so o phuong khac co duoc khong",
        "có phải về nơi thường trú để nộp không ạ",
    ],
)
def test_a_citizen_asks_it_in_either_way_and_reads_the_citys_own_words(city: Path, words: str) -> None:
    found = asked(words)
    assert (found.kind, found.items) == (AnswerKind.CITY, ("nop-noi-khac",))
    assert [each.text for each in found.sentences] == CityText.objects.get(
        code="nop-noi-khac"
    ).words.splitlines()
    assert (found.passages[0].as_of, found.passages[0].url) == ("Nghị định thử", "/tra-cuu/")
    assert all(each.passages == (found.passages[0].key,) for each in found.sentences)


def test_a_clause_of_a_directive_is_quoted_and_says_that_it_waits_for_review(city: Path) -> None:
    found = asked("trực điện thoại ngoài giờ hành chính theo chỉ thị 05")
    assert (found.kind, found.items) == (AnswerKind.CITY, ("ct05-1",))
    assert found.sentences[0].text.startswith("“Thủ trưởng cơ quan")
    assert "Chỉ thị số 05/CT-UBND" in found.passages[0].as_of
    assert ["15/01/2025" in doubt for doubt in found.doubts] == [True]


def test_what_has_ended_is_told_of_its_days_only(city: Path) -> None:
    assert asked("xe lăn được mượn ở đâu").kind is not AnswerKind.CITY
    before = asked("xe lăn được mượn ở đâu", date(2025, 6, 30))
    assert before.items == ("da-het",)


def test_what_is_asked_of_a_procedure_is_still_answered_from_it(city: Path) -> None:
    found = asked("đăng ký kết hôn nộp hồ sơ ở đâu")
    assert found.kind is AnswerKind.PROCEDURE


def test_a_follow_up_goes_on_from_the_procedure_before_it(city: Path) -> None:
    past = (
        Past("đăng ký kết hôn", AnswerKind.PROCEDURE, ("1.000001",)),
        Past("nộp ở phường khác có được không", AnswerKind.CITY, ("nop-noi-khac",)),
        Past("phường cũ nay thuộc đâu", AnswerKind.UNIT, ("20194",)),
    )
    assert Question("còn nếu nộp online?", TODAY, past=past).last_item == "1.000001"
    assert Question("còn nếu nộp online?", TODAY, past=past[1:]).last_item == ""


def test_the_index_follows_a_changed_file(city: Path) -> None:
    def found() -> list[str]:
        return [each.item for each in retrieve("mượn ô ở đâu", day=TODAY, corpora=(Corpus.CITY,))[:1]]

    assert found() != ["muon-o"]
    umbrella = FAQS.replace("da-het", "muon-o").replace("Xe lăn được mượn", "Mượn ô")
    put_city(written(city, faqs=umbrella.replace("    to: 2025-07-01\n", "")))
    assert found() == ["muon-o"]
    assert not CityText.objects.filter(code="da-het").exists()


def test_the_same_files_twice_change_nothing(city: Path) -> None:
    before = list(CityText.objects.values_list("pk", flat=True))
    assert put_city(city) == 3
    assert list(CityText.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("kind: faq", "kind: rumour", "kind"),
        ("page: track", "page: no_such_page", "no_such_page"),
        ("page: track", "page: tracked", "tracked"),
        ("    to: 2025-07-01", "    to: 2023-07-01", "sau"),
        ("from: 2024-01-01", "from: hôm qua", "hôm qua"),
        ("da-het", "nop-noi-khac", "đã có"),
        ("    source: Thông báo thử\n", "", "source"),
        ('["Xe lăn được mượn ở đâu?"]', "Xe lăn?", "danh sách"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    assert old in FAQS
    with pytest.raises(FileRefused, match=f"dòng \\d+: .*{fault}"):
        read_city(written(tmp_path, faqs=FAQS.replace(old, new, 1)))


def test_what_is_shipped_can_be_used_and_each_way_of_asking_finds_its_answer(corpora: Path) -> None:
    put_city(settings.DEMO_PACKAGE)
    day = TODAY + timedelta(days=1)
    assert CityText.objects.count() > 9
    for text in CityText.objects.exclude(valid_from__gt=day):
        for ask in text.asks:
            found = retrieve(ask, day=day, corpora=(Corpus.CITY,))
            assert found[0].item == text.code, ask
            assert found[0].score > 0.8, ask
