"""The report itself: sections that have something to say, numbered, under the head of an official document."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count, pairwise
from typing import Any

from namro.ground.days import format_day
from namro.reports.catalog import named
from namro.reports.catalog.templates import TemplateDef
from namro.reports.formulas.blocks import Making, blocks_of
from namro.reports.formulas.facts import facts_of
from namro.reports.formulas.words import figures_in, fill, plain_text
from namro.reports.terms import (
    Block,
    Chart,
    FigureRef,
    Head,
    Heading,
    Material,
    Paragraph,
    Report,
    Section,
    Subject,
    Table,
    Tier,
)

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# How the kinds of a unit begin its name: a place is named without them.
KIND_WORDS = ("thành phố ", "phường ", "đặc khu ", "xã ", "tỉnh ", "thị trấn ")


def build(template: TemplateDef, material: Material) -> Report:
    """Return the report that a template makes of its material; the same material gives the same report."""
    subject = material.subject
    context = context_of(subject)
    sections = tuple(_numbered(_sections(template, Making(material, context))))
    figures = tuple(_once(_told(sections, material, template)))
    head = _head(template.document["heads"], subject.kind, context)
    return Report(
        template=template.code,
        version=template.version,
        kind=template.document["kind"],
        title=plain_text(template.document["title"], context),
        summary=plain_text(template.document["summary"], context),
        as_of=subject.as_of,
        period=subject.period,
        period_label=subject.period_label,
        unit=subject.unit,
        unit_name=subject.name,
        tier=subject.tier,
        head=head,
        opening=fill(template.document["opening"], material.figures, context),
        closing=fill(template.document["closing"], material.figures, context),
        sections=sections,
        figures=figures,
        # A letter holds the rows that it counts: it needs no pages on how its numbers come about.
        annex=() if head.to else tuple(figure for figure in figures if figure.key in template.figures),
        findings=material.findings,
        facts=facts_of(template, material.figures) if subject.tier is Tier.CITY else {},
        synthetic=subject.synthetic,
    )


def with_remarks(report: Report, title: str, remarks: Iterable[tuple[str, str]]) -> Report:
    """Return the report with a last section of what the unit wrote itself: title and words of each; a line is a
    paragraph, what is empty is left out."""
    blocks: list[Block] = []
    for number, (heading, words) in enumerate(
        ((head, text) for head, text in remarks if text.strip()), start=1
    ):
        blocks.append(Heading(heading, str(number)))
        blocks += [Paragraph((line.strip(),)) for line in words.splitlines() if line.strip()]
    if not blocks:
        return report
    own = Section("y_kien", title, tuple(blocks), ROMAN[len(report.sections)])
    return replace(report, sections=(*report.sections, own))


def context_of(subject: Subject) -> dict[str, str]:
    """Return the words of the report that sentences may name; a place's kind is written small within a sentence."""
    return {
        "unit": within(subject.name),
        "Unit": subject.name,
        "UNIT": subject.name.upper(),
        "city": within(subject.city),
        "City": subject.city,
        "CITY": subject.city.upper(),
        "place": place_of(subject.name if subject.tier is Tier.COMMUNE else subject.city),
        "city_place": place_of(subject.city),
        "day": format_day(subject.as_of),
        "answer_by": format_day(subject.answer_by) if subject.answer_by else "",
        "period": subject.period_label,
    }


def within(name: str) -> str:
    """Return a name as it stands within a sentence: 'Phường Hòa Khánh' → 'phường Hòa Khánh', an agency's unchanged."""
    return name[0].lower() + name[1:] if name.lower().startswith(KIND_WORDS) else name


def place_of(name: str) -> str:
    """Return the name of a place without its kind: 'Phường Hòa Khánh' → 'Hòa Khánh'."""
    kind = next((kind for kind in KIND_WORDS if name.lower().startswith(kind)), "")
    return name[len(kind) :]


def _sections(template: TemplateDef, making: Making) -> Iterator[Section]:
    """Yield the sections for the tier that have something to say."""
    tier = making.material.subject.tier
    for spec in template.sections:
        if spec.get("for") and tier not in spec["for"]:
            continue
        blocks = _followed([block for entry in spec["blocks"] for block in blocks_of(entry, making)])
        if _speaks(blocks, spec, making):
            yield Section(spec["code"], plain_text(spec["title"], making.context), blocks)


def _followed(blocks: list[Block]) -> tuple[Block, ...]:
    """Drop the headings under which nothing stands, and number the rest."""
    kept: list[Block] = []
    number = 0
    for block, following in pairwise([*blocks, Heading("")]):
        if isinstance(block, Heading):
            if isinstance(following, Heading):
                continue
            number += 1
            kept.append(replace(block, number=str(number)))
        else:
            kept.append(block)
    return tuple(kept)


def _speaks(blocks: tuple[Block, ...], spec: Mapping[str, Any], making: Making) -> bool:
    """Whether a section stands; an optional one, or one of a unit's own report, not for words alone."""
    if not (spec.get("optional") or making.keeps_silence) or spec.get("always"):
        return bool(blocks)
    return any(_has_substance(block) for block in blocks)


def _has_substance(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(figures_in(block.words))
    return not isinstance(block, Heading)


def _numbered(sections: Iterator[Section]) -> Iterator[Section]:
    """Number the sections, and the tables and charts through the whole report."""
    tables, charts = count(1), count(1)

    def numbered(block: Block) -> Block:
        if isinstance(block, Table):
            return replace(block, number=next(tables))
        return replace(block, number=next(charts)) if isinstance(block, Chart) else block

    for place, section in enumerate(sections):
        yield replace(section, blocks=tuple(map(numbered, section.blocks)), number=ROMAN[place])


def _told(sections: tuple[Section, ...], material: Material, template: TemplateDef) -> Iterator[FigureRef]:
    """Yield the known figures of a report: those that stand in it, in their order, then the facts that do not."""
    for section in sections:
        for block in section.blocks:
            for figure in figures_of(block):
                if figure.is_known:
                    yield material.figures.get(figure.key, figure)
    if material.subject.tier is Tier.CITY:
        told = (material.figures[key] for key in template.figures if key.partition(".")[0] in template.facts)
        yield from (figure for figure in told if figure.is_known)


def figures_of(block: Block) -> Iterator[FigureRef]:
    """Yield the numbers of a block."""
    if isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from figures_in(cell)
    elif isinstance(block, Chart):
        yield from (bar.figure for bar in block.bars if bar.figure)
    elif not isinstance(block, Heading):
        yield from figures_in(block.words)


def _once(figures: Iterator[FigureRef]) -> Iterator[FigureRef]:
    seen: set[str] = set()
    for figure in figures:
        if figure.key not in seen:
            seen.add(figure.key)
            yield figure


def _head(heads: Mapping[str, Any], kind: str, context: Mapping[str, str]) -> Head:
    """Return head and foot for the kind of the unit; the template's own for kinds it does not name."""
    spec = dict(named(heads.get(kind, heads["default"])))
    lines = {name: plain_text(text, context) for name, text in spec.items() if isinstance(text, str)}
    recipients = tuple(plain_text(line, context) for line in spec.get("recipients", ()))
    return Head(**lines, recipients=recipients)
