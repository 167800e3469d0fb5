"""Stated returns: what a source document says, one YAML file a document, in the shape of forms."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from namro.ground.period import Period
from namro.sources.catalog.reading import Entry, Reading
from namro.sources.rules.reading import read_values
from namro.sources.terms import FormDef, FormRefused


@dataclass(frozen=True)
class StatedReturn:
    """A return taken from a document: the values as the document writes them, and the day it states them for."""

    form: str
    unit: str
    period: str
    as_of: date
    values: dict[str, str]
    source: str


def read_stated(folder: Path, forms: dict[str, FormDef]) -> list[StatedReturn]:
    """Return the stated returns of a folder; PackageRefused with every fault."""
    reading, found = Reading(folder), []
    for entry in reading.entries():
        if not reading.need(entry, "source", "as_of", "returns"):
            continue
        if type(entry["as_of"]) is not date:
            reading.fault(entry, "«as_of» phải là ngày dạng 2025-07-09")
            continue
        found += [stated for place in entry["returns"] if (stated := _stated(reading, entry, place, forms))]
    reading.check()
    return found


def _stated(reading: Reading, head: Entry, place: Entry, forms: dict[str, FormDef]) -> StatedReturn | None:
    """Return one stated return, None with its faults kept where it cannot be."""
    before = reading.count
    reading.only(place, "form", "unit", "period", "values")
    if reading.need(place, "form", "unit", "period", "values"):
        _check(reading, place, forms)
    if reading.count > before:
        return None
    written = {
        code: str(text) for code, text in place["values"].items() if code in forms[place["form"]].by_code
    }
    return StatedReturn(
        place["form"], place["unit"], str(place["period"]), head["as_of"], written, head["source"]
    )


def _check(reading: Reading, place: Entry, forms: dict[str, FormDef]) -> None:
    form = forms.get(place["form"])
    if form is None:
        reading.fault(place, f"không có biểu «{place['form']}»")
        return
    if form.units and place["unit"] not in form.units:
        reading.fault(place, f"biểu «{form.code}» không giao cho đơn vị «{place['unit']}»")
    values = {code: text for code, text in place["values"].items() if not code.startswith("__")}
    if any(isinstance(text, float) for text in values.values()):
        reading.fault(place, 'số lẻ phải để trong dấu nháy, viết như văn bản gốc: "60,5"')
    try:
        if Period.parse(str(place["period"])).kind is not form.period:
            reading.fault(place, f"kỳ «{place['period']}» không phải là kỳ của biểu")
        read_values(form, values)
    except FormRefused as refusal:
        for problem in refusal.problems:
            reading.fault(place, problem.sentence)
    except ValueError as refusal:
        reading.fault(place, str(refusal))
