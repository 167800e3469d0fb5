"""Templates of reports: one YAML file a template, read into TemplateDef and checked, all faults at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

from namro.ground.period import Kind
from namro.organisation.terms import UnitKind
from namro.reports.catalog import named
from namro.reports.catalog.figures import ORIGINS, FigureDef, figure_of, figures_of_facts, is_figure
from namro.reports.catalog.schedules import check_schedule, remarks_of, schedule_of
from namro.reports.terms import Remark, Schedule, Tier
from namro.sources.catalog.reading import Entry, Reading, day_of

# Words of the report itself that a sentence may name beside its figures.
CONTEXT = frozenset("unit Unit UNIT city City CITY day period place city_place answer_by".split())
BLOCKS = ("heading", "text", "table", "listing", "chart", "findings")
# Lists whose rows are read; what follows a colon says of what: "league:bcd".
LISTINGS = (
    *("league", "overdue", "extensions", "communes"),
    *("late_tasks", "late_forms", "late_reports", "open_alerts"),
)

_NEEDED = ("code", "name", "version", "owner", "next_review", "period", "document", "figures", "sections")
_DOCUMENT = ("kind", "title", "summary", "opening", "closing", "heads")


@dataclass(frozen=True)
class TemplateDef:
    """Mẫu báo cáo: what a report says, of which figures, for which tier."""

    code: str
    name: str
    version: int
    owner: str
    next_review: date
    period: Kind
    document: Mapping[str, Any]
    figures: Mapping[str, FigureDef]
    sections: tuple[Mapping[str, Any], ...]
    facts: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    name_en: str = ""
    schedule: Schedule | None = None
    remarks: tuple[Remark, ...] = ()


def read_templates(
    folder: Path, *, today: date, units: set[str], facts: list[Entry]
) -> tuple[list[tuple[TemplateDef, Entry]], Reading]:
    """Return the templates of a folder with their entries, and the warnings; PackageRefused with every fault.

    `units` are the unit codes that may own one, `facts` those of the package that sentences may name.
    """
    reading, found = Reading(folder), []
    for entry in reading.entries():
        before = reading.count
        _check_shape(reading, entry, today)
        if reading.count == before:
            whole = {**entry, "facts": facts}
            template = template_of(whole)
            _check_sense(reading, entry, template, units)
            found.append((template, whole))
    reading.check()
    return found, reading


def template_of(entry: Entry) -> TemplateDef:
    """Return the template of a checked entry, or of the body stored from one."""
    told = {figure.key: figure for figure in figures_of_facts(entry["facts"])}
    return TemplateDef(
        code=entry["code"],
        name=entry["name"],
        name_en=entry.get("name_en", ""),
        version=int(entry["version"]),
        owner=entry["owner"],
        next_review=day_of(entry["next_review"]),
        period=Kind(entry["period"]),
        document=entry["document"],
        figures=told | {key: figure_of(key, spec) for key, spec in named(entry["figures"])},
        sections=tuple(entry["sections"]),
        facts={fact["fact"]: tuple(fact["keys"]) for fact in entry["facts"]},
        schedule=schedule_of(entry),
        remarks=remarks_of(entry),
    )


def names_in(text: str) -> list[str]:
    """Return what stands in the braces of a sentence; ValueError where a brace is left open."""
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def _check_shape(reading: Reading, entry: Entry, today: date) -> None:
    """Keep a fault for each key that is missing, unknown or of a wrong kind."""
    reading.only(entry, *_NEEDED, "name_en", "schedule", "remarks")
    if not reading.need(entry, *_NEEDED):
        return
    reading.need_review(entry, today)
    reading.need_one_of(entry, "period", set(Kind))
    reading.need(entry["document"], *_DOCUMENT)
    check_schedule(reading, entry)
    for key, spec in named(entry["figures"]):
        if not is_figure(spec):
            reading.fault(entry, f"số liệu «{key}» phải có một trong: {', '.join(ORIGINS)}")
    for section in entry["sections"]:
        if reading.need(section, "code", "title", "blocks"):
            for block in section["blocks"]:
                _check_block(reading, block)


def _check_block(reading: Reading, block: Entry) -> None:
    if not any(name in block for name in BLOCKS):
        reading.fault(block, f"phần phải có một trong: {', '.join(BLOCKS)}")
    for tier in block.get("for", ()):
        if tier not in set(Tier):
            reading.fault(block, f"không có cấp «{tier}»; chỉ có: {', '.join(Tier)}")
    if "listing" in block and str(block["listing"]).split(":")[0] not in LISTINGS:
        reading.fault(block, f"không có danh sách «{block['listing']}»; chỉ có: {', '.join(LISTINGS)}")


def _check_sense(reading: Reading, entry: Entry, template: TemplateDef, units: set[str]) -> None:
    """Keep a fault for each name that leads nowhere."""
    if template.owner not in units:
        reading.fault(entry, f"không có đơn vị mã «{template.owner}» để chịu trách nhiệm mẫu báo cáo")
    for definition in template.figures.values():
        for key in sorted(set(definition.of) - template.figures.keys()):
            reading.fault(entry, f"số liệu «{definition.key}» tính từ «{key}» là số chưa khai báo")
    for kind in sorted(set(dict(named(template.document["heads"]))) - {*UnitKind.values, "default"}):
        reading.fault(entry, f"đầu văn bản ghi cho loại đơn vị «{kind}», không có loại đó")
    for section in template.sections:
        for block in section["blocks"]:
            _check_names(reading, block, template)


def _check_names(reading: Reading, block: Entry, template: TemplateDef) -> None:
    """Keep a fault for each brace or bar that names neither a figure nor a word of the report."""
    known = CONTEXT | template.figures.keys()
    for sentence in _sentences_in(block):
        try:
            unknown = set(names_in(sentence)) - known
        except ValueError:
            reading.fault(block, f"ngoặc nhọn chưa đóng trong «{sentence}»")
            continue
        for name in sorted(unknown):
            reading.fault(block, f"không có số liệu «{name}» mà câu này nhắc tới")
    for key in sorted({*_keys_in(block)} - template.figures.keys()):
        reading.fault(block, f"dùng số liệu «{key}» chưa khai báo")


def _sentences_in(part: Any) -> Iterator[str]:
    """Yield every sentence that stands anywhere in a block: texts, cells, titles."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for inner in part:
            yield from _sentences_in(inner)
    elif isinstance(part, dict):
        for _, inner in named(part):
            yield from _sentences_in(inner)


def _keys_in(part: Any) -> Iterator[str]:
    """Yield the figures that a block names outside braces: those of bars, and of sentences that go by a sign."""
    if isinstance(part, list):
        for inner in part:
            yield from _keys_in(inner)
    elif isinstance(part, dict):
        yield from (part[name] for name in ("figure", "of") if isinstance(part.get(name), str))
        yield from (key for _, key in named(part.get("counts")))
        for _, inner in named(part):
            yield from _keys_in(inner)
