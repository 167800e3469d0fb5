"""Tables of the tasks."""

from namro.tasks.models.exchange import Comment, Evidence, Extension, ProgressReport
from namro.tasks.models.history import Moment, Span, Tally, TallyBelow
from namro.tasks.models.lists import ImportBatch, Rulebook
from namro.tasks.models.work import Directive, Participation, Register, Task

__all__ = [
    "Comment",
    "Directive",
    "Evidence",
    "Extension",
    "ImportBatch",
    "Moment",
    "Participation",
    "ProgressReport",
    "Register",
    "Rulebook",
    "Span",
    "Tally",
    "TallyBelow",
    "Task",
]
