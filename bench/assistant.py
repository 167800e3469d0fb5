"""`./namro bench assistant`: the corpora asked as people ask, a third of the words lost, a slip in every question.

`sizes` counts passages written by chance from a seed, half of them procedures, half articles; the index is built in
segments as in use, written, mapped, and asked. `package` loads the demo's 12,763 real items into a database and asks
those: what is found with its rows, whole answers, and the first words of a stream beyond the model's own.
Milliseconds are by the clock, `processor` those of the process.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import psutil
from django.conf import settings

from bench.assistant_stream import first_words
from bench.measure import measured, percentile
from bench.register import THINGS, VERBS, WAYS
from namro.assistant.actions import loading as assistant
from namro.assistant.formulas.building import Item, build
from namro.assistant.formulas.corrupting import with_slips
from namro.assistant.formulas.items import article_item
from namro.assistant.formulas.questions import Words, terms_of
from namro.assistant.formulas.ranking import search
from namro.assistant.formulas.schemes import SCHEMES
from namro.assistant.formulas.segments import Segment, read, write
from namro.assistant.formulas.slips import Vocabulary
from namro.assistant.models import LawArticle
from namro.assistant.queries.answering import answer
from namro.assistant.queries.index import ITEMS_A_SEGMENT, segments
from namro.assistant.queries.retrieving import retrieve
from namro.assistant.terms import PUBLIC_CORPORA, Corpus, Question
from namro.ground import clock
from namro.procedures import actions as procedures
from namro.procedures.models import Procedure

SIZES = (13_000, 100_000, 1_000_000)
RUNS = 200
SEED = 57
CLAUSES = 3
SYLLABLES = sorted({word for text in (*THINGS, *VERBS, *WAYS) for word in text.lower().split()})
ONSETS = "b c ch d đ g gh h k kh l m n ng nh ph qu r s t th tr v x".split()
RHYMES = "a an anh ao at ay e em en et i ia iên iêt in inh o oan on ong ông ôi ơn u ua uc un ung ươi ương uyên".split()


def run(sizes: Iterable[int] = SIZES, runs: int = RUNS) -> dict[str, Any]:
    """Ask the package, then build an index of each size and ask it; sizes are passages."""
    return {
        "seed": SEED, "package": _of_package(runs), "sizes": {str(size): _of_size(size, runs) for size in sizes},
    }  # fmt: skip


def _of_package(runs: int) -> dict[str, Any]:
    """What a question to the demo's procedures and law takes: the search with its rows, and a whole answer."""
    folder, day = Path(settings.DEMO_PACKAGE), clock.today()
    procedures.load_package(folder)
    assistant.load_package(folder)
    for corpus in PUBLIC_CORPORA:
        segments(corpus, builds=True)
    chance = random.Random(SEED)
    titles = list(Procedure.objects.order_by("code").values_list("name", flat=True))
    titles += LawArticle.objects.order_by("key").values_list("title", flat=True)
    asked = [_asked(chance, chance.choice(titles)) for _ in range(runs)]
    _say("the package is indexed")
    return {
        "retrieve": _taken(lambda at: retrieve(asked[at], day=day), runs),
        "answer": _taken(lambda at: answer(Question(asked[at], day)), runs),
        "first_words": first_words(asked),
    }


def _of_size(passages: int, runs: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as place:
        built = {corpus: _built(corpus, passages // 2, Path(place)) for corpus in MAKERS}
        took = sum(seconds for _, seconds in built.values())
        known = {corpus: Vocabulary(held) for corpus, (held, _) in built.items()}
        chance, words = random.Random(SEED), Words()
        asked = [_asked(chance, _title(chance.randrange(passages // 2 // CLAUSES))) for _ in range(runs)]

        def ask(at: int) -> None:
            for corpus, (held, _) in built.items():
                search(held, corpus, terms_of(asked[at], words, known[corpus]), 10)

        taken = _taken(ask, runs)
        arrays = [
            array for held, _ in built.values() for segment in held for array in segment.arrays.values()
        ]
        _say(f"{passages:,} passages in {took:.0f} s")
        return taken | {
            "segments": sum(len(held) for held, _ in built.values()), "passages_a_second": round(passages / took),
            "index_mb": round(sum(array.nbytes for array in arrays) / 1e6),
            "process_mb": round(psutil.Process().memory_info().rss / 1e6),
        }  # fmt: skip


def _taken(ask: Callable[[int], Any], runs: int) -> dict[str, Any]:
    """Milliseconds by the clock and of the processor."""
    found = measured(ask, runs)
    spent = []
    for at in range(runs):
        before = time.process_time()
        ask(at)
        spent.append((time.process_time() - before) * 1000)
    processor = {
        name: round(percentile(spent, share), 1) for name, share in (("p50_ms", 0.5), ("p95_ms", 0.95))
    }
    return {**found, "processor": processor}


def _built(corpus: Corpus, passages: int, place: Path) -> tuple[list[Segment], float]:
    """The segments, and the seconds it took to build and write them (their texts were there)."""
    items, took = passages // CLAUSES, 0.0
    found = []
    for start in range(0, items, ITEMS_A_SEGMENT):
        held = list(MAKERS[corpus](range(start, min(start + ITEMS_A_SEGMENT, items))))
        started = time.perf_counter()
        write(build(held, SCHEMES[corpus]), place / f"{corpus.value}-{start}")
        took += time.perf_counter() - started
        found.append(read(place / f"{corpus.value}-{start}"))
    return found, took


def _procedures(numbers: Iterable[int]) -> Iterator[Item]:
    """Procedures of as many passages as an article: a name, papers and a step."""
    for number in numbers:
        chance = random.Random(number)
        fields = {"name": [_title(number)], "documents": [_words(chance, 20)], "steps": [_words(chance, 70)]}
        yield Item(str(number), fields, (1.0, 0.0, 0.0, 1.0))


def _items(numbers: Iterable[int]) -> Iterator[Item]:
    for number in numbers:
        chance = random.Random(number)
        clauses = "\n".join(f"{at}. {_words(chance, 45)}" for at in range(1, CLAUSES + 1))
        yield article_item(str(number), _title(number), _words(chance, 6), "Luật", clauses)


def _title(number: int) -> str:
    return _words(random.Random(-1 - number), 9)


MAKERS = {Corpus.LAW: _items, Corpus.PROCEDURES: _procedures}


def _asked(chance: random.Random, title: str) -> str:
    """A title of which each third word was lost, in a sentence that asks, with a slip."""
    kept = [word for word in title.split()[:20] if chance.random() > 1 / 3]
    return with_slips(f"cho tôi hỏi {' '.join(kept)} như thế nào", SEED)


def _words(chance: random.Random, count: int) -> str:
    """Words as they are spread in texts: a few in every sentence, most of them rarely."""
    return " ".join(_word(chance) for _ in range(count))


def _word(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return SYLLABLES[int(len(SYLLABLES) * chance.random() ** 2)]
    return ONSETS[int(len(ONSETS) * chance.random() ** 2)] + RHYMES[int(len(RHYMES) * chance.random() ** 2)]


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
