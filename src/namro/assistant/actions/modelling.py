"""A model's sentences, each held against its passages before anybody sees it; the first that fails ends it."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from threading import BoundedSemaphore

from django.conf import settings

from namro.assistant.queries.procedures import card
from namro.assistant.rules.binding import fault_of
from namro.assistant.rules.prompting import SYSTEM, Draft, Unsure, drafts, prompt, without_commands
from namro.assistant.terms import Answer, AnswerKind, Corpus, Passage, Question, Sentence, Voice
from namro.outside.language_model import Endpoint, Message, ModelFault, Usage, stream
from namro.procedures.terms import Part

# Tasks and figures are told from their own rows alone, and what is not known is not made up for.
MODELLED = frozenset({AnswerKind.PROCEDURE, AnswerKind.ARTICLE})
# After so many faults in a row the model rests for so many seconds: nobody waits for a server that is down.
FAULTS_UNTIL_REST, REST_SECONDS = 3, 30
MOST_BEFORE = 3
MILLION = Decimal(1_000_000)
# Letters of Vietnamese to a token, about: what is reckoned with where the server could not say how many it took.
LETTERS_A_TOKEN = 3
_PARTS = (
    Part.METHODS, Part.DOCUMENTS, Part.AGENCY, Part.CONDITIONS, Part.STEPS, Part.RESULT, Part.LEGAL_BASES,
    Part.APPLICANTS,
)  # fmt: skip


@dataclass
class Rest:
    """Whether the model is left alone for a while; one a process."""

    faults: int = 0
    until: float = 0.0

    def is_on(self) -> bool:
        """Whether it rests now."""
        return time.monotonic() < self.until

    def note(self, fault: str) -> None:
        """Count a fault, or forget those before where there was none."""
        self.faults = self.faults + 1 if fault else 0
        if self.faults >= FAULTS_UNTIL_REST:
            self.faults, self.until = 0, time.monotonic() + REST_SECONDS


rest = Rest()
# One conversation with the model at a time in a process: a slow model must not hold every thread that serves pages.
line = BoundedSemaphore(1)


@dataclass
class Heard:
    """What became of asking the model, for the ledger."""

    model: str = ""
    fallback: str = ""
    cut: int = 0
    first_ms: int | None = None
    usage: Usage = field(default_factory=Usage)
    letters_in: int = 0
    letters_out: int = 0

    @property
    def is_estimate(self) -> bool:
        """Whether the server did not say what it took: who stops listening does not hear its last words, the count."""
        return not self.usage.tokens_in and bool(self.letters_out or self.fallback == "timeout")

    @property
    def tokens(self) -> Usage:
        """What was read and written: as the server says, else by the letters that went and came."""
        if not self.is_estimate:
            return self.usage
        return Usage(-(-self.letters_in // LETTERS_A_TOKEN), -(-self.letters_out // LETTERS_A_TOKEN))

    @property
    def cost(self) -> Decimal:
        """In đồng, by the prices of a million tokens that the place has set."""
        paid = self.tokens.tokens_in * settings.NAMRO_MODEL_PRICE_IN
        paid += self.tokens.tokens_out * settings.NAMRO_MODEL_PRICE_OUT
        return Decimal(paid) / MILLION


def endpoint() -> Endpoint | None:
    """Return where the model is asked, None where the place has none."""
    if not settings.NAMRO_MODEL_URL:
        return None
    return Endpoint(
        url=settings.NAMRO_MODEL_URL,
        model=settings.NAMRO_MODEL_NAME,
        key=settings.NAMRO_MODEL_KEY,
        first_seconds=settings.NAMRO_MODEL_FIRST_SECONDS,
        total_seconds=settings.NAMRO_MODEL_TOTAL_SECONDS,
    )


def modelled(question: Question, composed: Answer, heard: Heard) -> Generator[Sentence | Answer]:
    """Yield each sentence that its passages carry, then the answer: the model's, or else the composed one."""
    where = endpoint()
    if where is None or composed.kind not in MODELLED or question.item or not _rest_of(composed):
        yield composed
        return
    if rest.is_on() or not line.acquire(blocking=False):
        heard.fallback = "resting" if rest.is_on() else "busy"
        yield replace(composed, fallback=heard.fallback)
        return
    try:
        yield from _spoken(where, question, composed, heard)
    finally:
        line.release()


