"""Verbs of the lead: accept, put a person in charge, report progress, hand in the result, ask for more time."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID, uuid5

from django.db import IntegrityError

from namro.audit.actions import once
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.queries import people_of
from namro.organisation.terms import Refused, Viewer
from namro.tasks.actions.act import Act, Done, perform
from namro.tasks.actions.evidence import Attachment, attach
from namro.tasks.models import Extension, ProgressReport, Task
from namro.tasks.rules import check_new_due, check_percent
from namro.tasks.terms import ExtensionStatus, Verb


@once
def accept(task_id: int, *, client_id: UUID, by: Person, viewer: Viewer, version: int | None = None) -> Done:
    """Take a task on for the lead unit."""
    return perform(task_id, Act(Verb.ACCEPT, by, viewer, client_id, version))


def accept_many(
    task_ids: Iterable[int], *, client_id: UUID, by: Person, viewer: Viewer
) -> tuple[list[Task], list[tuple[int, str]]]:
    """Accept each of the tasks that may be; return those accepted and, for the others, the sentence why not."""
    accepted: list[Task] = []
    refused: list[tuple[int, str]] = []
    for task_id in sorted(set(task_ids)):
        try:
            done = accept(task_id, client_id=uuid5(client_id, str(task_id)), by=by, viewer=viewer)
            accepted.append(done.task)
        except Refused as refusal:
            refused.append((task_id, refusal.sentence))
    return accepted, refused


@once
def assign(
    task_id: int, *, person: Person, client_id: UUID, by: Person, viewer: Viewer, version: int | None = None
) -> Done:
    """Put a person of the lead unit in charge."""
    act = Act(Verb.ASSIGN, by, viewer, client_id, version, note=person.full_name)
    done = perform(task_id, act, {"lead_person_id": person.pk})
    if not people_of([done.task.lead_unit_id], clock.today()).filter(pk=person.pk).exists():
        raise Refused(f"{person} không giữ chức vụ nào ở {done.task.lead_unit}.", field="person")
    return done


@once
def report(
    task_id: int,
    *,
    percent: int,
    words: str,
    client_id: UUID,
    by: Person,
    viewer: Viewer,
    version: int | None = None,
    files: Sequence[Attachment] = (),
) -> Done:
    """Tell how far the work is: a percentage, words, and files that show it."""
    check_percent(percent)
    if not words.strip():
        raise Refused("Hãy ghi đã làm được gì, còn vướng gì.", field="words")
    act = Act(Verb.REPORT, by, viewer, client_id, version, note=words.strip(), data={"percent": percent})
    done = perform(task_id, act, {"percent": percent})
    if not done.repeated:
        ProgressReport.objects.create(
            client_id=client_id,
            task=done.task,
            day=clock.today(),
            at=clock.now(),
            by=by,
            percent=percent,
            words=words.strip(),
        )
        attach(done, files)
    return done


@once
def submit(
    task_id: int,
    *,
    words: str,
    client_id: UUID,
    by: Person,
    viewer: Viewer,
    version: int | None = None,
    files: Sequence[Attachment] = (),
) -> Done:
    """Hand in the result with its evidence; the lead's "done" waits for the supervisor's "accepted"."""
    act = Act(Verb.SUBMIT, by, viewer, client_id, version, note=words.strip())
    done = perform(task_id, act, {"submitted_day": clock.today(), "percent": 100})
    if done.repeated:
        return done
    attach(done, files)
    if not done.task.evidence.exists():
        raise Refused("Hãy đính kèm ít nhất một minh chứng cho kết quả.", field="files")
    return done


@once
def ask_extension(
    task_id: int, *, due_after: date, reason: str, client_id: UUID, by: Person, viewer: Viewer
) -> Extension:
    """Ask for a later due date; the due date stays until somebody with the authority grants it."""
    if not reason.strip():
        raise Refused("Hãy ghi lý do đề nghị gia hạn.", field="reason")
    known = Extension.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    data = {"due_after": due_after.isoformat()}
    done = perform(task_id, Act(Verb.ASK_EXTENSION, by, viewer, client_id, note=reason.strip(), data=data))
    check_new_due(done.task.due_day, due_after)
    try:
        return Extension.objects.create(
            client_id=client_id,
            task=done.task,
            status=ExtensionStatus.ASKED,
            asked_by=by,
            asked_day=clock.today(),
            reason=reason.strip(),
            due_before=done.task.due_day,
            due_after=due_after,
        )
    except IntegrityError as clash:
        raise Refused("Đã có một đề nghị gia hạn đang chờ quyết định cho nhiệm vụ này.") from clash
