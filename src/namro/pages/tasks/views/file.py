"""The page of one task, the verbs done on it, and its files."""

from pathlib import PurePosixPath
from typing import Any, cast

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from namro.audit.actions import record
from namro.ground.days import format_day
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.asof import AsOf, as_of
from namro.pages.links import address
from namro.pages.tasks import alerting, panels
from namro.pages.tasks.alerting import UrgeTaskForm
from namro.pages.tasks.forms.deeds import (
    BY_SLUG,
    DEEDS,
    CommentForm,
    RefuseExtensionForm,
    TaskDeed,
    open_request,
)
from namro.pages.tasks.rows import time_left
from namro.pages.viewing import needs, viewer_of
from namro.tasks.models import Directive, Evidence, Extension, Task
from namro.tasks.queries import one_task
from namro.tasks.queries.one import TaskFile
from namro.tasks.queries.scope import visible_to
from namro.tasks.terms import ExtensionStatus, Stage, Verb

TAKEN = "draft-taken"


@require_safe
@needs()
def task(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything about one task; 404 when the viewer may not open it."""
    viewer, day = viewer_of(request), as_of(request)
    return render(request, "tasks/task.html", _page(request, viewer, _file(viewer, code, day), day))


def _file(viewer: Viewer, code: str, day: AsOf) -> TaskFile:
    found = one_task(viewer, code, day.day)
    if found is None:
        raise Http404(code)
    return found


def _page(
    request: HttpRequest,
    viewer: Viewer,
    file: TaskFile,
    day: AsOf,
    tried: TaskDeed | None = None,
    urging: UrgeTaskForm | None = None,
) -> dict[str, Any]:
    """All that the page shows; `tried` and `urging` were refused and stay open with what was typed."""
    forms = [] if day.is_past else deeds_of(file, tried)
    when, tone = ("", "") if day.is_past else time_left(file.task, day.day)
    urges = alerting.urges_on(file.task, day)
    return {
        "file": file,
        "task": file.task,
        "as_of": day,
        "crumbs": _crumbs(file.task, day),
        "dateline": _dateline(file.task, day),
        "when": when,
        "when_tone": tone,
        "clears": panels.clears_of(file, day),
        "ledger": panels.ledger(file, day),
        "history": panels.with_urges(panels.history_of(file.moments), urges),
        "alerts": alerting.alerts_on(file.task, viewer, day),
        "urges": urges,
        "urging": None if day.is_past else alerting.form_of(file.task, viewer, urging),
        "trend": panels.trend(file.task, file.reports, day.day),
        "evidence": panels.evidence_of(file),
        "children": panels.children_of(file, day),
        "deeds": [form for form in forms if not isinstance(form, CommentForm)],
        "comment": next((form for form in forms if isinstance(form, CommentForm)), None),
        "tried": tried,
        "waits": next((each for each in file.extensions if each.status == ExtensionStatus.ASKED), None),
        "edit_url": reverse("task_edit", args=[file.task.code])
        if Verb.EDIT in file.verbs and not day.is_past
        else "",
        "pass_on_url": _pass_on(viewer, file.task, day),
        "is_draft": file.task.stage == Stage.DRAFT,
        "taken": request.session.pop(TAKEN, ""),
    }


def deeds_of(file: TaskFile, tried: TaskDeed | None = None) -> list[TaskDeed]:
    """A form for each verb the viewer may do now; the one that was tried as it was typed."""
    shown = []
    for deed in DEEDS:
        if tried is not None and isinstance(tried, deed):
            shown.append(tried)
        elif deed.verb in file.verbs and _makes_sense(deed, file.task):
            shown.append(deed(task=file.task))
    return shown


def _makes_sense(deed: type[TaskDeed], task: Task) -> bool:
    return deed is not RefuseExtensionForm or open_request(task) is not None


def _crumbs(task: Task, day: AsOf) -> list[tuple[str, str]]:
    steps = [(pgettext("mục", "Nhiệm vụ"), address("tasks", **day.query))]
    steps.append((task.register.short_name, address("tasks", so=task.register.code, **day.query)))
    if task.parent:
        steps.append((task.parent.code, address("task", task.parent.code, **day.query)))
    return [*steps, (task.code, "")]


def _dateline(task: Task, day: AsOf) -> str:
    given = _("giao %(day)s") % {"day": format_day(task.issued_day)} if task.issued_day else _("chưa giao")
    return f"{task.code} · {given} · {_('đến %(day)s') % {'day': format_day(day.day)}}"


def _pass_on(viewer: Viewer, task: Task, day: AsOf) -> str:
    """Where a task is carried further down as another, for those who may give out work."""
    may = viewer.can(Capability.ASSIGN_TASKS) and not day.is_past
    return (
        address("task_new", cap_tren=task.code)
        if may and task.stage not in (Stage.DRAFT, Stage.WITHDRAWN)
        else ""
    )


@require_POST
@needs(Capability.WORK_TASKS, Capability.ASSIGN_TASKS, Capability.JUDGE_RESULTS, Capability.GRANT_EXTENSIONS)
def task_act(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Do one verb on one task; a refusal stands beside its field with everything typed still there."""
    viewer, day = viewer_of(request), as_of(request)
    file = _file(viewer, code, day)
    if deed not in BY_SLUG:
        raise Http404(deed)
    form = BY_SLUG[deed](request.POST, request.FILES, task=file.task)
    if form.is_valid() and _carried_out(form, cast(Person, request.user), viewer):
        messages.success(request, form.done)
        request.session[TAKEN] = form.draft
        return HttpResponseRedirect(reverse("task", args=[code]))
    now = _file(viewer, code, day)
    form.renew(now.task.version)
    page = _page(request, viewer, now, day, form)
    return render(request, "tasks/task.html", page, status=422)


@require_POST
@needs(Capability.ASSIGN_TASKS, Capability.LEAD_UNIT)
def task_urge(request: HttpRequest, code: str) -> HttpResponse:
    """Urge one task by hand; a refusal stands beside its field with everything typed still there."""
    viewer, day = viewer_of(request), as_of(request)
    file = _file(viewer, code, day)
    form = UrgeTaskForm(request.POST, task=file.task)
    if form.is_valid() and _carried_out(form, cast(Person, request.user), viewer):
        messages.success(request, _("Đã gửi đôn đốc; lần này được ghi vào lịch sử nhiệm vụ."))
        request.session[TAKEN] = form.draft
        return HttpResponseRedirect(reverse("task", args=[code]))
    page = _page(request, viewer, _file(viewer, code, day), day, urging=form)
    return render(request, "tasks/task.html", page, status=422)


def _carried_out(form: TaskDeed | UrgeTaskForm, by: Person, viewer: Viewer) -> bool:
    """Whether the verb was done; a refusal goes onto the form."""
    try:
        form.carry_out(by=by, viewer=viewer)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    except (Task.DoesNotExist, Extension.DoesNotExist) as gone:
        raise Http404(str(gone)) from gone
    return True


@require_safe
@needs()
def evidence(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Hand out a file of a task that the viewer may open, never to be shown inside the page."""
    seen = visible_to(viewer_of(request)).filter(code=code)
    found = get_object_or_404(Evidence.objects.filter(task__in=seen).select_related("task__lead_unit"), pk=pk)
    answer = _download(found.file, found.name, found.kind)
    record(by=request.user, verb="download", obj=found, after={"task": code}, unit=found.task.lead_unit.code)
    return answer


@require_safe
@needs()
def directive_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the file of a directive of which the viewer may open a task."""
    found = get_object_or_404(Directive, pk=pk)
    may_open = visible_to(viewer_of(request)).filter(directive=found).exists()
    if not found.file or not may_open:
        raise Http404(str(pk))
    answer = _download(found.file, PurePosixPath(str(found.file.name)).name, "application/octet-stream")
    record(by=request.user, verb="download", obj=found)
    return answer


def _download(file: FieldFile, name: str, kind: str) -> HttpResponse:
    """A file as an attachment that no browser runs or guesses at."""
    try:
        stream = file.open("rb")
    except FileNotFoundError as gone:
        raise Http404(name) from gone
    answer = FileResponse(stream, as_attachment=True, filename=name, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return cast(HttpResponse, answer)