def _spoken(
    where: Endpoint, question: Question, composed: Answer, heard: Heard
) -> Generator[Sentence | Answer]:
    """The same, by the model."""
    heard.model = where.model
    kept: list[Sentence] = []
    passages = _passages(composed, question)
    try:
        for sentence in _carried(where, question, passages, heard):
            kept.append(sentence)
            yield sentence
    except ModelFault as fault:
        heard.fallback = fault.kind
    except Unsure:
        heard.fallback = "unknown"
    rest.note("" if heard.fallback in ("", "unsupported", "unknown") else heard.fallback)
    yield _settled(composed, kept, passages, heard)


def _carried(
    where: Endpoint, question: Question, passages: Sequence[Passage], heard: Heard
) -> Iterator[Sentence]:
    """Yield the model's sentences as long as each is carried; the first that is not ends the listening."""
    began = time.monotonic()
    for draft in drafts(_words(where, question, passages, heard)):
        if heard.first_ms is None:
            heard.first_ms = round((time.monotonic() - began) * 1000)
        sentence = _checked(draft, passages)
        if sentence is None:
            heard.cut += 1
            heard.fallback = "unsupported"
            return
        yield sentence


def _words(where: Endpoint, question: Question, passages: Sequence[Passage], heard: Heard) -> Iterator[str]:
    """The model's words as they come, with a count of the letters that went and came."""
    messages = _messages(question, passages)
    heard.letters_in = sum(len(message.content) for message in messages)
    for words in stream(where, messages, heard.usage):
        heard.letters_out += len(words)
        yield words


def _checked(draft: Draft, passages: Sequence[Passage]) -> Sentence | None:
    """The draft as a sentence, None where the passages that it names do not carry it or are none of ours."""
    if any(not 0 <= place < len(passages) for place in draft.passages):
        return None
    named = [passages[place] for place in draft.passages]
    # Commands in a document are not passed on; whoever repeats one has it from elsewhere.
    if fault_of(draft.text, [without_commands(passage.text) for passage in named]) is not None:
        return None
    return Sentence(draft.text, tuple(dict.fromkeys(passage.key for passage in named)))


def _messages(question: Question, passages: Sequence[Passage]) -> list[Message]:
    before = [past.question for past in question.past[-MOST_BEFORE:]]
    told = [(passage.title, passage.text) for passage in passages]
    return [Message("system", SYSTEM), Message("user", prompt(question.words, told, before))]


def _passages(composed: Answer, question: Question) -> list[Passage]:
    """The passages of the composed answer, and of a procedure its other parts, which a yes or no may need.

    Papers are told as the source lists them where they are told at all, for a model may leave one out.
    """
    first = composed.passages[0]
    if first.corpus is not Corpus.PROCEDURES:
        return list(composed.passages)
    of = card(first.item, question.day)
    parts = [of.passage(part) for part in _PARTS] if of else []
    known = {passage.key for passage in composed.passages}
    every = [*composed.passages, *(each for each in parts if each.key not in known and each.text)]
    return [each for each in every if each.part != Part.DOCUMENTS] if _papers_of(composed) else every


def _papers_of(composed: Answer) -> tuple[Sentence, ...]:
    """The sentences of the composed answer that list papers."""
    papers = {passage.key for passage in composed.passages if passage.part == Part.DOCUMENTS}
    return tuple(each for each in composed.sentences if papers & set(each.passages))


def _rest_of(composed: Answer) -> tuple[Sentence, ...]:
    """The other sentences: where there are none, a model has nothing to say."""
    papers = _papers_of(composed)
    return tuple(each for each in composed.sentences if each not in papers)


def _settled(composed: Answer, kept: Sequence[Sentence], passages: Sequence[Passage], heard: Heard) -> Answer:
    if not heard.fallback and not kept:
        heard.fallback = "unknown"
    if heard.fallback:
        return replace(composed, fallback=heard.fallback)
    sentences = (*kept, *_papers_of(composed))
    used = {key for sentence in sentences for key in sentence.passages}
    every = {passage.key: passage for passage in (*passages, *composed.passages)}
    shown = tuple(passage for key, passage in every.items() if key in used)
    return replace(composed, sentences=sentences, passages=shown, voice=Voice.MODEL)
