"""Makes the demo's tasks with their whole histories, in bulk; a task that is there already is left as it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from django.db import transaction

from namro.audit.actions import record
from namro.flows.demo.communes import commune_tasks
from namro.flows.demo.material import Material
from namro.flows.demo.national import national_tasks
from namro.flows.demo.people import Cast
from namro.flows.demo.plan import DirectivePlan, TaskPlan
from namro.flows.demo.stories import tell
from namro.flows.demo.teller import Teller
from namro.flows.demo.written import Chronicle
from namro.ground import clock
from namro.ground.calendar import WorkingCalendar
from namro.organisation.models import Unit
from namro.organisation.queries import communes_of, current_by_code, working_calendar
from namro.tasks.actions.act import folded_text
from namro.tasks.actions.spans import rebuild
from namro.tasks.models import Directive, Participation, Register, Task
from namro.tasks.terms import Involvement, Proof

NAMESPACE = UUID("6f1b0f0e-57a3-5f57-9a57-0d57e57a0057")
OPENING = time(8, 0)
Progress = Callable[[float, str], None]


def load_tasks(folder: Path, root: Unit, today: date, *, progress: Progress) -> int:
    """Make the demo's tasks of a package as they stand on its demo day; returns how many were new."""
    material = Material(folder)
    if not material.exists:
        return 0
    units, calendar = current_by_code(), working_calendar()
    written = material.written_tasks()
    leads = {plan.code: plan.lead for plan in written}
    communes = list(communes_of(root, today))
    plans = [
        *written,
        *national_tasks(material, units, calendar, today),
        *commune_tasks(material, communes, leads, today),
    ]
    progress(0.1, "nhiệm vụ")
    making = Making(material, units, calendar, today, Cast.of_demo())
    with transaction.atomic():
        made = making.make(plans)
        progress(0.7, "trạng thái nhiệm vụ")
        rebuild(made)
        if made:
            record(
                by=None,
                verb="load_demo_tasks",
                obj=root,
                after={"tasks": len(made)},
                ground=folder.parents[1].name,
            )
    progress(1.0, "nhiệm vụ")
    return len(made)


@dataclass
class Making:
    """What is at hand while tasks are made."""

    material: Material
    units: dict[str, Unit]
    calendar: WorkingCalendar
    today: date
    cast: Cast
    made: dict[str, Task] = field(default_factory=dict)

    def make(self, plans: Sequence[TaskPlan]) -> list[int]:
        """Make the plans that are not there yet, parents before children; returns the new tasks' ids."""
        directives = put_directives(self.material.directives)
        self.made = {
            task.code: task for task in Task.objects.filter(code__in=[p.code for p in plans]).defer("words")
        }
        fresh = [plan for plan in plans if plan.code not in self.made]
        chronicle = Chronicle(self.cast, self.material.words["evidence"])
        for tier in _tiers(fresh):
            tasks = [self._task(plan, directives[plan.directive]) for plan in tier]
            for plan, task in zip(tier, tasks, strict=True):
                self._tell(plan, task, chronicle)
            Task.objects.bulk_create(tasks, batch_size=500)
            self.made |= {task.code: task for task in tasks}
        self._take_part(fresh)
        chronicle.store()
        return [self.made[plan.code].pk for plan in fresh]

    def _task(self, plan: TaskPlan, directive: Directive) -> Task:
        lead = self.units[plan.lead]
        task = Task(
            client_id=uuid5(NAMESPACE, plan.code),
            code=plan.code,
            directive=directive,
            register_id=directive.register_id,
            parent=self.made.get(plan.parent),
            title=plan.title,
            lead_unit=lead,
            lead_person=self.cast.officer(lead, Random(plan.code)),  # noqa: S311 - repeatable
            supervisor_unit=self.units[plan.supervisor],
            start_day=plan.start,
            due_day=plan.due,
            original_due_day=plan.due,
            authority=plan.authority,
            escalate_to=self.units[plan.climbs_to],
            result=plan.result,
            proof_kind=Proof.INDICATOR if plan.indicator else Proof.PRODUCT,
            proof_indicator=plan.indicator,
            proof_target=plan.target,
            created_at=datetime.combine(plan.start, OPENING, clock.VIETNAM),
            synthetic=True,
        )
        task.folded = folded_text(task)
        return task

    def _take_part(self, plans: Iterable[TaskPlan]) -> None:
        rows = []
        for plan in plans:
            task = self.made[plan.code]
            rows.append(Participation(task=task, unit=task.lead_unit, involvement=Involvement.LEAD))
            partners = dict.fromkeys(code for code in plan.partners if code != plan.lead)
            rows += [
                Participation(task=task, unit=self.units[code], involvement=Involvement.COOPERATING)
                for code in partners
            ]
        Participation.objects.bulk_create(rows, batch_size=2000)

    def _tell(self, plan: TaskPlan, task: Task, chronicle: Chronicle) -> None:
        random = Random(f"{plan.code}/{plan.story}")  # noqa: S311 - repeatable on purpose
        teller = Teller(plan, self.calendar, self.material.words, random, self.today)
        partner = self.units[plan.partners[0]] if plan.partners else None
        chronicle.write(task, partner, tell(teller), random)


def put_directives(plans: Iterable[DirectivePlan]) -> dict[str, Directive]:
    """The directives of the demo by their code in the package, made where they are missing."""
    registers = {register.code: register for register in Register.objects.all()}
    found = {}
    for plan in plans:
        values = {
            "register": registers[plan.register],
            "kind": plan.kind,
            "title": plan.title,
            "synthetic": "minh họa" in plan.number,
            "client_id": uuid5(NAMESPACE, f"directive/{plan.code}"),
        }
        found[plan.code], _ = Directive.objects.get_or_create(
            number=plan.number, issuer=plan.issuer, day=plan.day, defaults=values
        )
    return found


def _tiers(plans: Sequence[TaskPlan]) -> list[list[TaskPlan]]:
    """Plans in groups so that a parent that is new itself stands in an earlier group."""
    waiting, tiers, new = list(plans), [], {plan.code for plan in plans}
    while waiting:
        ready = [plan for plan in waiting if plan.parent not in new]
        if not ready:
            raise ValueError(f"nhiệm vụ cấp trên thành vòng: {', '.join(plan.code for plan in waiting)}")
        tiers.append(ready)
        new -= {plan.code for plan in ready}
        waiting = [plan for plan in waiting if plan.code in new]
    return tiers
