"""Answering a question without any model: from the parts of procedures, the words of articles, tasks and figures."""

from collections import Counter
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from namro.assistant.queries.articles import doubts_about, doubts_about_bases, quoted
from namro.assistant.queries.city import city_answer
from namro.assistant.queries.comparing import compared_cards
from namro.assistant.queries.desks import communes_named, desks_of, names_only_communes
from namro.assistant.queries.law import article_on, ended_documents
from namro.assistant.queries.officers import officer_answer
from namro.assistant.queries.places import place_answer
from namro.assistant.queries.procedures import Card, card, levels_of, parts_of
from namro.assistant.queries.retrieving import retrieve
from namro.assistant.queries.topics import topic_out_of_scope
from namro.assistant.rules.asking import Reading, compared, read
from namro.assistant.rules.deciding import SURE, decide, weighed
from namro.assistant.rules.periods import day_in
from namro.assistant.rules.reading import is_named, shortened
from namro.assistant.terms import ENOUGH, OWN, Answer, AnswerKind, Choice, Corpus, Passage, Question, Want
from namro.ground.days import format_day
from namro.procedures.terms import Part

MOST_CASES = 5


def answer(question: Question) -> Answer:
    """Return the answer as it can be composed of the sources alone, as of the day that the question names, or today."""
    day, words = day_in(question.words)
    if day is None:
        return _as_of(question, question.day)
    found = _as_of(replace(question, words=words, day=day), question.day)
    choices = tuple(
        replace(each, question=question.words) if each.question == words else each for each in found.choices
    )
    return replace(found, doubts=(*_of_that_day(found, day), *found.doubts), choices=choices)


def _of_that_day(found: Answer, day: date) -> tuple[str, ...]:
    """What is said of an answer as of a day: the day, and that words of the law are those of the source's own state."""
    if not found.is_claim or found.kind in OWN:
        return ()
    said = (_("Trả lời theo tình trạng tại ngày %s.") % format_day(day),)
    if found.kind != AnswerKind.ARTICLE:
        return said
    return (
        *said,
        _("Lời trích theo nguồn: %s; vào ngày đó lời của điều này có thể khác.") % found.passages[0].as_of,
    )


def _as_of(question: Question, today: date) -> Answer:
    """Answer as of the question's day; tasks and figures as they are today."""
    topic = topic_out_of_scope(question.words)
    if topic is not None:
        return Answer(AnswerKind.REFUSED, notice=f"{topic.says} {topic.who}", reason=topic.code)
    reading = read(question.words)
    if question.item:
        return _about(question.item, reading, question)
    if reading.compares or reading.may_compare:
        compares = _comparison(question)
        if compares.is_claim or reading.compares:
            return compares
    became = place_answer(question)
    if became is not None:
        return became
    if question.viewer is not None:
        found = officer_answer(question.words, question.viewer, today)
        if found is not None:
            return found
    return _by_finding(reading, question)


def _by_finding(reading: Reading, question: Question) -> Answer:
    """Answer with what was found; a question that names nothing is about the answer before it."""
    if question.last_item and names_only_communes(question):
        return _about(question.last_item, replace(reading, wants=(Want.WHERE,)), question)
    if reading.names_nothing:
        if question.last_item:
            return _about(question.last_item, reading, question)
        return Answer(
            AnswerKind.CLARIFY,
            notice=_("Bạn hỏi thủ tục nào? Hãy nói tên việc cần làm, ví dụ “đăng ký tạm trú”."),
        )
    decision = decide(weighed(found_for(reading, question), reading.wants, question.words))
    if decision.choices:
        return _which(decision.choices, question)
    if decision.best is None:
        return _unknown()
    if decision.best.corpus is Corpus.LAW:
        return _article(decision.best, question)
    return _about(decision.best.item, reading, question)


def found_for(reading: Reading, question: Question) -> list[Passage]:
    """Return what is found for the words; where a question goes on, also with the name of what came before."""
    found = retrieve(question.words, day=question.day)
    if not (reading.goes_on and question.last_item) or (found and found[0].score >= SURE):
        return found
    before = card(question.last_item, question.day)
    if before is None:
        return found
    together = retrieve(f"{before.body['name']} {question.words}", day=question.day)
    return max((found, together), key=lambda each: each[0].score if each else 0.0)


