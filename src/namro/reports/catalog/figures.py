"""Figures as a template asks for them, and the facts of a package: which key of which fact comes from where."""

from collections.abc import Iterable, Iterator, Mapping
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
    """Where a number of a template comes from: an indicator, a box of a form, a target, a list, two other numbers.

    `of_period`: the indicator's figure of the very period that is reported, not the newest.
    """

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
    of_period: bool = False


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
        of_period=bool(spec.get("of_period")),
    )


def is_figure(spec: Any) -> bool:
    """Whether an entry says where a number comes from."""
    return isinstance(spec, Mapping) and any(name in spec for name in ORIGINS)


def read_facts(folder: Path) -> list[Entry]:
    """Return the facts of a package, none if it has no such file; FileRefused where one is no fact.

    Facts and their keys are lists, for the database keeps no order in a mapping.
    """
    path = folder / "facts.yaml"
    if not path.is_file():
        return []
    found = []
    for code, fact in named(read_reviewed(path).get("facts")):
        demand(path, fact, "title", "unit", "keys")
        keys = [{"key": key, **dict(named(spec))} for key, spec in named(fact["keys"])]
        found.append({"fact": code, "title": fact["title"], "unit": str(fact["unit"]), "keys": keys})
    return found


def figures_of_facts(facts: Iterable[Entry]) -> Iterator[FigureDef]:
    """Yield a figure for each key of a fact that is a number, under the name 'T1.total'."""
    for fact in facts:
        for spec in fact["keys"]:
            if is_figure(spec):
                yield figure_of(f"{fact['fact']}.{spec['key']}", spec, unit=fact["unit"])
