"""Answers without a model: the parts that were asked for, from their source; an honest question back, or a no."""

from dataclasses import replace

import pytest
from tests.assistant.conftest import ARTICLE, asked
from tests.builders import TODAY

from namro.assistant.models import LawArticle, LawDocument
from namro.assistant.queries import answering
from namro.assistant.queries.answering import answer
from namro.assistant.rules.deciding import decide, weighed
from namro.assistant.rules.periods import period_in
from namro.assistant.terms import Answer, AnswerKind, Corpus, Passage, Past, Sentence, Validity, Want

pytestmark = pytest.mark.usefixtures("world")
LOST_BEFORE = (Past("mất căn cước làm lại sao", AnswerKind.PROCEDURE, ("1.000011",)),)


def said(found: Answer) -> str:
    """Return all words of an answer."""
    return "\n".join([*(f"{each.heading} {each.text}" for each in found.sentences), found.notice])


def test_the_question_of_the_issue() -> None:
    found = answer(asked("cấp lại căn cước bao nhiêu tiền"))
    assert (found.kind, found.items) == (AnswerKind.PROCEDURE, ("1.000011",))
    assert "70.000\u00a0đồng" in said(found)
    assert "Nguồn ghi “Miễn phí” kèm ghi chú" in said(found)
    assert "Phiếu đề nghị" not in said(found)


def test_every_sentence_stands_on_a_passage_that_is_shown() -> None:
    for words in (
        "đăng ký khai sinh",
        "đăng ký kết hôn cần giấy tờ gì, bao lâu, nộp ở đâu",
        "đăng ký kết hôn ở đâu",
        "Điều 24 luật căn cước",
    ):
        found = answer(asked(words))
        keys = {passage.key for passage in found.passages}
        assert found.sentences
        assert {key for sentence in found.sentences for key in sentence.passages} <= keys
    with pytest.raises(ValueError, match="without a passage"):
        Sentence("Lệ phí là 0 đồng.", ())


def test_what_most_people_ask_is_told_when_nothing_in_particular_is() -> None:
    found = answer(asked("đăng ký khai sinh"))
    for words in (
        "Giấy tờ cần có",
        "Tờ khai (1 bản chính)",
        "50.000",
        "5 ngày làm việc",
        "Ủy ban nhân dân cấp xã",
    ):
        assert words in said(found)


def test_the_case_is_asked_back_and_then_kept_to() -> None:
    every = answer(asked("đăng ký khai sinh cần giấy tờ gì"))
    assert [choice.label for choice in every.choices] == [
        "Trường hợp trẻ sinh ở bệnh viện", "Trường hợp trẻ sinh ở nhà",
    ]  # fmt: skip
    chosen = every.choices[1]
    one = answer(asked(chosen.question, item=chosen.item))
    assert "Lời khai của người làm chứng (2 bản sao)" in said(one)
    assert "Giấy chứng sinh" not in said(one)
    assert one.choices == ()


@pytest.mark.parametrize(
    ("words", "told", "untold"),
    [
        ("còn nếu nộp online?", "Nộp trực tuyến được", "Trực tiếp"),
        ("bao lâu có?", "7 ngày làm việc", "đồng"),
        ("vậy cần mang theo gì", "Phiếu đề nghị", "ngày"),
        ("nop o dau vay", "Công an cấp xã", "ngày"),
    ],
)
def test_a_question_that_names_nothing_goes_on_from_the_last(words: str, told: str, untold: str) -> None:
    found = answer(asked(words, past=LOST_BEFORE))
    assert found.items == ("1.000011",)
    assert told in said(found)
    assert untold not in said(found)


def test_a_new_matter_is_a_new_question() -> None:
    assert answer(asked("còn đăng ký kết hôn thì sao", past=LOST_BEFORE)).items == ("1.000007",)


def test_without_anything_before_it_is_asked_what_is_meant() -> None:
    found = answer(asked("bao nhiêu tiền vậy"))
    assert found.kind == AnswerKind.CLARIFY
    assert "thủ tục nào" in found.notice


def near(*points: float) -> list[Passage]:
    """Return passages of as many procedures, each with its chance."""
    return [
        Passage(f"procedures:1.00000{n}#x", Corpus.PROCEDURES, f"1.00000{n}", f"Thủ tục {n}", "x", "", score)
        for n, score in enumerate(points, start=1)
    ]


@pytest.mark.parametrize(
    ("points", "best", "choices"),
    [
        ((0.9, 0.8), "1.000001", 0),
        ((0.4, 0.35, 0.1), None, 2),
        ((0.4, 0.1), "1.000001", 0),
        ((0.1, 0.1), None, 0),
        ((0.3, 0.2, 0.15, 0.05), None, 3),
        ((0.3, 0.2), None, 0),
        ((0.34, 0.1, 0.1, 0.1), None, 0),
        ((), None, 0),
    ],
)
def test_what_is_sure_is_answered_what_is_close_is_asked_back(
    points: tuple[float, ...], best: str | None, choices: int
) -> None:
    found = decide(near(*points))
    assert (found.best.item if found.best else None, len(found.choices)) == (best, choices)


