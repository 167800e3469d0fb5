"""Keeping a sheet between its preview and the word to write, and writing its good rows in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.core.files.base import ContentFile
from django.db import transaction

from namro.audit.actions import line, once, record, record_many
from namro.audit.models import Entry
from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.queries import first_late_day
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Viewer
from namro.tasks.actions.act import folded_text
from namro.tasks.actions.clears import sentence_on
from namro.tasks.actions.drafting import free_codes
from namro.tasks.actions.importing.checking import Checked, check_rows
from namro.tasks.actions.importing.known import Lookups
from namro.tasks.actions.importing.reading import read_sheet
from namro.tasks.actions.spans import rebuild
from namro.tasks.models import ImportBatch, Moment, Participation, Task
from namro.tasks.queries.clears import Rules, clarity_draft, rules_in_use
from namro.tasks.terms import Involvement, Stage, Verb

BATCH = 1000


@dataclass(frozen=True)
class Preview:
    """What a sheet holds before anything is written: rows that may go on, rows that may not."""

    good: list[Checked]
    bad: list[Checked]


@dataclass(frozen=True)
class Written:
    """What came of a sheet: tasks made, those of them issued, and why others stayed drafts (row, sentence)."""

    batch: ImportBatch
    kept_back: list[tuple[int, str]]
    repeated: bool


@once
def receive(content: bytes, *, name: str, client_id: UUID, by: Person, viewer: Viewer) -> ImportBatch:
    """Keep a sheet that was sent in; refused at once when it is none. The same client id is the same sheet."""
    check_capability(viewer, Capability.ASSIGN_TASKS)
    known = ImportBatch.objects.filter(client_id=client_id, by=by).first()
    if known is not None:
        return known
    read_sheet(content)
    batch = ImportBatch(client_id=client_id, by=by, at=clock.now(), name=name[:200])
    batch.file.save(f"{client_id}.xlsx", ContentFile(content), save=True)
    record(by=by, verb="receive_sheet", obj=batch, after={"name": name, "bytes": len(content)})
    return batch


def preview(batch: ImportBatch, viewer: Viewer) -> Preview:
    """Read and check the sheet anew, against what is there now; nothing is written."""
    rows = read_sheet(_stored(batch))
    lookups = Lookups(rows, batch=batch.client_id, viewer=viewer, day=clock.today())
    checked = check_rows(rows, lookups, today=clock.today())
    return Preview([each for each in checked if not each.faults], [each for each in checked if each.faults])


def _stored(batch: ImportBatch) -> bytes:
    """The sheet as it was sent; refuses one that is kept no more (a place restored without its files)."""
    try:
        with batch.file.open("rb") as stored:
            return bytes(stored.read())
    except OSError as gone:
        raise Refused(f"Tệp «{batch.name}» không còn được lưu; hãy gửi lại tệp.", field="file") from gone


@transaction.atomic
def write_good(batch_id: int, *, issue: bool, by: Person, viewer: Viewer) -> Written:
    """Write the good rows as drafts, or issue those with all clears; asked twice, written once."""
    check_capability(viewer, Capability.ASSIGN_TASKS)
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id, by=by)
    if batch.written_at is not None:
        return Written(batch, [], repeated=True)
    good = preview(batch, viewer).good
    if not good:
        raise Refused("Không có dòng nào đúng để nhập; hãy sửa tệp rồi gửi lại.", field="file")
    tasks = _tasks(good, batch, viewer)
    kept_back = _kept_back(good, tasks) if issue else {}
    given = [task for task in tasks if issue and task.client_id not in kept_back]
    _store(good, tasks, given, by)
    batch.written_at, batch.written, batch.issued = clock.now(), len(tasks), len(given)
    batch.save(update_fields=["written_at", "written", "issued"])
    record(by=by, verb="import_tasks", obj=batch, after={"written": len(tasks), "issued": len(given)})
    told = [(row.row.number, kept_back[task.client_id]) for row, task in zip(good, tasks, strict=True)
            if task.client_id in kept_back]  # fmt: skip
    return Written(batch, told, repeated=False)


def _tasks(good: Sequence[Checked], batch: ImportBatch, viewer: Viewer) -> list[Task]:
    """Unsaved drafts of the rows."""
    ids = [uuid5(batch.client_id, str(each.row.number)) for each in good]
    codes = free_codes(
        (each.values["register"], client_id) for each, client_id in zip(good, ids, strict=True)
    )
    now, supervisor = clock.now(), Unit.objects.get(pk=viewer.home_unit_id)
    tasks = []
    for each, client_id, code in zip(good, ids, codes, strict=True):
        task = Task(
            client_id=client_id, code=code, created_at=now, supervisor_unit=supervisor,
            original_due_day=each.values["due_day"], **each.values,
        )  # fmt: skip
        task.folded = folded_text(task)
        tasks.append(task)
    return tasks


def _kept_back(good: Sequence[Checked], tasks: Sequence[Task]) -> dict[UUID, str]:
    """Why tasks cannot be issued, by client id: the clears they lack."""
    rules = rules_in_use()
    found = ((task, _lacks(rules, each, task)) for each, task in zip(good, tasks, strict=True))
    return {task.client_id: sentence for task, sentence in found if sentence}


def _lacks(rules: Rules, checked: Checked, task: Task) -> str:
    missing = rules.missing(clarity_draft(task, checked.cooperating))
    return sentence_on(missing, rules.clears) if missing else ""


def _store(good: Sequence[Checked], tasks: Sequence[Task], given: Iterable[Task], by: Person) -> None:
    """The tasks with their units, first moments and audit lines; those given out are settled into spans and counts."""
    given_ids = {task.client_id for task in given}
    for task in tasks:
        if task.client_id in given_ids:
            task.stage, task.issued_day = Stage.ISSUED, clock.today()
            task.late_from = first_late_day(
                task.due_day
            )  # as `rebuild` will find, which then need not write it
    Task.objects.bulk_create(tasks, batch_size=BATCH)
    Participation.objects.bulk_create(_participations(good, tasks), batch_size=5 * BATCH)
    Moment.objects.bulk_create([_moment(task, Verb.DRAFT, by) for task in tasks], batch_size=BATCH)
    issued = [task for task in tasks if task.client_id in given_ids]
    Moment.objects.bulk_create([_moment(task, Verb.ISSUE, by) for task in issued], batch_size=BATCH)
    rebuild(task.pk for task in issued)
    record_many(_line(task, Verb.ISSUE if task.client_id in given_ids else Verb.DRAFT, by) for task in tasks)


def _line(task: Task, verb: Verb, by: Person) -> Entry:
    after = {"title": task.title, "due_day": task.due_day, "stage": task.stage}
    return line(by=by, verb=verb, obj=task, after=after, unit=task.lead_unit.code)


def _participations(good: Sequence[Checked], tasks: Sequence[Task]) -> list[Participation]:
    rows = []
    for each, task in zip(good, tasks, strict=True):
        rows.append(Participation(task=task, unit=task.lead_unit, involvement=Involvement.LEAD))
        rows += [
            Participation(task=task, unit=unit, involvement=Involvement.COOPERATING)
            for unit in each.cooperating
        ]
    return rows


def _moment(task: Task, verb: Verb, by: Person) -> Moment:
    issues = verb == Verb.ISSUE
    return Moment(
        client_id=uuid5(task.client_id, verb), task=task, verb=verb, day=clock.today(), at=clock.now(), by=by,
        from_stage=Stage.DRAFT if issues else "", to_stage=Stage.ISSUED if issues else Stage.DRAFT,
        due_day=task.due_day if issues else None,
    )  # fmt: skip
