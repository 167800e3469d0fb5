"""`namro assistant evaluate|learn --set FILE`, `namro assistant index`: measure, learn, make the index."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from namro.assistant.catalog.measured import write_measured
from namro.assistant.queries.evaluating import Row, evaluate, read_rows
from namro.assistant.queries.index import segments
from namro.assistant.queries.words import words
from namro.assistant.terms import PUBLIC_CORPORA
from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.ground.numbers import format_number


class Command(BaseCommand):
    """Measure retrieval on a file of questions, learn its weights from one, or make the index."""

    help = "Trợ lý hỏi đáp: chấm điểm, học lại trọng số, lập chỉ mục / measure, learn the weights, make the index"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is to be done, and the file of questions."""
        parser.add_argument("what", choices=["evaluate", "learn", "index"])
        parser.add_argument("--set", type=Path, dest="file", help="JSONL: question, gold_type, gold, style")
        parser.add_argument("--write", type=Path, help="gói nhận số đo / the package that keeps the figures")
        parser.add_argument("--source", default="", help="bộ câu hỏi từ đâu / where the questions come from")
        parser.add_argument("--json", action="store_true", help="in JSON thay vì bảng / JSON, not a table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came out."""
        if options["what"] == "index":
            self._index()
            return
        if options["file"] is None or not options["file"].is_file():
            raise CommandError("Hãy cho tệp câu hỏi: --set TỆP.jsonl")
        rows = read_rows(options["file"])
        if options["what"] == "learn":
            self._learn(rows)
        else:
            report = self._evaluate(rows, as_json=options["json"])
            if options["write"]:
                # By the world's clock: also on a demo's fixed day this is when it was measured.
                day = datetime.fromtimestamp(time.time(), VIETNAM).date()
                name, source = options["file"].name, options["source"]
                write_measured(options["write"], report, name=name, source=source, day=day)

    def _index(self) -> None:
        for corpus in PUBLIC_CORPORA:
            held = segments(corpus, builds=True)
            size = sum(array.nbytes for segment in held for array in segment.arrays.values())
            items = sum(len(segment.living_keys()) for segment in held)
            told = f"{format_number(items)} mục, {format_number(round(size / 1e6))} MB"
            self.stdout.write(f"{corpus.label}: {told}")

    def _learn(self, rows: Sequence[Row]) -> None:
        """Print what would be learnt, for `formulas/ranking.py`; nothing is changed."""
        from namro.assistant.queries.learning import learn  # noqa: PLC0415 - scipy, for this only

        for corpus in PUBLIC_CORPORA:
            found = {corpus.value: learn(corpus, rows, segments(corpus, builds=True), words())}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))

    def _evaluate(self, rows: Sequence[Row], *, as_json: bool) -> dict[str, Any]:
        for corpus in PUBLIC_CORPORA:
            segments(corpus, builds=True)
        report = evaluate(rows, day=clock.today())
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return report
        for name, row in _lines(report):
            self.stdout.write(f"{name:60} " + "  ".join(f"{key} {value}" for key, value in row.items()))
        return report


def _lines(report: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The report as lines: a name and its measures."""
    found = []
    for name, part in report.items():
        nested = any(isinstance(each, dict) for each in part.values())
        found += [(f"{name}.{key}", row) for key, row in part.items()] if nested else [(name, part)]
    return found
