"""Blocks of a section: paragraphs, tables, charts and notes out of what the template declares."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from namro.ground.period import Period
from namro.reports.catalog import named
from namro.reports.formulas.words import figures_in, fill, is_told, plain_text, sentence
from namro.reports.terms import (
    NO_DATA,
    Bar,
    Block,
    Chart,
    Column,
    FigureRef,
    FindingRef,
    Heading,
    Material,
    Note,
    Paragraph,
    Run,
    Table,
    Tier,
    Words,
)

Spec = Mapping[str, Any]


@dataclass(frozen=True)
class Making:
    """What every block is made with."""

    material: Material
    context: Mapping[str, str]

    @property
    def figures(self) -> Mapping[str, FigureRef]:
        """The numbers of the report."""
        return self.material.figures

    @property
    def keeps_silence(self) -> bool:
        """A unit's own report leaves out what it has nothing to say on; the city's says that there is no data."""
        return self.material.subject.tier is not Tier.CITY


def blocks_of(spec: Spec, making: Making) -> Iterator[Block]:
    """Yield what one entry of a template becomes; nothing where it is for another tier or has nothing to say."""
    tiers = spec.get("for", ())
    if tiers and making.material.subject.tier not in tiers:
        return
    if spec.get("when") == "findings" and not making.material.findings:
        return
    kind = next(kind for kind in _MAKERS if kind in spec)
    yield from _MAKERS[kind](spec, making)


def _heading(spec: Spec, making: Making) -> Iterator[Block]:
    yield Heading(plain_text(spec["heading"], making.context))


def _paragraph(spec: Spec, making: Making) -> Iterator[Block]:
    """Sentences in a row; where none of their numbers is known, one that says so under the paragraph's subject."""
    texts = spec["text"] if isinstance(spec["text"], list) else [spec["text"]]
    told = [words for text in texts if (words := sentence(text, making.figures, making.context))]
    numbers = [number for words in told for number in figures_in(words)]
    if numbers and not any(number.is_known for number in numbers):
        if making.keeps_silence or spec.get("optional") or "about" not in spec:
            return
        told = [(f"{spec['about']}: {NO_DATA}.",)]
    if told:
        yield Paragraph(_joined(told), is_item=bool(spec.get("item")))


def _joined(sentences: list[Words]) -> Words:
    """Return the sentences as one line, a space between each."""
    runs: list[Run] = []
    for place, words in enumerate(sentences):
        runs += [" ", *words] if place else words
    return tuple(runs)


def _table(spec: Spec, making: Making) -> Iterator[Block]:
    """A table of declared rows; a row of which nothing is known is left out where silence is kept."""
    declared = spec["table"]
    columns = tuple(
        Column(column["title"], bool(column.get("number")), column.get("share", 1), names_row=place == 0)
        for place, column in enumerate(declared["columns"])
    )
    rows = [tuple(fill(cell, making.figures, making.context) for cell in row) for row in declared["rows"]]
    if making.keeps_silence or spec.get("optional"):
        rows = [row for row in rows if is_told(tuple(run for cell in row for run in cell))]
    if rows:
        yield Table(
            plain_text(declared["caption"], making.context), columns, tuple(rows), declared.get("note", "")
        )


def _listing(spec: Spec, making: Making) -> Iterator[Block]:
    """A table whose rows were read, such as the units of a league."""
    found = making.material.listings.get(spec["listing"])
    if found is None:
        return
    if found.rows:
        yield replace(
            found, caption=plain_text(spec["caption"], making.context), note=spec.get("note", found.note)
        )
    elif spec.get("empty"):
        yield Paragraph((plain_text(spec["empty"], making.context),))


def _chart(spec: Spec, making: Making) -> Iterator[Block]:
    declared = spec["chart"]
    bars = [_bar(bar, making) for bar in declared["bars"]]
    known = [bar for bar in bars if bar.states or (bar.figure is not None and bar.figure.is_known)]
    if not known:
        return
    used = [making.figures[key] for bar in declared["bars"] for key in _keys(bar)]
    days = [figure.as_of for figure in used if figure.as_of]
    sources = list(dict.fromkeys(figure.source for figure in used if figure.source))
    yield Chart(
        code=declared["code"],
        kind=declared["kind"],
        title=plain_text(declared["title"], making.context),
        bars=tuple(known),
        unit_of_measure=declared.get("unit", ""),
        source="; ".join(sources),
        as_of=max(days) if days else None,
    )


def _keys(bar: Spec) -> list[str]:
    return [bar["figure"]] if "figure" in bar else [key for _, key in named(bar["counts"])]


def _bar(bar: Spec, making: Making) -> Bar:
    """Return one row of a chart; states are told apart from the running counts that figures hold."""
    label = plain_text(bar["label"], making.context)
    if "figure" in bar:
        return Bar(label, making.figures[bar["figure"]])
    values = {name: making.figures[key].value for name, key in named(bar["counts"])}
    counts = {name: int(value) for name, value in values.items() if value is not None}
    if len(counts) < len(values) or not counts["total"]:
        return Bar(label)
    done, on_time, overdue = counts["done"], counts["done_on_time"], counts["overdue"]
    states = {
        "done": on_time,
        "done_late": done - on_time,
        "in_progress": counts["total"] - done - overdue,
        "in_progress_late": overdue,
    }
    return Bar(label, states=tuple(states.items()))


def _findings(spec: Spec, making: Making) -> Iterator[Block]:
    """Notes on what does not add up: of the facts named, for the reported period; or of all, saying whose they are."""
    asked, every = spec["findings"], making.material.findings
    if asked:
        period = making.material.subject.period
        shown = [finding for finding in every if finding.fact in asked and finding.period == period]
        yield from (Note("finding", (finding.text,), finding.rows) for finding in shown)
        return
    for finding in every:
        yield Note("listed", (_whose(finding), finding.text), finding.rows)
    if not every:
        yield Paragraph(("Không có số liệu nào vi phạm phép kiểm tra.",))


def _whose(finding: FindingRef) -> str:
    return f"{finding.unit_name}, {Period.parse(finding.period).label}: "


_MAKERS: dict[str, Callable[[Spec, Making], Iterator[Block]]] = {
    "heading": _heading,
    "text": _paragraph,
    "table": _table,
    "listing": _listing,
    "chart": _chart,
    "findings": _findings,
}
