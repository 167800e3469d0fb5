"""Verbs of those who give out work: draft, edit, issue, withdraw."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from namro.audit.actions import once, record, take_turn
from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.queries import people_of
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, UnitKind, Viewer
from namro.tasks.actions.act import Act, Done, folded_text, lock, perform
from namro.tasks.actions.clears import check_clears
from namro.tasks.models import Directive, Moment, Participation, Register, Task
from namro.tasks.queries.one import ancestors_of
from namro.tasks.rules import check_can, check_days, check_mark, check_no_cycle
from namro.tasks.terms import Involvement, Mark, Proof, Stage, Verb


@dataclass(frozen=True)
class TaskDraft:
    """What is written down of a task before it is issued; ids are primary keys."""

    directive_id: int
    title: str
    lead_unit_id: int | None = None
    lead_person_id: int | None = None
    cooperating_ids: tuple[int, ...] = ()
    start_day: date | None = None
    due_day: date | None = None
    authority: str = ""
    escalate_to_id: int | None = None
    result: str = ""
    proof_kind: str = Proof.PRODUCT
    proof_indicator: str = ""
    proof_target: Decimal | None = None
    parent_id: int | None = None
    supervisor_unit_id: int | None = None
    mark: str = Mark.NORMAL
    detail: str = ""


@once
def put_directive(
    *,
    client_id: UUID,
    register: Register,
    kind: str,
    number: str,
    issuer: str,
    day: date,
    title: str,
    by: Person,
    viewer: Viewer,
    file: object = None,
) -> Directive:
    """Record a directive; the same client id, or the same number of the same issuer and day, is the same directive."""
    check_capability(viewer, Capability.ASSIGN_TASKS)
    take_turn(f"directive {number} {issuer} {day}")
    known = Directive.objects.filter(client_id=client_id).first()
    known = known or Directive.objects.filter(number=number, issuer=issuer, day=day).first()
    if known is not None:
        return known
    made = Directive.objects.create(
        client_id=client_id,
        register=register,
        kind=kind,
        number=number,
        issuer=issuer,
        day=day,
        title=title,
        file=file or "",
    )
    record(by=by, verb="put_directive", obj=made, after={"number": number, "issuer": issuer, "day": day})
    return made


@once
def draft(asked: TaskDraft, *, client_id: UUID, by: Person, viewer: Viewer) -> Task:
    """Write a task down without giving it out; the same client id leads to the same task."""
    check_capability(viewer, Capability.ASSIGN_TASKS)
    known = Task.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    directive = Directive.objects.select_related("register").get(pk=asked.directive_id)
    task = Task(
        client_id=client_id,
        code=next_code(directive.register, client_id),
        directive=directive,
        register=directive.register,
        created_at=clock.now(),
        **checked_fields(asked, None, viewer),
    )
    task.original_due_day = task.due_day
    task.folded = folded_text(task)
    task.save()
    _set_participations(task, asked)
    Moment.objects.create(
        client_id=uuid5(client_id, Verb.DRAFT),
        task=task,
        verb=Verb.DRAFT,
        day=clock.today(),
        at=clock.now(),
        by=by,
        to_stage=Stage.DRAFT,
    )
    record(by=by, verb=Verb.DRAFT, obj=task, after=asdict(asked), unit=task.lead_unit.code)
    return task


CODE_LENGTHS = (6, 10, 32)


def next_code(register: Register, client_id: UUID) -> str:
    """A short code that two people at once cannot both get: register, year, and a part of the client-made id."""
    return free_codes([(register, client_id)])[0]


def free_codes(asked: Iterable[tuple[Register, UUID]]) -> list[str]:
    """Codes that no task bears, in the order asked; the part of the id grows where a shorter one is taken."""
    waiting = list(enumerate(asked))
    found: dict[int, str] = {}
    for length in CODE_LENGTHS:
        made = [(place, _code(register, client_id, length)) for place, (register, client_id) in waiting]
        taken = set(Task.objects.filter(code__in=[code for _, code in made]).values_list("code", flat=True))
        taken |= set(found.values())
        for place, code in made:
            if code not in taken:
                taken.add(code)
                found[place] = code
        waiting = [each for each in waiting if each[0] not in found]
        if not waiting:
            break
    return [found[place] for place in sorted(found)]


def _code(register: Register, client_id: UUID, length: int) -> str:
    return f"{register.code.upper()}-{clock.today():%y}-{client_id.hex[:length].upper()}"


@once
def edit(
    task_id: int, asked: TaskDraft, *, client_id: UUID, version: int | None, by: Person, viewer: Viewer
) -> Task:
    """Change a task while it is a draft."""
    task = lock(task_id, viewer)
    values = checked_fields(asked, task, viewer)
    values["original_due_day"] = values["due_day"]
    changed = {name: value for name, value in values.items() if getattr(task, name) != value}
    done = perform(task_id, Act(Verb.EDIT, by, viewer, client_id, version), changed)
    if not done.repeated:
        _set_participations(done.task, asked)
    return done.task


def checked_fields(asked: TaskDraft, task: Task | None, viewer: Viewer) -> dict[str, object]:
    """The draft as fields of a task; refuses what can never stand: no lead, a lead who may not, impossible days, a
    cycle of parents, a top-secret mark."""
    if asked.lead_unit_id is None:
        raise Refused("Chưa chọn đơn vị chủ trì.", field="lead_unit")
    if asked.due_day is None:
        raise Refused("Chưa có hạn hoàn thành.", field="due_day")
    start = asked.start_day or clock.today()
    check_days(start, asked.due_day)
    check_no_cycle(task.pk if task else None, ancestors_of(asked.parent_id))
    lead = Unit.objects.get(pk=asked.lead_unit_id)
    check_may_lead(lead, clock.today(), viewer)
    check_person_in_charge(asked, clock.today())
    kept = {name: value for name, value in asdict(asked).items() if name != "cooperating_ids"}
    supervisor = asked.supervisor_unit_id or viewer.home_unit_id
    return kept | {
        "supervisor_unit_id": supervisor,
        "start_day": start,
        "mark": check_mark(asked.mark),
        "title": asked.title.strip(),
    }


def check_may_lead(lead: Unit, day: date, viewer: Viewer) -> None:
    """Refuse a lead that has ended, that is no acting unit, or that stands outside the viewer's reach."""
    if lead.valid_to is not None and lead.valid_to <= day:
        raise Refused(
            f"{lead} đã chấm dứt từ {lead.valid_to:%d/%m/%Y}; hãy chọn đơn vị kế thừa.", field="lead_unit"
        )
    if lead.kind in (UnitKind.COUNTRY, UnitKind.DISTRICT):
        raise Refused(f"{lead} không phải cơ quan thực hiện nên không thể chủ trì.", field="lead_unit")
    if not viewer.sees_unit(lead.pk):
        raise Refused(f"{lead} không thuộc phạm vi giao việc của bạn.", field="lead_unit")


