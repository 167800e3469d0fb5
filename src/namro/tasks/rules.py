"""Pure decisions on tasks: the state table, who may do what, and the spans of the six states."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol

from namro.ground.days import format_day
from namro.ground.text import fold
from namro.organisation.rules import check_capability, check_inside
from namro.organisation.terms import COMMUNE_KINDS, PROVINCE_KINDS, Capability, Refused, UnitKind, Viewer
from namro.tasks.terms import (
    FOREVER,
    STARTED_STAGES,
    TOP_SECRET_WORDS,
    UNSTARTED_STAGES,
    Event,
    Mark,
    SpanValue,
    Stage,
    State,
    Verb,
)


class TaskFacts(Protocol):
    """What the rules need to know of a task; the model has it."""

    stage: str
    mark: str
    lead_unit_id: int
    lead_person_id: int | None


@dataclass(frozen=True)
class Transition:
    """A row of the state table: who may lead a task by which verb from which stages to which."""

    verb: Verb
    sources: tuple[Stage, ...]
    target: Stage | None
    actor: str


ASSIGNER, LEAD, JUDGE, GRANTER, ANYONE = "assigner", "lead", "judge", "granter", "reader"

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Verb.EDIT, (Stage.DRAFT,), None, ASSIGNER),
    Transition(Verb.ISSUE, (Stage.DRAFT,), Stage.ISSUED, ASSIGNER),
    Transition(Verb.ACCEPT, (Stage.ISSUED,), Stage.ACCEPTED, LEAD),
    Transition(Verb.ASSIGN, (Stage.ISSUED, Stage.ACCEPTED, Stage.IN_PROGRESS), None, LEAD),
    Transition(Verb.REPORT, (Stage.ACCEPTED, Stage.IN_PROGRESS), Stage.IN_PROGRESS, LEAD),
    Transition(Verb.SUBMIT, (Stage.ACCEPTED, Stage.IN_PROGRESS), Stage.SUBMITTED, LEAD),
    Transition(Verb.APPROVE, (Stage.SUBMITTED,), Stage.DONE, JUDGE),
    Transition(Verb.RETURN, (Stage.SUBMITTED,), Stage.IN_PROGRESS, JUDGE),
    Transition(
        Verb.WITHDRAW,
        (Stage.DRAFT, Stage.ISSUED, Stage.ACCEPTED, Stage.IN_PROGRESS, Stage.SUBMITTED),
        Stage.WITHDRAWN,
        ASSIGNER,
    ),
    Transition(Verb.ASK_EXTENSION, (Stage.ACCEPTED, Stage.IN_PROGRESS), None, LEAD),
    Transition(Verb.GRANT_EXTENSION, (Stage.ISSUED, Stage.ACCEPTED, Stage.IN_PROGRESS), None, GRANTER),
    Transition(Verb.REFUSE_EXTENSION, (Stage.ISSUED, Stage.ACCEPTED, Stage.IN_PROGRESS), None, GRANTER),
    Transition(Verb.COMMENT, tuple(Stage), None, ANYONE),
)

BY_VERB: dict[str, Transition] = {row.verb: row for row in TRANSITIONS}

CAPABILITY_OF = {
    ASSIGNER: Capability.ASSIGN_TASKS,
    LEAD: Capability.WORK_TASKS,
    JUDGE: Capability.JUDGE_RESULTS,
    GRANTER: Capability.GRANT_EXTENSIONS,
}


def check_can(verb: Verb, task: TaskFacts, viewer: Viewer) -> Transition:
    """Refuse in a sentence unless the viewer may do the verb to the task now; return its row of the state table."""
    row = BY_VERB[verb]
    check_actor(row.actor, task, viewer)
    if task.stage not in row.sources:
        raise Refused(
            f"Nhiệm vụ đang ở bước «{Stage(task.stage).label}» nên không thể làm việc này; hãy tải lại trang."
        )
    return row


def check_actor(actor: str, task: TaskFacts, viewer: Viewer) -> None:
    """Refuse when the viewer is not the actor that the state table names."""
    if actor == ANYONE:
        if not any(viewer.can(c) for c in (Capability.WORK_TASKS, Capability.ASSIGN_TASKS)):
            raise Refused("Vai trò của bạn chỉ được xem, không được trao đổi trong nhiệm vụ.")
        return
    check_capability(viewer, CAPABILITY_OF[actor])
    if actor == LEAD:
        check_inside(viewer, task.lead_unit_id)
    if actor == JUDGE and task.lead_unit_id in viewer.post_unit_ids:
        raise Refused(
            "Đơn vị chủ trì không tự công nhận kết quả của mình; hãy để cơ quan giám sát công nhận."
        )


def can(verb: Verb, task: TaskFacts, viewer: Viewer) -> bool:
    """Whether to show the button: the same rule as `check_can`."""
    try:
        check_can(verb, task, viewer)
    except Refused:
        return False
    return True


def check_mark(mark: str) -> str:
    """The mark, if it may enter the system; top secret may not (Regulation 08-QC/TW)."""
    if mark in TOP_SECRET_WORDS or fold(mark) in TOP_SECRET_WORDS:
        raise Refused(
            "Nhiệm vụ tuyệt mật không được nhập vào hệ thống (Quy định 08-QC/TW); hãy theo dõi bằng hồ sơ giấy.",
            field="mark",
        )
    if mark not in Mark.values:
        raise Refused(f"Độ mật «{mark}» không có; hãy chọn Thường, Mật hoặc Tối mật.", field="mark")
    return mark


def check_days(start: date, due: date) -> None:
    """Refuse a due date before the start."""
    if due < start:
        raise Refused(
            f"Hạn {format_day(due)} đứng trước ngày bắt đầu {format_day(start)}; hãy sửa một trong hai ngày.",
            field="due_day",
        )


def check_new_due(due_before: date, due_after: date) -> None:
    """Refuse an extension that does not lead to a later day."""
    if due_after <= due_before:
        raise Refused(
            f"Hạn mới {format_day(due_after)} phải sau hạn hiện tại {format_day(due_before)}.",
            field="due_after",
        )


def check_percent(percent: int) -> int:
    """The percentage, if it lies between 0 and 100."""
    if not 0 <= percent <= 100:
        raise Refused("Tiến độ phải từ 0 đến 100 %.", field="percent")
    return percent


def check_no_cycle(task_id: int | None, ancestors: Sequence[int]) -> None:
    """Refuse a parent that stands below the task itself; `ancestors` from the new parent up."""
    if task_id is not None and task_id in ancestors:
        raise Refused(
            "Nhiệm vụ cấp trên đã nằm dưới chính nhiệm vụ này, thành vòng; hãy chọn nhiệm vụ khác.",
            field="parent",
        )


def state_of(stage: str, late_from: date | None, done_late: bool, day: date) -> State | None:
    """The state people see of a task as it now stands, on a day; None for drafts and withdrawn ones."""
    if stage == Stage.DONE:
        return State.DONE_LATE if done_late else State.DONE
    late = late_from is not None and late_from <= day
    if stage in UNSTARTED_STAGES:
        return State.NOT_STARTED_LATE if late else State.NOT_STARTED
    if stage in STARTED_STAGES:
        return State.IN_PROGRESS_LATE if late else State.IN_PROGRESS
    return None


@dataclass(frozen=True)
class Standing:
    """A task between two events: its stage, the first day on which it is late (None: never), and how it ended."""

    stage: Stage
    late_from: date | None
    done_late: bool = False


def standing_after(
    events: Iterable[Event], first_late_day: Callable[[date], date]
) -> list[tuple[date, Standing]]:
    """Where a task stood after each event, in order. A result handed in before the due date stops the clock until it
    is returned; handed in late it stays late; what is judged is the day of the accepted submission."""
    stage, due, submitted = Stage.DRAFT, None, None
    trail: list[tuple[date, Standing]] = []
    for event in events:
        stage = _stage_after(event.verb, stage)
        due = event.due or due
        submitted = event.day if event.verb == Verb.SUBMIT else submitted
        late_from = first_late_day(due) if due else None
        in_time = submitted is not None and late_from is not None and submitted < late_from
        if stage == Stage.SUBMITTED:
            standing = Standing(stage, None if in_time else late_from)
        elif stage == Stage.DONE:
            standing = Standing(stage, None, done_late=not in_time)
        elif stage in (Stage.DRAFT, Stage.WITHDRAWN):
            standing = Standing(stage, None)
        else:
            standing = Standing(stage, late_from)
        trail.append((event.day, standing))
    return trail


def _stage_after(verb: str, stage: Stage) -> Stage:
    row = BY_VERB.get(verb)
    return row.target if row and row.target and stage in row.sources else stage


def spans_of(trail: Sequence[tuple[date, Standing]]) -> list[SpanValue]:
    """The states a task holds, gapless from its issue; the day on which it becomes late is known ahead."""
    closed = [*trail, (FOREVER, Standing(Stage.WITHDRAWN, None))]
    pieces: list[SpanValue] = []
    for (start, standing), (end, _) in pairwise(closed):
        for piece in _pieces(start, end, standing):
            if pieces and pieces[-1].state == piece.state and pieces[-1].end == piece.start:
                pieces[-1] = SpanValue(piece.state, pieces[-1].start, piece.end)
            else:
                pieces.append(piece)
    return pieces


def _pieces(start: date, end: date, standing: Standing) -> Iterable[SpanValue]:
    """One interval between events, cut where lateness begins."""
    if start >= end:
        return
    cut = standing.late_from
    days = [start, end] if cut is None or not start < cut < end else [start, cut, end]
    for first, last in pairwise(days):
        state = state_of(standing.stage, cut, standing.done_late, first)
        if state is not None:
            yield SpanValue(state, first, last)


def days_late(late_from: date | None, day: date) -> int:
    """Calendar days a task has been late on the day; 0 when it is not."""
    return (day - late_from).days + 1 if late_from and late_from <= day else 0


def days_left(late_from: date | None, day: date) -> int | None:
    """Calendar days left including today; None when the clock does not run."""
    return (late_from - timedelta(days=1) - day).days if late_from else None


class UnitFacts(Protocol):
    """What the rules need to know of a unit; the model has it."""

    kind: str
    path: str


def lead_covers(
    lead: UnitFacts | None, cooperating: Iterable[UnitFacts], escalate_to: UnitFacts | None
) -> bool | None:
    """Whether the lead's own authority covers a work: a commune cannot decide for a body of the city or the centre, and
    what is beyond the lead must climb to somebody above it; None while there is no lead."""
    if lead is None:
        return None
    if escalate_to is not None and not stands_above(escalate_to, lead):
        return False
    return not (tier(lead) == 1 and any(tier(partner) > 1 for partner in cooperating))


def stands_above(unit: UnitFacts, lead: UnitFacts) -> bool:
    """Whether a matter beyond the lead may climb to the unit. Bodies of one tier may decide for one another (the
    People's Committee for a department: the tree of agencies does not show it), but no commune for another."""
    if unit.path.startswith(lead.path):
        return False
    if lead.path.startswith(unit.path):
        return True
    return tier(unit) > tier(lead) or (tier(unit) == tier(lead) == 2)


def tier(unit: UnitFacts) -> int:
    """How high a unit stands: 1 commune, 2 agency of the city, 3 the city itself, 4 ministry, 5 the country."""
    if unit.kind in COMMUNE_KINDS or unit.kind in (UnitKind.DISTRICT, UnitKind.TOWNSHIP):
        return 1
    if unit.kind in PROVINCE_KINDS:
        return 3
    return {UnitKind.MINISTRY: 4, UnitKind.COUNTRY: 5}.get(UnitKind(unit.kind), 2)
