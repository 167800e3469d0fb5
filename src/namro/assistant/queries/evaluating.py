"""Evaluating retrieval and answers on a file of questions with their right items, which stays outside the project."""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from namro.assistant.formulas.corrupting import with_slips
from namro.assistant.formulas.evaluating import measures, place_of
from namro.assistant.queries.answering import answer
from namro.assistant.queries.retrieving import retrieve
from namro.assistant.rules.composing import fault_of_composed
from namro.assistant.terms import Answer, AnswerKind, Corpus, Question
from namro.ground.text import fold

CORPUS_OF = {"procedure": Corpus.PROCEDURES, "article": Corpus.LAW, "city": Corpus.CITY}
NAMES = {"procedure": "procedures", "article": "articles", "city": "city"}
# What a report always tells, if only that nothing was asked; the rest only where something was.
ALWAYS = frozenset({"procedure", "article"})
FOUND = 10
# From which the slips are put into questions.
SEED = 57
# What a person is told where nothing is answered; a question back is neither this nor an answer.
REFUSING = frozenset({AnswerKind.REFUSED, AnswerKind.UNKNOWN})


@dataclass(frozen=True)
class Row:
    """One question of a set: its right items (none where it is out of scope), how it is put, and its group.

    Questions of one group share a right item: none may be measured by weights that another has taught.
    """

    question: str
    kind: str
    gold: tuple[str, ...]
    style: str
    group: str = ""


def read_rows(file: Path) -> list[Row]:
    """Return the questions of a file of JSON lines (question, gold_type, gold, style, group)."""
    entries = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return [
        Row(
            each["question"],
            each["gold_type"],
            tuple(each["gold"]),
            each.get("style", ""),
            each.get("group", ""),
        )
        for each in entries
    ]


def evaluate(rows: Sequence[Row], *, day: date) -> dict[str, Any]:
    """Measure retrieval in the corpus of the right item, with marks, without and with slips, and the answers.

    Answers are composed as a person without a session gets them: which are given, refused, asked back, and whether
    the passages that are shown carry each sentence.
    """
    took: list[float] = []
    asked = [row for row in rows if row.kind in CORPUS_OF]
    marked = [_place(row, row.question, day, took) for row in asked]
    plain = [_place(row, fold(row.question), day, took) for row in asked]
    slipped = [_place(row, with_slips(row.question, SEED), day, took) for row in asked]
    outside = [answer(Question(row.question, day)) for row in rows if row.kind == "none"]
    inside = [answer(Question(row.question, day)) for row in asked]
    styles = defaultdict(list)
    for row, place in zip(asked, marked, strict=True):
        styles[f"{NAMES[row.kind]}.{row.style}"].append(place)
    return {
        **_by_kind(asked, marked),
        "without_marks": _by_kind(asked, plain),
        "with_slips": _by_kind(asked, slipped),
        "out_of_scope": _fates(outside),
        "in_scope": _fates(inside),
        "answered": _answered(asked, inside),
        "support": _support([*inside, *outside]),
        "by_style": {style: measures(places) for style, places in sorted(styles.items())},
        "latency_ms": {"p50": _percentile(took, 0.5), "p95": _percentile(took, 0.95)},
    }


def _by_kind(rows: Sequence[Row], places: Sequence[int | None]) -> dict[str, Any]:
    asked = ALWAYS | {row.kind for row in rows}
    return {
        name: measures([place for row, place in zip(rows, places, strict=True) if row.kind == kind])
        for kind, name in NAMES.items()
        if kind in asked
    }


def _place(row: Row, question: str, day: date, took: list[float]) -> int | None:
    start = time.perf_counter()
    found = retrieve(question, day=day, corpora=(CORPUS_OF[row.kind],), limit=FOUND)
    took.append((time.perf_counter() - start) * 1000)
    return place_of(row.gold, [passage.item for passage in found])


def _fates(answers: Sequence[Answer]) -> dict[str, int]:
    """How many were refused, asked back and answered."""
    refused = sum(each.kind in REFUSING for each in answers)
    claimed = sum(each.is_claim for each in answers)
    asked_back = len(answers) - refused - claimed
    return {"n": len(answers), "refused": refused, "asked_back": asked_back, "answered": claimed}


def _answered(rows: Sequence[Row], answers: Sequence[Answer]) -> dict[str, float | int]:
    """Of what was asked within scope: the share that was answered, and of the answers those about the right item."""
    claimed = [(row, each) for row, each in zip(rows, answers, strict=True) if each.is_claim]
    right = sum(any(item in row.gold for item in each.items) for row, each in claimed)
    return {
        "n": len(answers),
        "rate": _share(len(claimed), len(answers)),
        "right": _share(right, len(claimed)),
    }


def _support(answers: Sequence[Answer]) -> dict[str, float | int]:
    """Sentences held against the passages they name; what does not hold, by its fault, and apart the house's own words.

    A sentence is carried when its passages have its words as they stand, or by the rules that a model's must pass.
    """
    faults: Counter[str] = Counter()
    own = 0
    for each in answers:
        held = {passage.key: passage.text for passage in each.passages}
        for sentence in each.sentences:
            own += sentence.is_ours
            if not sentence.is_ours:
                named = [held[key] for key in sentence.passages if key in held]
                faults[fault_of_composed(sentence.text, named) or ""] += 1
    count, carried = faults.total(), faults.pop("", 0)
    said = {"n": count, "carried": _share(carried, count), "own_words": own}
    return said | dict(sorted(faults.items()))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _percentile(times: Sequence[float], share: float) -> float:
    return round(sorted(times)[min(int(share * len(times)), len(times) - 1)], 1) if times else 0.0
