"""Learning the weights anew from a file of questions, measured on those that each weight was not learnt from."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from namro.assistant.formulas.evaluating import measures
from namro.assistant.formulas.features import names_of
from namro.assistant.formulas.learning import Asked, chances_learnt, held_out_scores, learnt, place_in
from namro.assistant.formulas.questions import Words, terms_of
from namro.assistant.formulas.ranking import laid_out, told_by
from namro.assistant.formulas.schemes import SCHEMES
from namro.assistant.queries.evaluating import CORPUS_OF, Row
from namro.assistant.terms import Corpus
from namro.ground.text import fold

if TYPE_CHECKING:
    from namro.assistant.formulas.segments import Segment

SEEDS = (20, 21, 22, 23)
# Features that proved to tell nothing: what is left is learnt the better without them.
LEFT_OUT = {
    Corpus.PROCEDURES: ("name.1", "documents.1", "steps.1", "steps.2", "rest.1", "rest.2", "passage_pairs"),
    Corpus.LAW: ("title.1",),
}


def learn(corpus: Corpus, rows: Sequence[Row], segments: Sequence["Segment"], words: Words) -> dict[str, Any]:
    """Learn from the rows of a corpus: weights, gains of the chance, and measures on held-out rows, each way of asking.

    `without_words` is what is found without the list of words, which was written with such questions in view.
    """
    own = [row for row in rows if CORPUS_OF.get(row.kind) is corpus]
    none = [row for row in rows if row.kind not in CORPUS_OF]
    asked = list(_asked(corpus, own, segments, words))
    plain = _asked(corpus, own, segments, words, is_plain=True)
    bare = _asked(corpus, own, segments, Words())
    weights = learnt(asked)
    return {
        "held_out": _held_out(asked),
        "held_out_without_marks": _held_out(list(plain)),
        "held_out_without_words": _held_out(list(bare)),
        "weights": dict(zip(_learnt_from(corpus), np.round(weights, 3).tolist(), strict=True)),
        "chance": _chance(corpus, asked, list(_asked(corpus, none, segments, words)), weights),
    }


def _learnt_from(corpus: Corpus) -> list[str]:
    return [name for name in names_of(SCHEMES[corpus]) if name not in LEFT_OUT[corpus]]


def _asked(
    corpus: Corpus,
    rows: Iterable[Row],
    segments: Sequence["Segment"],
    words: Words,
    *,
    is_plain: bool = False,
) -> Iterator[Asked]:
    """The candidates of each question; a question that finds nothing has none."""
    names = names_of(SCHEMES[corpus])
    kept = [names.index(name) for name in _learnt_from(corpus)]
    for row in rows:
        terms = terms_of(fold(row.question) if is_plain else row.question, words)
        laid = laid_out(segments, corpus, terms) if terms else None
        keys = [segment.keys[place] for segment, place, _ in laid.owners] if laid else []
        values = laid.values[:, kept] if laid else np.zeros((0, len(kept)))
        yield Asked(values, np.isin(keys, row.gold), row.group)


def _held_out(asked: Sequence[Asked]) -> dict[str, float | int]:
    """The measures over all shuffles; `n` is how many questions there are, once."""
    places = [
        place_in(scores, each.right)
        for seed in SEEDS
        for each, scores in zip(asked, held_out_scores(asked, seed), strict=True)
    ]
    return {**measures(places), "n": len(asked)}


def _chance(
    corpus: Corpus, asked: Sequence[Asked], none: Sequence[Asked], weights: NDArray[Any]
) -> tuple[float, ...]:
    """The gains of the chance: of questions in scope by held-out scores, of those out of scope by the final weights."""
    names = _learnt_from(corpus)
    scored = [
        (each, scores, True) for each, scores in zip(asked, held_out_scores(asked, SEEDS[0]), strict=True)
    ]
    scored += [(each, each.values @ weights, False) for each in none]
    held = [line for line in scored if len(line[1])]
    told = np.array([told_by(names, scores, each.values) for each, scores, _ in held])
    right = np.array([place_in(scores, each.right) == 1 for each, scores, _ in held], float)
    inside = np.array([is_inside for _, _, is_inside in held])
    return tuple(np.round(chances_learnt(told, right, inside), 3).tolist())
