"""Questions of officers: answered from tasks and figures that the asker may see, never from a model's memory."""

from datetime import date

from namro.assistant.queries.figures import figure_answer
from namro.assistant.queries.tasks import task_answer
from namro.assistant.rules.places import named_in
from namro.assistant.terms import Answer
from namro.organisation.models import Unit
from namro.organisation.terms import AGENCY_KINDS, COMMUNE_KINDS, Viewer


def officer_answer(question: str, viewer: Viewer, day: date) -> Answer | None:
    """Return an answer from tasks or figures; None where the question is about neither."""
    units = units_in(question, viewer, day)
    return task_answer(question, units, viewer, day) or figure_answer(question, units, viewer, day)


def units_in(question: str, viewer: Viewer, day: date) -> list[Unit]:
    """Return the units of the viewer's city that a question names, in the order of its words; one query."""
    kinds = COMMUNE_KINDS | AGENCY_KINDS
    return named_in(
        question, Unit.objects.valid_on(day).filter(path__startswith=viewer.city_path, kind__in=kinds)
    )
