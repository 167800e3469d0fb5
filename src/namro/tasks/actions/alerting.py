"""What an act on a task means to the alerts: the lead's acts answer what was urged, a task's end closes the alert that
it was made from."""

from namro.alerts.actions import answer, close_for_tasks
from namro.organisation.models import Person
from namro.tasks.models import Task
from namro.tasks.terms import VERB_LABELS, Verb

ANSWERING = frozenset({Verb.ACCEPT, Verb.REPORT, Verb.SUBMIT, Verb.ASK_EXTENSION})
ENDING = frozenset({Verb.APPROVE, Verb.WITHDRAW})


def object_key(task: Task) -> str:
    """The natural key by which alerts and urges know a task."""
    return f"task:{task.code}"


def follow(task: Task, verb: Verb, note: str, by: Person) -> None:
    """Let the alerts follow an act, in its transaction; other acts mean nothing to them."""
    if verb in ANSWERING:
        words = f"{VERB_LABELS[verb]}: {note}" if note else str(VERB_LABELS[verb])
        answer([(object_key(task), task.lead_unit_id)], by=by, words=words)
    if verb in ENDING:
        close_for_tasks([task.code], by=by)
