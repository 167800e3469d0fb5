"""Evaluating retrieval on a file of questions with their right items, which stays outside the project."""

import json
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from namro.assistant.formulas.evaluating import measures, place_of
from namro.assistant.queries.retrieving import retrieve
from namro.assistant.queries.topics import topic_out_of_scope
from namro.assistant.terms import ENOUGH, Corpus
from namro.ground.text import fold

CORPUS_OF = {"procedure": Corpus.PROCEDURES, "article": Corpus.LAW}
NAMES = {"procedure": "procedures", "article": "articles"}
FOUND = 10


@dataclass(frozen=True)
class Row:
    """One question of a set: its right items (none where it is out of scope), and how it is put."""

    question: str
    kind: str
    gold: tuple[str, ...]
    style: str


def read_rows(file: Path) -> list[Row]:
    """Return the questions of a file of JSON lines (question, gold_type, gold, style)."""
    entries = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return [
        Row(each["question"], each["gold_type"], tuple(each["gold"]), each.get("style", ""))
        for each in entries
    ]


def evaluate(rows: Sequence[Row], *, day: date) -> dict[str, Any]:
    """Measure retrieval over the questions, each in the corpus of its right item, with marks and without."""
    took: list[float] = []
    asked = [row for row in rows if row.kind in CORPUS_OF]
    marked = [_place(row, row.question, day, took) for row in asked]
    plain = [_place(row, fold(row.question), day, took) for row in asked]
    outside = [_sure(row.question, day) for row in rows if row.kind == "none"]
    inside = [_sure(row.question, day) for row in asked]
    styles = defaultdict(list)
    for row, place in zip(asked, marked, strict=True):
        styles[f"{NAMES[row.kind]}.{row.style}"].append(place)
    return {
        **_by_kind(asked, marked),
        "without_marks": _by_kind(asked, plain),
        "out_of_scope": {"n": len(outside), "refused": sum(sure < ENOUGH for sure in outside)},
        "in_scope": {"n": len(inside), "refused": sum(sure < ENOUGH for sure in inside)},
        "by_style": {style: measures(places) for style, places in sorted(styles.items())},
        "latency_ms": {"p50": _percentile(took, 0.5), "p95": _percentile(took, 0.95)},
    }


def _by_kind(rows: Sequence[Row], places: Sequence[int | None]) -> dict[str, Any]:
    return {
        name: measures([place for row, place in zip(rows, places, strict=True) if row.kind == kind])
        for kind, name in NAMES.items()
    }


def _place(row: Row, question: str, day: date, took: list[float]) -> int | None:
    start = time.perf_counter()
    found = retrieve(question, day=day, corpora=(CORPUS_OF[row.kind],), limit=FOUND)
    took.append((time.perf_counter() - start) * 1000)
    return place_of(row.gold, [passage.item for passage in found])


def _sure(question: str, day: date) -> float:
    """How sure the best passage of all corpora is; 0 where nothing was found, or the topic is out of scope."""
    if topic_out_of_scope(question) is not None:
        return 0.0
    found = retrieve(question, day=day, limit=1)
    return found[0].score if found else 0.0


def _percentile(times: Sequence[float], share: float) -> float:
    return round(sorted(times)[min(int(share * len(times)), len(times) - 1)], 1) if times else 0.0
