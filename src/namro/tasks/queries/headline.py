"""How many tasks a list holds by state: from the running tally where it knows, else counted up to a bound."""

from collections import Counter
from dataclasses import dataclass, replace

from namro.ground import clock
from namro.organisation.models import Unit
from namro.organisation.terms import Capability, Viewer
from namro.tasks.models import Register
from namro.tasks.queries.counting import Counts, counts_by_register, counts_by_unit
from namro.tasks.queries.finding import TaskFilter, units_asked
from namro.tasks.queries.paging import counted_rows, most_counted
from namro.tasks.rules import state_of


@dataclass(frozen=True)
class Headline:
    """Counts by state of all that meets a filter, whatever tab is open; `is_cut` when there are more than counted."""

    counts: Counts
    is_cut: bool = False


def headline(viewer: Viewer, asked: TaskFilter) -> Headline:
    """Counts of the tasks that meet the filter without its state; the same rows that the list shows."""
    whole = replace(asked, state="", waiting=False, drafts=False)
    return Headline(_from_tally(viewer, whole)) if tally_knows(viewer, whole) else _counted(viewer, whole)


def tally_knows(viewer: Viewer, asked: TaskFilter) -> bool:
    """Whether the tally counts exactly the rows of the list: it knows register, lead unit and day, and nothing else.
    Whoever works on tasks without reading marked ones may yet be in charge of one, which the tally leaves out."""
    if replace(asked, register="", unit_id=None, day=None) != TaskFilter():
        return False
    return viewer.can(Capability.READ_MARKED) or not viewer.can(Capability.WORK_TASKS)


def _from_tally(viewer: Viewer, asked: TaskFilter) -> Counts:
    registers = Register.objects.filter(code=asked.register) if asked.register else Register.objects.all()
    day, ids = asked.day or clock.today(), list(registers.values_list("pk", flat=True))
    if viewer.unit_ids is None and asked.below:
        top = {"parent": None} if asked.unit_id is None else {"pk": asked.unit_id}
        tops = Unit.objects.filter(**top).values_list("pk", flat=True)
        found = counts_by_register(viewer, day, tops=tops, register_ids=ids)
    else:
        found = counts_by_unit(viewer, day, unit_ids=units_asked(viewer, asked) or (), register_ids=ids)
    return sum(found.values(), Counts())


def _counted(viewer: Viewer, asked: TaskFilter) -> Headline:
    """Read the states of no more rows than are counted, and count them."""
    rows, most = counted_rows(viewer, asked), most_counted(asked)
    if asked.is_past:
        states = [str(held) for held in rows.values_list("spans__state", flat=True)]
    else:
        today = clock.today()
        standing = rows.values_list("stage", "late_from", "done_late")
        states = [str(state_of(*each, today)) for each in standing]
    return Headline(Counts(**Counter(map(str, states[:most]))), is_cut=len(states) > most)
