"""Questions of officers: answered from tasks and figures that the asker may see, never from a model's memory."""

import re
from datetime import date

from namro.assistant.queries.figures import figure_answer
from namro.assistant.queries.tasks import task_answer
from namro.assistant.rules.places import named_in
from namro.assistant.terms import Answer
from namro.ground.text import fold
from namro.organisation.models import Unit
from namro.organisation.terms import AGENCY_KINDS, COMMUNE_KINDS, PROVINCE_KINDS, Viewer

# A share of tasks is a figure; how many there are, and which, the registers tell.
_SHARE = re.compile(r"\b(?:ty le|ti le|phan tram)\b")


def officer_answer(question: str, viewer: Viewer, day: date) -> Answer | None:
    """Return an answer from tasks or figures; None where the question is about neither."""
    units = units_in(question, viewer, day)
    ways = (figure_answer, task_answer) if _SHARE.search(fold(question)) else (task_answer, figure_answer)
    answers = (way(question, units, viewer, day) for way in ways)
    return next((found for found in answers if found is not None), None)


def units_in(question: str, viewer: Viewer, day: date) -> list[Unit]:
    """Return the units of the viewer's city that a question names, in the order of its words; one query.

    The city itself counts only where no other is named.
    """
    kinds = COMMUNE_KINDS | AGENCY_KINDS | PROVINCE_KINDS
    within = Unit.objects.valid_on(day).filter(path__startswith=viewer.city_path, kind__in=kinds)
    named = named_in(question, within)
    return [unit for unit in named if unit.kind not in PROVINCE_KINDS] or named
