"""Writing a task down: the form, the clarity check while one types, and what the fields suggest."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.flows.alert_tasks import alert_to_act_on, draft_of_alert, first_values
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.queries import find_units, people_of
from namro.organisation.terms import Capability, Part, Refused, UnitKind, Viewer
from namro.pages.fields import named_unit
from namro.pages.tasks.clarity import findings_of
from namro.pages.tasks.forms.task import SECTIONS, TaskForm, initial_of
from namro.pages.tasks.views.file import TAKEN
from namro.pages.viewing import needs, viewer_of
from namro.tasks.actions import draft, edit, issue
from namro.tasks.models import Task
from namro.tasks.queries.scope import visible_to
from namro.tasks.terms import Mark, Proof, Stage

MOST_SUGGESTED = 8


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ASSIGN_TASKS)
def task_new(request: HttpRequest) -> HttpResponse:
    """Write a task down as a draft, or give it out at once."""
    viewer = viewer_of(request)
    if request.method == "POST":
        return _taken(request, TaskForm(request.POST, request.FILES, viewer=viewer), viewer, None)
    form = TaskForm(initial=_first_values(request, viewer), viewer=viewer)
    return _page(request, form, None, check=False)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ASSIGN_TASKS)
def task_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a draft; 404 once it is given out."""
    viewer = viewer_of(request)
    rows = visible_to(viewer).select_related("directive", "lead_unit", "lead_person", "escalate_to", "parent")
    found = rows.filter(code=code, stage=Stage.DRAFT).first()
    if found is None:
        raise Http404(code)
    if request.method == "POST":
        return _taken(
            request, TaskForm(request.POST, request.FILES, viewer=viewer, task=found), viewer, found
        )
    return _page(request, TaskForm(initial=initial_of(found), viewer=viewer, task=found), found, check=True)


