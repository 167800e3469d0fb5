"""Verbs of those above the lead: accept as done, return, grant or refuse more time."""

from datetime import date
from uuid import UUID

from namro.audit.actions import once
from namro.ground import clock
from namro.ground.days import format_day
from namro.organisation.models import Person
from namro.organisation.terms import Refused, Viewer
from namro.tasks.actions.act import Act, Done, perform
from namro.tasks.models import Extension
from namro.tasks.rules import check_new_due
from namro.tasks.terms import ExtensionStatus, Verb


@once
def approve(
    task_id: int, *, note: str = "", client_id: UUID, by: Person, viewer: Viewer, version: int | None = None
) -> Done:
    """Accept the result as done; on time or late is judged by the day it was handed in."""
    act = Act(Verb.APPROVE, by, viewer, client_id, version, note=note.strip())
    return perform(task_id, act, {"done_day": clock.today()})


@once
def return_(
    task_id: int, *, reason: str, client_id: UUID, by: Person, viewer: Viewer, version: int | None = None
) -> Done:
    """Send the result back with the reason; the clock runs again as if it had not been handed in."""
    if not reason.strip():
        raise Refused("Hãy ghi lý do trả lại và việc cần làm thêm.", field="note")
    act = Act(Verb.RETURN, by, viewer, client_id, version, note=reason.strip())
    return perform(task_id, act, {"submitted_day": None})


@once
def grant_extension(
    task_id: int,
    *,
    due_after: date,
    granted_by: str,
    document: str,
    reason: str = "",
    client_id: UUID,
    by: Person,
    viewer: Viewer,
    version: int | None = None,
) -> Extension:
    """Move the due date, naming who granted it and on which document; answers an open request or stands alone."""
    known = Extension.objects.filter(client_id=client_id).first() or _decided_by(client_id)
    if known is not None:
        return known
    _check_ground(granted_by, document)
    data = {
        "granted_by": granted_by.strip(),
        "document": document.strip(),
        "due_after": due_after.isoformat(),
    }
    act = Act(
        Verb.GRANT_EXTENSION,
        by,
        viewer,
        client_id,
        version,
        note=reason.strip(),
        due_day=due_after,
        data=data,
    )
    done = perform(task_id, act, {"due_day": due_after})
    open_request = Extension.objects.filter(task_id=task_id, status=ExtensionStatus.ASKED).first()
    before = (
        done.task.moments.exclude(pk=done.moment.pk).exclude(due_day=None).order_by("-day", "-id").first()
    )
    due_before = before.due_day if before and before.due_day else done.task.original_due_day
    check_new_due(due_before, due_after)
    extension = open_request or Extension(
        client_id=client_id,
        task=done.task,
        asked_day=clock.today(),
        reason=reason.strip() or document.strip(),
    )
    extension.status, extension.due_before, extension.due_after = (
        ExtensionStatus.GRANTED,
        due_before,
        due_after,
    )
    extension.granted_by, extension.document = granted_by.strip(), document.strip()
    extension.decided_by, extension.decided_day, extension.answer = by, clock.today(), reason.strip()
    extension.save()
    return extension


def _decided_by(client_id: UUID) -> Extension | None:
    """The extension that an earlier act of this id decided, so that a retry finds it."""
    return Extension.objects.filter(
        task__moments__client_id=client_id, task__moments__verb=Verb.GRANT_EXTENSION
    ).last()


def _check_ground(granted_by: str, document: str) -> None:
    if not granted_by.strip():
        raise Refused("Hãy ghi ai quyết định gia hạn.", field="granted_by")
    if not document.strip():
        raise Refused("Hãy ghi văn bản căn cứ để gia hạn (số, ngày).", field="document")


@once
def refuse_extension(
    extension_id: int, *, answer: str, client_id: UUID, by: Person, viewer: Viewer
) -> Extension:
    """Answer a request with no and the reason; the due date stays."""
    if not answer.strip():
        raise Refused("Hãy ghi lý do không gia hạn.", field="answer")
    extension = Extension.objects.get(pk=extension_id)
    done = perform(extension.task_id, Act(Verb.REFUSE_EXTENSION, by, viewer, client_id, note=answer.strip()))
    # The task is locked from here on: what was decided of its extensions beside us is decided.
    extension.refresh_from_db()
    if done.repeated:
        return extension
    if extension.status != ExtensionStatus.ASKED and extension.decided_day:
        raise Refused(f"Đề nghị này đã được quyết định ngày {format_day(extension.decided_day)}.")
    extension.status, extension.answer = ExtensionStatus.REFUSED, answer.strip()
    extension.decided_by, extension.decided_day = by, clock.today()
    extension.save()
    return extension