def check_person_in_charge(asked: TaskDraft, day: date) -> None:
    """Refuse a person in charge who holds no post in the lead unit."""
    if asked.lead_person_id is None or asked.lead_unit_id is None:
        return
    if not people_of([asked.lead_unit_id], day).filter(pk=asked.lead_person_id).exists():
        raise Refused(
            "Người phụ trách không giữ chức vụ nào ở đơn vị chủ trì; hãy chọn người của đơn vị đó.",
            field="lead_person",
        )


def _set_participations(task: Task, asked: TaskDraft) -> None:
    task.participations.all().delete()
    partners = set(asked.cooperating_ids) - {task.lead_unit_id}
    rows = [Participation(task=task, unit_id=task.lead_unit_id, involvement=Involvement.LEAD)]
    rows += [
        Participation(task=task, unit_id=unit, involvement=Involvement.COOPERATING)
        for unit in sorted(partners)
    ]
    Participation.objects.bulk_create(rows)


@once
def issue(task_id: int, *, client_id: UUID, by: Person, viewer: Viewer, version: int | None = None) -> Done:
    """Give a task out; refused while one of the clears is missing."""
    task = lock(task_id, viewer)
    if not Moment.objects.filter(client_id=client_id).exists():
        check_can(Verb.ISSUE, task, viewer)
        check_clears(task)
    act = Act(Verb.ISSUE, by, viewer, client_id, version, due_day=task.due_day)
    return perform(task_id, act, {"issued_day": clock.today()})


@once
def withdraw(
    task_id: int, *, reason: str, client_id: UUID, by: Person, viewer: Viewer, version: int | None = None
) -> Done:
    """Take a task back, with the reason; it is no longer counted from today, its past stays."""
    if not reason.strip():
        raise Refused("Hãy ghi lý do thu hồi và văn bản căn cứ.", field="note")
    return perform(task_id, Act(Verb.WITHDRAW, by, viewer, client_id, version, note=reason.strip()))


def issue_many(
    task_ids: Iterable[int], *, client_id: UUID, by: Person, viewer: Viewer
) -> tuple[list[Task], list[tuple[int, str]]]:
    """Issue each of the tasks that may be; return those issued and, for the others, the sentence why not."""
    issued: list[Task] = []
    refused: list[tuple[int, str]] = []
    for task_id in sorted(set(task_ids)):
        try:
            done = issue(task_id, client_id=uuid5(client_id, str(task_id)), by=by, viewer=viewer)
            issued.append(done.task)
        except Refused as refusal:
            refused.append((task_id, refusal.sentence))
    return issued, refused