def _first_values(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """What a new task begins with: the mark, the proof, and what a task above passes on."""
    first: dict[str, Any] = {"mark": Mark.NORMAL, "proof_kind": Proof.PRODUCT}
    above = visible_to(viewer).filter(code=request.GET.get("cap_tren", "")).first()
    if above is not None:
        first |= {
            "parent": above.code, "directive": str(above.directive_id), "title": above.title, "result": above.result,
            "due_day": above.due_day, "mark": above.mark,
        }  # fmt: skip
    if request.GET.get("van_ban", "").isdecimal():
        first["directive"] = request.GET["van_ban"]
    return first | _of_alert(request.GET.get("canh_bao", ""), viewer)


def _of_alert(text: str, viewer: Viewer) -> dict[str, Any]:
    """What is known of a task that is made of an alert; 404 for one that has been closed or has its task."""
    if not text:
        return {}
    found = alert_to_act_on(viewer, int(text)) if text.isdecimal() and len(text) < 18 else None
    if found is None:
        raise Http404(text)
    return first_values(found, viewer)


def _taken(request: HttpRequest, form: TaskForm, viewer: Viewer, task: Task | None) -> HttpResponse:
    """Save, and issue where asked; a refusal comes back beside its field with everything typed still there."""
    wish = request.POST.get("do", "save")
    if wish in ("check", "rows"):
        return _page(request, form, task, check=True)
    if not form.is_valid():
        return _page(request, form, task, check=True, status=422)
    by = cast(Person, request.user)
    try:
        saved = _saved(form, by, viewer, task)
    except Refused as refusal:
        form.refuse(refusal)
        if task is not None:
            form.renew(Task.objects.values_list("version", flat=True).get(pk=task.pk))
        return _page(request, form, task, check=True, status=422)
    request.session[TAKEN] = _draft_name(form, task)
    if wish == "issue":
        return _issued(request, form, saved, by, viewer)
    messages.success(request, _("Đã lưu dự thảo."))
    return HttpResponseRedirect(reverse("task", args=[saved.code]))


def _saved(form: TaskForm, by: Person, viewer: Viewer, task: Task | None) -> Task:
    written = form.draft(by=by)
    client_id = form.cleaned_data["client_id"]
    if task is None and form.cleaned_data.get("alert"):
        return draft_of_alert(form.cleaned_data["alert"], written, client_id=client_id, by=by, viewer=viewer)
    if task is None:
        return draft(written, client_id=client_id, by=by, viewer=viewer)
    return edit(
        task.pk, written, client_id=client_id, version=form.cleaned_data["version"], by=by, viewer=viewer
    )


def _issued(request: HttpRequest, form: TaskForm, saved: Task, by: Person, viewer: Viewer) -> HttpResponse:
    """Give the saved draft out; where a clear is missing it stays a draft, and its page says what is missing."""
    client_id = form.issue_id()
    try:
        issue(saved.pk, client_id=client_id, by=by, viewer=viewer)
    except Refused as refusal:
        messages.warning(request, _("Đã lưu dự thảo. %(why)s") % {"why": refusal.sentence})
        return HttpResponseRedirect(reverse("task_edit", args=[saved.code]))
    messages.success(request, _("Đã giao nhiệm vụ cho %(unit)s.") % {"unit": saved.lead_unit})
    return HttpResponseRedirect(reverse("task", args=[saved.code]))


def _draft_name(form: TaskForm, task: Task | None) -> str:
    """The name under which the browser keeps what is typed; what was begun of an alert is not mixed with another."""
    of_alert = form["alert"].value()
    return f"task-form-{task.code if task else f'alert-{of_alert}' if of_alert else 'new'}"


def _page(
    request: HttpRequest, form: TaskForm, task: Task | None, *, check: bool, status: int = 200
) -> HttpResponse:
    clears: list[dict[str, Any]] = []
    if check:
        form.findings, clears = findings_of(form)
    context = {
        "form": form, "task": task, "clears": clears, "draft_name": _draft_name(form, task),
        "taken": request.session.pop(TAKEN, ""),
    }  # fmt: skip
    return render(request, "tasks/form.html", context, status=status)


@require_POST
@needs(Capability.ASSIGN_TASKS)
def clarity(request: HttpRequest) -> HttpResponse:
    """What is vague or missing in what is being typed: the parts of the form that change, and nothing is written."""
    form = TaskForm(request.POST, viewer=viewer_of(request))
    form.findings, clears = findings_of(form)
    names = [name for _title, group in SECTIONS for name in group]
    found = [(name, form.findings.get(name, [])) for name in names]
    return render(request, "tasks/clarity.html", {"found": found, "clears": clears})


@require_safe
@needs(Capability.ASSIGN_TASKS)
def lead_people(request: HttpRequest) -> HttpResponse:
    """The people of a unit as choices; none while the unit is not known."""
    try:
        unit = named_unit(request.GET.get("lead_unit", ""))
    except Refused:
        unit = None
    people = people_of([unit.pk], clock.today()) if unit else []
    return render(request, "tasks/people.html", {"people": people, "unit": unit})


@require_safe
@needs()
def unit_suggestions(request: HttpRequest) -> HttpResponse:
    """Units that a name or code may mean, without regard to marks; an old name leads to the new unit, with a note."""
    words = request.GET.get("q", "").strip()[:80]
    found = find_units(words, limit=MOST_SUGGESTED) if len(words) > 1 else []
    shown = [
        {
            "value": f"{each.unit.name} ({each.unit.code})",
            "kind": UnitKind(each.unit.kind).label,
            "note": _note(each),
        }
        for each in found
        if each.unit.kind != UnitKind.COUNTRY or request.GET.get("ca-nuoc")
    ]
    return render(request, "tasks/suggestions.html", {"found": shown})


def _note(found: Any) -> str:
    if found.through is None:
        return ""
    part = _("một phần ") if found.part == Part.PART else ""
    return _("kế thừa %(part)s%(old)s cũ") % {"part": part, "old": found.through.name}