def _about(item: str, reading: Reading, question: Question) -> Answer:
    """Answer from one procedure, or from an article or a text of the city whose id it is."""
    of = card(item, question.day)
    if of is None:
        article = article_on(item, question.day)
        found = _article(article, question) if article else city_answer(item, question.day)
        return found or _unknown()
    wants = reading.wants
    told = of.told(wants, question.words)
    named = (Part(key.partition("#")[2]) for sentence in told for key in sentence.passages)
    found = Answer(
        AnswerKind.PROCEDURE,
        tuple(told),
        tuple(of.passage(part) for part in dict.fromkeys((*parts_of(wants), *named))),
        choices=_cases(of, reading, question),
        doubts=of.doubts(wants) + _doubts_about_bases(of, wants, question),
        items=(of.row.code,),
    )
    return _with_desks(found, question) if Want.WHERE in wants and of.is_taken_at_communes else found


def _with_desks(found: Answer, question: Question) -> Answer:
    """Who asks where is told of the desk of the commune they named, or asked for it."""
    desks = desks_of(communes_named(question), question)
    if not desks:
        return replace(found, asks=_("Bạn ở xã, phường nào? Gõ tên để xem bộ phận một cửa ở đó."))
    sentences, passages = zip(*desks, strict=True)
    return replace(found, sentences=(*found.sentences, *sentences), passages=(*found.passages, *passages))


def _doubts_about_bases(of: Card, wants: tuple[Want, ...], question: Question) -> tuple[str, ...]:
    """What is said of bases that have ended, where bases are asked for."""
    if Want.BASIS not in wants:
        return ()
    numbers = {basis["number"] for basis in of.body["legal_bases"] if basis["number"]}
    return doubts_about_bases(ended_documents(numbers, question.day))


def _cases(of: Card, reading: Reading, question: Question) -> tuple[Choice, ...]:
    """The cases by which the papers differ, to be asked back where papers are wanted and no case was named."""
    cases = of.cases()
    wants_papers = not reading.wants or Want.PAPERS in reading.wants
    if not wants_papers or any(is_named(case, question.words) for case in cases):
        return ()
    return tuple(
        Choice(shortened(case, 90), item=of.row.code, question=_("Giấy tờ khi %s") % shortened(case, 200))
        for case in cases[:MOST_CASES]
    )


def _which(choices: tuple[Passage, ...], question: Question) -> Answer:
    """Ask which of several is meant; the question is kept with each choice. Namesakes are told with their level."""
    titles = Counter(passage.title for passage in choices)
    levels = levels_of([passage.item for passage in choices if titles[passage.title] > 1])
    kept = tuple(
        Choice(
            " · ".join(filter(None, (shortened(passage.title, 140), levels.get(passage.item, "")))),
            item=passage.item,
            question=question.words,
        )
        for passage in choices
    )
    return Answer(
        AnswerKind.CLARIFY, notice=_("Câu hỏi có thể hiểu theo mấy việc. Bạn hỏi việc nào?"), choices=kept
    )


def _article(passage: Passage, question: Question) -> Answer:
    return Answer(
        AnswerKind.ARTICLE,
        tuple(quoted(question.words, passage)),
        (passage,),
        doubts=doubts_about(passage),
        items=(passage.item,),
    )


def _comparison(question: Question) -> Answer:
    """Compare the two things named, or the one named with that of the answer before."""
    names = compared(question.words)
    cards = [each for each in (_named(name, question) for name in names) if each is not None]
    goes_on = len(names) == len(cards) == 1 and question.last_item
    before = card(question.last_item, question.day) if goes_on else None
    cards = [before, *cards] if before is not None else cards
    if len(cards) < 2 or cards[0].row.code == cards[1].row.code:
        return Answer(
            AnswerKind.CLARIFY,
            notice=_(
                "Bạn muốn so sánh hai thủ tục nào? Ví dụ: “so sánh đăng ký thường trú với đăng ký tạm trú”."
            ),
        )
    return compared_cards(cards[0], cards[1])


def _named(name: str, question: Question) -> Card | None:
    """The procedure that a part of a comparison names; None where nothing that was found is sure enough."""
    found = retrieve(name, day=question.day, corpora=(Corpus.PROCEDURES,), limit=1)
    return card(found[0].item, question.day) if found and found[0].score >= ENOUGH else None


def _unknown() -> Answer:
    return Answer(
        AnswerKind.UNKNOWN,
        notice=_("Tôi chưa tìm thấy nguồn đủ chắc để trả lời câu này."),
    )
