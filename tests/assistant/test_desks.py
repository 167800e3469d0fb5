"""Who asks where to go is told of the desk of their commune, or asked which it is; nobody is sent to a wrong door."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.assistant.conftest import asked
from tests.builders import TODAY, World, unit
from tests.queues.conftest import put_office

from namro.assistant.queries import answering
from namro.assistant.queries.answering import answer
from namro.assistant.rules.places import says_only
from namro.assistant.terms import Answer, AnswerKind, Corpus, Past, Question
from namro.organisation.models import Successor, Unit
from namro.organisation.terms import Part, UnitKind

BIRTH, LOST = "1.000001", "1.000011"
DESK = "Bộ phận một cửa Phường Hải Vân, giờ làm việc 07:30 – 11:30, 13:30 – 17:30; đặt hẹn trước được."


@pytest.fixture
def desk(world: World, tmp_path: Path) -> World:
    """The small catalogue, and a ward whose one-stop office has hours."""
    put_office(tmp_path)
    return world


def lines(found: Answer) -> list[str]:
    """Return the sentences of an answer."""
    return [each.text for each in found.sentences]


def about(item: str, words: str) -> Question:
    """A question about a procedure that was chosen."""
    return replace(asked(words), item=item)


def after(item: str, words: str) -> Question:
    """A question that follows an answer about a procedure."""
    return replace(asked(words), past=(Past("nộp ở đâu", AnswerKind.PROCEDURE, (item,)),))


@pytest.mark.parametrize("words", ["nộp ở đâu, tôi ở phường Hải Vân", "nop o dau phuong hai van"])
def test_the_desk_of_the_commune_that_is_named(desk: World, words: str) -> None:
    found = answer(about(BIRTH, words))
    assert DESK in lines(found) and not found.asks
    [passage] = [each for each in found.passages if each.corpus is Corpus.UNITS]
    assert passage.text == DESK and passage.url == "/dat-hen/20194/"


def test_who_names_none_is_asked_and_their_answer_is_understood(desk: World) -> None:
    first = answer(about(BIRTH, "nộp ở đâu"))
    assert "xã, phường nào" in first.asks and DESK not in lines(first)
    for words in ("Hải Vân", "tôi ở phường hải vân", "o hai van a"):
        then = answer(after(BIRTH, words))
        assert then.items == (BIRTH,) and DESK in lines(then), words


def test_an_old_ward_leads_to_the_desk_of_todays(desk: World) -> None:
    old = unit("cu", "Phường Hòa Hiệp Bắc", UnitKind.WARD, desk.country, None, TODAY - timedelta(days=8))
    Successor.objects.create(
        old=old, new=desk.communes[0], part=Part.WHOLE, change="merged", day=TODAY - timedelta(days=8)
    )
    assert DESK in lines(answer(about(BIRTH, "nộp ở đâu, tôi ở Hòa Hiệp Bắc")))


def test_a_commune_without_an_office_on_the_platform_is_named_without_hours(desk: World) -> None:
    other = desk.communes[1]
    found = answer(about(BIRTH, f"nộp ở đâu {other.name}"))
    assert lines(found)[-1] == f"Bộ phận một cửa {other.name}"
    assert found.passages[-1].url == ""


def test_who_goes_to_the_police_is_not_sent_to_the_desk(desk: World) -> None:
    found = answer(about(LOST, "nộp ở đâu phường Hải Vân"))
    assert "Cơ quan giải quyết: Công an cấp xã." in lines(found)
    assert not found.asks and DESK not in lines(found)


def test_papers_and_fees_bring_no_desk(desk: World) -> None:
    found = answer(about(BIRTH, "cần giấy tờ gì ở phường Hải Vân"))
    assert not found.asks and DESK not in lines(found)


@pytest.mark.parametrize(
    ("agency", "levels", "is_asked"),
    [
        ("", ["xa"], True),
        ("", ["tinh", "xa"], False),
        ("Chủ tịch UBND cấp xã", ["xa"], True),
        ("Sở Xây dựng, Uỷ ban Nhân dân cấp xã, phường", ["tinh", "xa"], True),
        ("Ủy ban nhân dân cấp tỉnh", ["tinh", "xa"], False),
        ("Thuế cơ sở", ["xa"], False),
        ("Công an cấp Xã", ["xa"], False),
    ],
)
def test_only_what_the_committee_of_a_commune_does_leads_to_its_desk(
    desk: World, monkeypatch: pytest.MonkeyPatch, agency: str, levels: list[str], is_asked: bool
) -> None:
    of = answering.card(BIRTH, TODAY)
    assert of is not None
    of.version.body, of.row.levels = {**of.body, "agency": agency, "level": ["Cấp Xã"]}, levels
    monkeypatch.setattr(answering, "card", lambda _code, _day: of)
    found = answer(about(BIRTH, "nộp ở đâu"))
    assert lines(found)[0] == (f"Cơ quan giải quyết: {agency}." if agency else "Cấp thực hiện: Cấp Xã.")
    assert (agency or "Cấp Xã") in found.passages[0].text
    assert ("xã, phường nào" in found.asks) is is_asked


@pytest.mark.parametrize(
    ("words", "holds"),
    [("Hải Vân", True), ("nhà tôi ở phường Hải Vân ạ", True), ("đèo Hải Vân", False), ("tôi ở đây", False)],
)
def test_nothing_but_a_place(world: World, words: str, holds: bool) -> None:
    assert says_only(words, Unit.objects.filter(name="Phường Hải Vân")) is holds
