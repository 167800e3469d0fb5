"""What was measured last, shipped with the package: the figures, on which set, when, and of which version.

The version is a stamp of what decides what is found and refused: the code of retrieval without its comments, and the
lists of the package. Where the code is no longer what was measured, the figures say nothing of it.
"""

import hashlib
import json
import tokenize
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from namro.ground.reviewed import FileRefused

FILE = "assistant/measured.json"
_HERE = Path(__file__).parents[1]
# What decides what is found and refused. What learns, measures and spoils questions is not among it.
_ASIDE = {"corrupting.py", "evaluating.py", "learning.py", "__init__.py"}
_RULES = (
    "rules/asking.py",
    "rules/deciding.py",
    "rules/scope.py",
    "queries/retrieving.py",
    "queries/city.py",
    "queries/topics.py",
)
_LISTS = ("assistant/words.yaml", "assistant/scope.yaml", "assistant/city/*.yaml")
_DEMANDED = ("set", "source", "day", "version", "figures", "before", "accepted")
_BEGINNING = {tokenize.ENCODING, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
_BETWEEN = {tokenize.NL, tokenize.COMMENT}
# A figure that fell by less is the same.
SLACK = 0.005
# The figures that may not fall unseen: a path into the report of `evaluate`.
WATCHED = tuple(
    (*way, corpus, name)
    for way in ((), ("without_marks",), ("with_slips",))
    for corpus in ("procedures", "articles")
    for name in ("hit@1", "hit@3", "mrr@10")
)


def version_of(folder: Path) -> str:
    """Return the stamp of the code of retrieval with the lists of a package."""
    stamp = hashlib.sha256()
    for file in sorted(_HERE.glob("formulas/*.py")):
        if file.name not in _ASIDE:
            stamp.update(_code(file))
    for name in _RULES:
        stamp.update(_code(_HERE / name))
    for name in _LISTS:
        for file in sorted(folder.glob(name)):
            stamp.update(file.read_bytes())
    return stamp.hexdigest()[:12]


def _code(file: Path) -> bytes:
    """A source file without comments, docstrings and white space, which change nothing."""
    kept, begins = [], True
    with file.open("rb") as lines:
        for token in tokenize.tokenize(lines.readline):
            is_docstring = begins and token.type == tokenize.STRING
            begins = token.type in _BEGINNING or (begins and token.type in _BETWEEN)
            if not is_docstring and token.type not in _BEGINNING | _BETWEEN:
                kept.append(token.string)
    return "".join(kept).encode()


def read_measured(folder: Path) -> dict[str, Any]:
    """Return what was measured last; FileRefused where the file is not what `evaluate --write` writes."""
    path = folder / FILE
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise FileRefused(path, 1, "tệp không phải JSON") from fault
    lacking = [name for name in _DEMANDED if name not in found]
    if lacking:
        raise FileRefused(path, 1, f"thiếu: {', '.join(lacking)}")
    return found


def write_measured(folder: Path, report: Mapping[str, Any], *, name: str, source: str, day: date) -> None:
    """Write the figures of a set, and beside them those of the same set that stood there before."""
    path = folder / FILE
    older = read_measured(folder) if path.is_file() else None
    before = older["figures"] if older is not None and older["set"] == name else {}
    body = {
        "set": name, "source": source, "day": day.isoformat(), "version": version_of(folder),
        "accepted": "", "figures": dict(report), "before": {key: before[key] for key in _kept(before)},
    }  # fmt: skip
    path.write_text(json.dumps(body, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _kept(figures: Mapping[str, Any]) -> Iterator[str]:
    return (key for key in ("procedures", "articles", "without_marks", "with_slips") if key in figures)


def fallen(measured: Mapping[str, Any]) -> list[str]:
    """Return which watched figures are lower than those before, each in a line."""
    pairs = ((path, _at(measured["before"], path), _at(measured["figures"], path)) for path in WATCHED)
    return [
        f"{'.'.join(path)}: {before} → {now}"
        for path, before, now in pairs
        if before is not None and (now is None or now < before - SLACK)
    ]


def _at(figures: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        figures = figures.get(key) if isinstance(figures, Mapping) else None
    return figures
