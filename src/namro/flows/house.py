"""The plan of the house, drawn from the code: floors from the import contracts, stages from the state table."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from namro.dossiers import rules as dossiers
from namro.dossiers import terms as dossier_terms
from namro.tasks.rules import TRANSITIONS
from namro.tasks.terms import VERB_LABELS, Stage

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src" / "namro"


def plan() -> str:
    """The whole page in Markdown."""
    return "\n".join(
        [
            "# The house",
            "",
            "Made from the code by `./namro docs`; `./namro check` refuses it when it is out of date.",
            "",
            "## Floors",
            "Each may import only what stands below it (import-linter, `pyproject.toml`).",
            "",
            *floors(),
            "",
            "## The life of a task",
            "From the state table in `src/namro/tasks/rules.py`.",
            "",
            *stages(),
            "",
            "| verb | Vietnamese | from | to | who |",
            "|---|---|---|---|---|",
            *verbs(),
            "",
            "## The life of a dossier",
            "From the state table in `src/namro/dossiers/rules.py`; an answered supplement leads back to its asking.",
            "",
            *dossier_states(),
            "",
            "| verb | Vietnamese | from | to | who |",
            "|---|---|---|---|---|",
            *dossier_verbs(),
            "",
        ]
    )


def floors() -> Iterator[str]:
    """A line a floor that stands: name and what its package says of itself."""
    yield "| floor | what it is |"
    yield "|---|---|"
    for layer in _layers():
        names = [name.strip(" ()") for name in layer.split("|")]
        standing = [name for name in names if (SOURCE / name / "__init__.py").is_file()]
        for name in standing:
            yield f"| `{name}` | {_first_sentence(SOURCE / name / '__init__.py')} |"


def _layers() -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    found = next(c for c in contracts["contracts"] if c["type"] == "layers" and c["containers"] == ["namro"])
    return list(found["layers"])


def _first_sentence(file: Path) -> str:
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return told.split("\n", 1)[0]


def stages() -> Iterator[str]:
    """The state diagram as Mermaid."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {Stage.DRAFT.value}: draft"
    for row in TRANSITIONS:
        for source in row.sources:
            if row.target is not None and row.target != source:
                yield f"    {source.value} --> {row.target.value}: {row.verb.value}"
    yield f"    {Stage.DONE.value} --> [*]"
    yield f"    {Stage.WITHDRAWN.value} --> [*]"
    yield "```"


def verbs() -> Iterator[str]:
    """A row a verb of the state table."""
    for row in TRANSITIONS:
        sources = ", ".join(source.value for source in row.sources)
        target = row.target.value if row.target else "(stays)"
        yield f"| `{row.verb.value}` | {VERB_LABELS[row.verb]} | {sources} | {target} | {row.actor} |"


def dossier_states() -> Iterator[str]:
    """The state diagram of the dossiers as Mermaid."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {dossier_terms.State.DRAFT.value}"
    for row in dossiers.TRANSITIONS:
        for source in row.sources:
            if row.target is not None and row.target != source:
                yield f"    {source.value} --> {row.target.value}: {row.verb.value}"
    for state in dossier_terms.FINAL:
        yield f"    {state.value} --> [*]"
    yield "```"


def dossier_verbs() -> Iterator[str]:
    """A row a verb of the dossiers' state table."""
    for row in dossiers.TRANSITIONS:
        sources = ", ".join(source.value for source in row.sources)
        target, actors = row.target.value if row.target else "(stays)", ", ".join(row.actors)
        yield f"| `{row.verb.value}` | {row.verb.label} | {sources} | {target} | {actors} |"