@pytest.mark.parametrize(
    ("question", "wants", "first"),
    [
        (
            "thủ tục cấp thẻ căn cước cho người dưới mười bốn tuổi hết bao nhiêu tiền",
            [Want.FEE],
            Corpus.PROCEDURES,
        ),
        ("làm hộ chiếu mất bao lâu", [Want.LIMIT], Corpus.PROCEDURES),
        ("luật căn cước thẻ có thời hạn bao lâu", [Want.LIMIT], Corpus.LAW),
        ("người từ bao nhiêu tuổi trở lên thì phải có giấy phép lái xe mô tô", [Want.CONDITIONS], Corpus.LAW),
    ],
)
def test_what_somebody_wants_to_have_done_is_told_from_its_procedure(
    question: str, wants: list[Want], first: Corpus
) -> None:
    article, procedure = (
        replace(each, corpus=corpus)
        for each, corpus in zip(near(0.9, 0.6), (Corpus.LAW, Corpus.PROCEDURES), strict=True)
    )
    found = weighed([article, procedure], wants, question)
    assert found[0].corpus is first
    assert {each.score for each in found} == {0.9, 0.6}  # how sure one may be is not touched


def test_a_text_that_has_ended_is_never_answered_with() -> None:
    ended, other = near(0.9, 0.8)
    assert decide([replace(ended, validity=Validity.ENDED), other]).best is other


def test_what_holds_is_offered_before_what_is_still_to_come() -> None:
    coming, holds, far = near(0.9, 0.2, 0.05)
    coming = replace(coming, validity=Validity.COMING)
    assert decide([coming, holds]).choices == (holds, coming)
    assert decide([coming, far]).best is coming
    assert decide([coming]).best is coming


def test_of_several_that_are_close_one_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "retrieve", lambda *_, **__: near(0.4, 0.38))
    found = answer(asked("đổi bằng tàu"))
    assert (found.kind, found.sentences) == (AnswerKind.CLARIFY, ())
    chosen = found.choices[1]
    assert answer(asked(chosen.question, item=chosen.item)).items == ("1.000002",)


def test_of_namesakes_the_level_is_asked_back(monkeypatch: pytest.MonkeyPatch) -> None:
    twins = [replace(each, title="Cấp lại giấy phép") for each in near(0.4, 0.38)]
    monkeypatch.setattr(answering, "retrieve", lambda *_, **__: twins)
    found = answer(asked("cấp lại giấy phép"))
    assert found.kind == AnswerKind.CLARIFY
    assert [choice.label.partition(" · ")[0] for choice in found.choices] == ["Cấp lại giấy phép"] * 2
    assert all("Cấp xã" in choice.label or "Cấp tỉnh" in choice.label for choice in found.choices)


def test_two_are_compared() -> None:
    found = answer(asked("so sánh cấp đổi thẻ căn cước với cấp lại thẻ căn cước"))
    assert (found.kind, found.items) == (AnswerKind.COMPARE, ("1.000003", "1.000011"))
    assert "Cấp lại thẻ căn cước: Trực tiếp: 7 ngày làm việc" in said(found)
    again = answer(asked("so sánh với cấp đổi thẻ căn cước", past=LOST_BEFORE))
    assert again.items == ("1.000011", "1.000003")
    assert answer(asked("so sánh hai cái đó")).kind == AnswerKind.CLARIFY


def test_an_article_speaks_in_its_own_words_and_its_standing_is_told() -> None:
    found = answer(asked("Điều 24 luật căn cước nói gì"))
    assert found.kind == AnswerKind.ARTICLE
    assert (
        found.sentences[1].text
        == "“2. Thẻ căn cước được cấp lại khi bị mất hoặc bị hư hỏng không sử dụng được.”"
    )
    assert "hiệu lực" in found.doubts[0]


@pytest.mark.parametrize("words", ["tàu vũ trụ bay lên sao hỏa", "asdf qwer zxcv", "…?"])
def test_what_nobody_knows_is_not_made_up(words: str) -> None:
    found = answer(asked(words))
    assert found.kind in {AnswerKind.UNKNOWN, AnswerKind.CLARIFY}
    assert found.sentences == ()


def test_out_of_scope_says_who_does_know() -> None:
    found = answer(asked("đau bụng uống thuốc gì", past=LOST_BEFORE))
    assert (found.kind, found.reason, found.sentences) == (AnswerKind.REFUSED, "medical", ())
    assert "bác sĩ" in found.notice


def test_nothing_is_compared_with_what_nobody_meant() -> None:
    found = answer(asked("so sánh cấp đổi thẻ căn cước với tàu vũ trụ"))
    assert (found.kind, found.sentences) == (AnswerKind.CLARIFY, ())


def test_a_follow_up_on_an_article_reads_it_by_its_key() -> None:
    document = LawDocument.objects.create(
        number="26/2023/QH15", kind="Luật", name="Luật Căn cước", source="thử"
    )
    LawArticle.objects.create(
        document=document,
        key=ARTICLE.item,
        article="24",
        title="Cấp đổi, cấp lại",
        text=ARTICLE.text,
        digest="x",
    )
    before = (Past("Điều 24 luật căn cước", AnswerKind.ARTICLE, (ARTICLE.item,)),)
    found = answer(asked("vậy bao lâu", past=before))
    assert (found.kind, found.items) == (AnswerKind.ARTICLE, (ARTICLE.item,))
    LawDocument.objects.update(valid_to=TODAY)
    assert answer(asked("vậy bao lâu", past=before)).kind == AnswerKind.UNKNOWN


@pytest.mark.parametrize("words", ["năm 0000", "quý 2 năm 0000"])
def test_a_year_that_no_calendar_has_names_no_period(words: str) -> None:
    assert period_in(words, TODAY) is None


def test_a_basis_that_has_ended_is_said_to_have() -> None:
    LawDocument.objects.create(
        number="60/2014/QH13",
        kind="Luật",
        name="Luật Hộ tịch",
        source="thử",
        valid_to=TODAY,
        ended_by="1/2025/QH15",
    )
    found = answer(asked("đăng ký khai sinh theo căn cứ pháp lý nào"))
    assert any("60/2014/QH13 từ ngày" in doubt and "1/2025/QH15" in doubt for doubt in found.doubts)
