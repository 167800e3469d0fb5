"""The parts of a composite index as an entry holds them."""

from namro.ground.period import Kind
from namro.indicators.terms import IndexDef, IndexPart, Missing, Normalise
from namro.sources.catalog.reading import Entry


def index_of(entry: Entry) -> IndexDef:
    """Return the index of a checked entry, or of the body stored from one."""
    return IndexDef(
        parts=tuple(part_of(each) for each in entry["parts"]),
        period=Kind(entry["period"]),
        missing=Missing(entry["missing"]["rule"]),
        at_least=float(entry["missing"].get("at_least", 100)),
    )


def part_of(entry: Entry) -> IndexPart:
    """Return one part of a checked entry; `better` was filled in from its indicator where the file says nothing."""
    way = entry["normalise"]
    return IndexPart(
        indicator=entry["indicator"],
        weight=float(entry["weight"]),
        normalise=Normalise(way["by"]),
        more_is_better=entry["better"] == "up",
        breakdown=str(entry.get("breakdown", "")),
        zero=float(way.get("zero", 0)),
        full=float(way.get("full", 100)),
        cap=float(way.get("cap", 2)),
    )
