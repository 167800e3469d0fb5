"""Questions as terms: abbreviations spelt out, what people say put into the words of the law, words of asking light."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from namro.assistant.formulas.seeking import Term
from namro.assistant.formulas.slips import Vocabulary, mended
from namro.assistant.formulas.syllables import folded, words_of
from namro.ground.text import tones

MOST_WORDS = 80
KINDS = ("phường", "xã", "đặc khu", "thị trấn", "quận", "huyện", "thị xã", "thành phố", "tp", "tỉnh")
# What stands before a place that is named without its kind.
AT = ("ở", "tại")
_PLAIN_AT = frozenset(map(folded, AT))
# What a word is worth that was replaced by the words of the law, and one that only asks.
SAID, ASKING = 0.3, 0.3
LONGEST = 6
MOST_SPELT = 20_000


@dataclass(frozen=True)
class Entry:
    """One line of the word list: what is said, as spelt syllables, and what it means.

    Without a meaning it only asks; one that nothing replaces (`replaces` without `means`) names a place, and is left
    out. `written` is what is said as the list writes it.
    """

    says: tuple[str, ...]
    means: tuple[str, ...] = ()
    replaces: bool = False
    written: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """The word list, found by what is said: with its marks, and without."""

    spelt: dict[tuple[str, ...], Entry] = field(default_factory=dict)
    plain: dict[tuple[str, ...], Entry] = field(default_factory=dict)

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The folded syllables of what is said, which are no slips."""
        return frozenset(folded(word) for entry in self.spelt.values() for word in entry.written)


def words_from(
    entries: Iterable[tuple[str, str, bool]], asking: Iterable[str], places: Iterable[str] = ()
) -> Words:
    """The word list of (says, means, replaces), of phrases that only ask and of names of places, which name no matter.

    One syllable asks only with its marks. Without its kind or “ở” before it a place is one only by its marks: “tam anh”
    may be “tấm ảnh”.
    """
    words = Words()
    for says, means, replaces in [*entries, *((each, "", False) for each in asking)]:
        _put(words, says, means, replaces=replaces, may_be_plain=bool(means) or len(words_of(says)) > 1)
    for name in dict.fromkeys(places):
        bare = _without_kind(name)
        for form in (name, *(f"{before} {bare}" for before in (*KINDS, *AT))):
            _put(words, form, replaces=True)
        if len(bare.split()) > 1 and not bare.isascii():
            _put(words, bare, replaces=True, may_be_plain=False)
    return words


def _put(words: Words, says: str, means: str = "", *, replaces: bool, may_be_plain: bool = True) -> None:
    spoken = words_of(says)
    entry = Entry(tuple(map(spelt, spoken)), tuple(words_of(means)), replaces, tuple(spoken))
    words.spelt.setdefault(entry.says, entry)
    if may_be_plain:
        words.plain.setdefault(tuple(map(folded, spoken)), entry)


def _without_kind(name: str) -> str:
    """The name of a place as people say it: 'Phường Hòa Khánh' → 'hòa khánh'."""
    said = " ".join(words_of(name))
    return next((said.removeprefix(f"{kind} ") for kind in KINDS if said.startswith(f"{kind} ")), said)


@lru_cache(maxsize=MOST_SPELT)
def spelt(word: str) -> str:
    """A written syllable as letters and tone, wherever the tone stands; what bears no letters as it is."""
    return "".join(letters + tone for letters, tone in tones(word)) or word


def terms_of(question: str, words: Words, known: Vocabulary | None = None) -> dict[Term, float]:
    """The terms of a question with what each is worth, from 0 to 1: syllables, and pairs of neighbours.

    By what is `known` slips of the keyboard are mended.
    """
    terms: dict[Term, float] = {}
    written = words_of(question)[:MOST_WORDS]
    if known is not None:
        written = _mended(written, words, known)
    for run, worth in _runs(written, words):
        keys = [folded(word) for word in run]
        for term in [*((key,) for key in keys), *pairwise(keys)]:
            terms[term] = max(terms.get(term, 0.0), worth)
    return terms


def _mended(written: Sequence[str], words: Words, known: Vocabulary) -> list[str]:
    """The words as they were meant; one that was mended without its marks."""
    bare = [folded(word) for word in written]
    meant = mended(bare, known, words.spoken)
    return [
        part for word, key, parts in zip(written, bare, meant, strict=True)
        for part in ([word] if parts == (key,) else parts)
    ]  # fmt: skip


def _runs(written: Sequence[str], words: Words) -> Iterator[tuple[list[str], float]]:
    """Runs of words with what they are worth; a meaning stands in the run of its neighbours."""
    run: list[str] = []
    at = 0
    is_plain = sum(not word.isascii() for word in written) * 4 < len(written)
    marked = [spelt(word) for word in written]
    bare = [folded(word) if is_plain and word.isascii() else "" for word in written]
    while at < len(written):
        size, entry = _longest(marked[at : at + LONGEST], bare[at : at + LONGEST], words)
        said = list(written[at : at + size])
        if entry is None:
            run += said
        elif entry.means:
            run += entry.means
            if not entry.replaces:
                yield said, SAID
        else:
            if not entry.replaces:
                yield said, ASKING
            elif run and folded(run[-1]) in _PLAIN_AT:
                run.pop()
            yield run, 1.0
            run = []
        at += size
    yield run, 1.0


def _longest(marked: Sequence[str], bare: Sequence[str], words: Words) -> tuple[int, Entry | None]:
    """The longest phrase of the list that stands here, and its size; one word that the list does not have.

    `bare` are the words without marks where a phrase may be read so, else empty.
    """
    for size in range(len(marked), 0, -1):
        entry = words.spelt.get(tuple(marked[:size]))
        if entry is None and all(bare[:size]):
            entry = words.plain.get(tuple(bare[:size]))
        if entry is not None:
            return size, entry
    return 1, None
