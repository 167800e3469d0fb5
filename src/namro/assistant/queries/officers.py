"""Questions of officers: answered from tasks and figures that the asker may see, never from a model's memory."""

from datetime import date

from namro.assistant.queries.figures import figure_answer
from namro.assistant.queries.tasks import task_answer
from namro.assistant.terms import Answer
from namro.ground.text import fold
from namro.organisation.models import Unit
from namro.organisation.terms import AGENCY_KINDS, COMMUNE_KINDS, Viewer


def officer_answer(question: str, viewer: Viewer, day: date) -> Answer | None:
    """Return an answer from tasks or figures; None where the question is about neither."""
    units = units_in(question, viewer, day)
    return task_answer(question, units, viewer, day) or figure_answer(question, units, viewer, day)


def units_in(question: str, viewer: Viewer, day: date) -> list[Unit]:
    """Return the units of the viewer's city that a question names, in the order of its words; one query."""
    said = f" {fold(question)} "
    kinds = COMMUNE_KINDS | AGENCY_KINDS
    known = Unit.objects.valid_on(day).filter(path__startswith=viewer.city_path, kind__in=kinds)
    found = [(place, -len(name), unit) for unit in known for place, name in _named(said, unit)]
    kept: list[Unit] = []
    taken: list[range] = []
    for place, negative, unit in sorted(found, key=lambda each: (each[1], each[0])):
        span = range(place, place - negative)
        if not any(place in other for other in taken):
            taken.append(span)
            kept.append(unit)
    return sorted(kept, key=lambda unit: min(place for place, _name in _named(said, unit)))


def _named(said: str, unit: Unit) -> list[tuple[int, str]]:
    """Where a unit is named: by its whole name, without its kind, or by its short name."""
    whole = fold(unit.name)
    bare = whole
    for kind in ("phuong ", "xa ", "dac khu "):
        bare = bare.removeprefix(kind)
    names = {whole, fold(unit.short_name), *([bare] if len(bare.split()) > 1 else [])}
    return [(said.index(f" {name} "), name) for name in names if name and f" {name} " in said]
