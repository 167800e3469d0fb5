"""`./namro bench assistant`: retrieval over passages of any number, written by chance from a seed.

`--sizes` counts passages. Questions are titles of items with some words lost; the index is built in segments as in use,
written, mapped, and asked. What fetching the words of what was found adds, `namro assistant evaluate` measures.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psutil

from bench.measure import measured
from bench.register import THINGS, VERBS, WAYS
from namro.assistant.formulas.building import Item, build
from namro.assistant.formulas.items import article_item
from namro.assistant.formulas.questions import Words, terms_of
from namro.assistant.formulas.ranking import search
from namro.assistant.formulas.schemes import SCHEMES
from namro.assistant.formulas.segments import Segment, read, write
from namro.assistant.terms import Corpus

SIZES = (13_000, 100_000, 1_000_000)
RUNS = 200
SEED = 57
CLAUSES = 3
ITEMS_A_SEGMENT = 20_000
SYLLABLES = sorted({word for text in (*THINGS, *VERBS, *WAYS) for word in text.lower().split()})
ONSETS = "b c ch d đ g gh h k kh l m n ng nh ph qu r s t th tr v x".split()
RHYMES = "a an anh ao at ay e em en et i ia iên iêt in inh o oan on ong ông ôi ơn u ua uc un ung ươi ương uyên".split()


def run(sizes: Iterable[int] = SIZES, runs: int = RUNS) -> dict[str, Any]:
    """Build an index of each size and ask it; sizes are passages."""
    return {"seed": SEED, "sizes": {str(size): _of_size(size, runs) for size in sizes}}


def _of_size(passages: int, runs: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as place:
        segments, took = _built(passages, Path(place))
        chance = random.Random(SEED)
        questions = [_question(chance, passages // CLAUSES) for _ in range(runs)]
        corpus = Corpus.LAW
        asked = measured(lambda at: search(segments, corpus, terms_of(questions[at], Words()), 10), runs)
        size = sum(array.nbytes for segment in segments for array in segment.arrays.values())
    _say(f"{passages:,} passages in {took:.0f} s")
    return asked | {
        "segments": len(segments), "passages_a_second": round(passages / took), "index_mb": round(size / 1e6),
        "process_mb": round(psutil.Process().memory_info().rss / 1e6),
    }  # fmt: skip


def _built(passages: int, place: Path) -> tuple[list[Segment], float]:
    """The segments, and the seconds it took to build and write them (their texts were there)."""
    items, took = passages // CLAUSES, 0.0
    found = []
    for start in range(0, items, ITEMS_A_SEGMENT):
        held = list(_items(range(start, min(start + ITEMS_A_SEGMENT, items))))
        started = time.perf_counter()
        write(build(held, SCHEMES[Corpus.LAW]), place / str(start))
        took += time.perf_counter() - started
        found.append(read(place / str(start)))
    return found, took


def _items(numbers: Iterable[int]) -> Iterator[Item]:
    for number in numbers:
        chance = random.Random(number)
        clauses = "\n".join(f"{at}. {_words(chance, 45)}" for at in range(1, CLAUSES + 1))
        yield article_item(str(number), _title(number), _words(chance, 6), "Luật", clauses)


def _title(number: int) -> str:
    return _words(random.Random(-1 - number), 9)


def _question(chance: random.Random, items: int) -> str:
    """A title of which each third word was lost, in a sentence that asks."""
    kept = [word for word in _title(chance.randrange(items)).split() if chance.random() > 1 / 3]
    return f"cho tôi hỏi {' '.join(kept)} như thế nào"


def _words(chance: random.Random, count: int) -> str:
    """Words as they are spread in texts: a few in every sentence, most of them rarely."""
    return " ".join(_word(chance) for _ in range(count))


def _word(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return SYLLABLES[int(len(SYLLABLES) * chance.random() ** 2)]
    return ONSETS[int(len(ONSETS) * chance.random() ** 2)] + RHYMES[int(len(RHYMES) * chance.random() ** 2)]


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
