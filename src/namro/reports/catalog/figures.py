"""Figures as a template asks for them, and the facts of a package: which key of which fact comes from where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from namro.ground.reviewed import demand, read_reviewed
from namro.indicators.terms import Part
from namro.reports.catalog import named
from namro.sources.catalog.reading import Entry

READ = ("indicator", "form", "target", "count")
MADE = ("percent", "difference", "minus")
ORIGINS = (*READ, *MADE)


@dataclass(frozen=True)
class FigureDef:
    """Where a number of a template comes from: an indicator, a box of a form, a target, a list, or two other numbers."""

    key: str
    origin: str
    code: str = ""
    box: str = ""
    part: Part = Part.VALUE
    breakdown: str = ""
    unit: str = ""
    unit_of_measure: str = ""
    of: tuple[str, ...] = ()
    decimals: int | None = None
    label: str = ""
    definition: str = ""


def figure_of(key: str, spec: Entry, *, unit: str = "") -> FigureDef:
    """Return the figure of an entry; `unit` is the one it is about where the entry stands under one."""
    origin = next(name for name in ORIGINS if name in spec)
    source = spec[origin]
    return FigureDef(
        key=key,
        origin=origin,
        code=source if isinstance(source, str) else "",
        box=spec.get("field", ""),
        part=Part(spec.get("part", Part.VALUE)),
        breakdown=spec.get("breakdown", ""),
        unit=unit or ("" if origin == "form" else str(spec.get("unit", ""))),
        unit_of_measure=spec.get("unit_of_measure", ""),
        of=tuple(source) if isinstance(source, list) else (),
        decimals=spec.get("decimals"),
        label=spec.get("label", ""),
        definition=spec.get("definition", ""),
    )


def is_figure(spec: Any) -> bool:
    """Whether an entry says where a number comes from."""
    return isinstance(spec, Mapping) and any(name in spec for name in ORIGINS)


def read_facts(folder: Path) -> dict[str, Entry]:
    """Return the facts of a package by id, none if it has no such file; FileRefused where one is no fact."""
    path = folder / "facts.yaml"
    if not path.is_file():
        return {}
    found = dict(named(read_reviewed(path).get("facts")))
    for fact in found.values():
        demand(path, fact, "title", "unit", "keys")
    return found


def figures_of_facts(facts: Mapping[str, Entry]) -> Iterator[FigureDef]:
    """Yield a figure for each key of a fact that is a number, under the name 'T1.total'."""
    for fact, entry in named(facts):
        for name, spec in named(entry["keys"]):
            if is_figure(spec):
                yield figure_of(f"{fact}.{name}", spec, unit=str(entry["unit"]))
