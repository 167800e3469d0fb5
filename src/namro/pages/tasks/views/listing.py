"""The list of tasks, what is done to many of them at once, and the list as a file."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from namro.audit.actions import record
from namro.ground.numbers import format_number
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Viewer
from namro.pages.sending import number_sent
from namro.pages.tasks.asked import INVOLVEMENTS, STATE_LABELS, Asked, asked_of
from namro.pages.tasks.rows import rows_of
from namro.pages.tasks.sentence import sentence
from namro.pages.tasks.tabs import tabs
from namro.pages.viewing import needs, viewer_of
from namro.tasks.actions import accept_many, issue_many
from namro.tasks.models import Task
from namro.tasks.queries import page_of
from namro.tasks.queries.exporting import csv_text, export, workbook
from namro.tasks.queries.headline import headline
from namro.tasks.queries.paging import BY_LATENESS, LATEST_FIRST
from namro.tasks.queries.scope import visible_to
from namro.tasks.rules import can
from namro.tasks.terms import Verb

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 30
MOST_AT_ONCE = 500
MOST_TOLD = 8
# What may be done to many at once, with the words on its button.
TOGETHER = {
    Verb.ISSUE: gettext_lazy("Giao các việc đã chọn"),
    Verb.ACCEPT: gettext_lazy("Tiếp nhận các việc đã chọn"),
}


@require_safe
@needs()
def tasks(request: HttpRequest) -> HttpResponse:
    """Show the tasks that the viewer may open and that meet the filter, now or as of a past day."""
    viewer = viewer_of(request)
    asked = asked_of(request, viewer)
    found, page = headline(viewer, asked.filter), page_of(viewer, asked.filter, after=asked.after, size=SHOWN)
    verb = together(page.tasks, viewer, asked)
    context = {
        "asked": asked,
        "as_of": asked.as_of,
        "sentence": sentence(found, words=asked.filter.words.strip(), past=asked.as_of.is_past),
        "dateline": _dateline(asked),
        "tabs": tabs(viewer, asked, found),
        "rows": rows_of(page.tasks, asked.as_of),
        "next_url": asked.address(sau=page.after) if page.after else "",
        "first_url": asked.address() if asked.after else "",
        "states": STATE_LABELS.items(),
        "involvements": INVOLVEMENTS.items(),
        "verb": verb,
        "verb_label": TOGETHER.get(verb) if verb else "",
        "pickable": {task.pk for task in page.tasks if verb and can(verb, task, viewer)},
        "client_id": uuid4(),
        "may_assign": viewer.can(Capability.ASSIGN_TASKS),
        "may_export": viewer.can(Capability.EXPORT),
        "chosen": _chosen(asked),
        "here": asked.address(),
        "order": _order(asked),
        "is_narrowed": bool(found.counts.total or asked.query.keys() - {"trang_thai", "don_vi"}),
        "export_xlsx": asked.address("task_export"),
        "export_csv": asked.address("task_export", dang="csv"),
    }
    return render(request, "tasks/tasks.html", context)


def together(shown: Iterable[Task], viewer: Viewer, asked: Asked) -> Verb | None:
    """The verb that fits some of the tasks shown, None on a past day or when none does."""
    if asked.as_of.is_past:
        return None
    rows = list(shown)
    return next((verb for verb in TOGETHER if any(can(verb, task, viewer) for task in rows)), None)


def _order(asked: Asked) -> str:
    """In which order the list stands, in words."""
    if asked.as_of.is_past:
        return _("Việc đổi trạng thái gần nhất đứng trước.")
    if asked.filter.state in BY_LATENESS:
        return _("Việc quá hạn lâu nhất đứng trước.")
    later = asked.filter.state in LATEST_FIRST and not asked.filter.drafts
    return _("Việc có hạn muộn nhất đứng trước.") if later else _("Việc đến hạn trước đứng trước.")


def _dateline(asked: Asked) -> str:
    register = next((each.short_name for each in asked.registers if each.code == asked.filter.register), "")
    day = _("đến %(day)s") % {"day": f"{asked.as_of.day:%d/%m/%Y}"}
    return " · ".join(part for part in (register, asked.unit.name if asked.unit else "", day) if part)


def _chosen(asked: Asked) -> list[tuple[str, str]]:
    """Narrowings that the filter bar has no field for: words, and the address without them."""
    found = {
        "nguoi": asked.person and asked.person.full_name,
        "van_ban": asked.directive and str(asked.directive),
        "cap_tren": asked.parent and _("thuộc %(code)s") % {"code": asked.parent.code},
    }
    return [(str(words), asked.address(**{key: ""})) for key, words in found.items() if words]


@require_POST
@needs(Capability.ASSIGN_TASKS, Capability.WORK_TASKS)
def together_now(request: HttpRequest) -> HttpResponse:
    """Issue or accept the chosen tasks; say how many went, and of the others why not."""
    viewer, by = viewer_of(request), cast(Person, request.user)
    wanted = [
        int(pk) for pk in request.POST.getlist("task")[:MOST_AT_ONCE] if pk.isdecimal() and len(pk) < 18
    ]
    ids = list(visible_to(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    if not ids:
        messages.warning(request, _("Chưa chọn nhiệm vụ nào; hãy đánh dấu vào ô trước tên việc."))
        return _back(request)
    act = issue_many if request.POST.get("verb") == Verb.ISSUE else accept_many
    done, refused = act(ids, client_id=number_sent(request), by=by, viewer=viewer)
    _tell(request, done, refused, verb=_("Đã giao") if act is issue_many else _("Đã tiếp nhận"))
    return _back(request)


def _tell(request: HttpRequest, done: list[Task], refused: list[tuple[int, str]], *, verb: str) -> None:
    if done:
        messages.success(
            request, _("%(verb)s %(n)s nhiệm vụ.") % {"verb": verb, "n": format_number(len(done))}
        )
    codes = dict(Task.objects.filter(pk__in=[pk for pk, _why in refused]).values_list("pk", "code"))
    for pk, why in refused[:MOST_TOLD]:
        messages.warning(request, f"{codes.get(pk, '')}: {why}")
    if len(refused) > MOST_TOLD:
        more = len(refused) - MOST_TOLD
        messages.warning(request, _("Còn %(n)s nhiệm vụ khác chưa làm được.") % {"n": format_number(more)})


def _back(request: HttpRequest) -> HttpResponse:
    """To the list the person came from."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if ours else reverse("tasks"))


@require_safe
@needs(Capability.EXPORT)
def tasks_export(request: HttpRequest) -> HttpResponse:
    """The list as Excel or CSV, no more rows than a sheet is read with; the log says who took it."""
    viewer, by = viewer_of(request), cast(Person, request.user)
    asked = asked_of(request, viewer)
    table = export(viewer, asked.filter, asked.as_of.day)
    kind = "csv" if request.GET.get("dang") == "csv" else "xlsx"
    taken: dict[str, Any] = {
        "table": "tasks",
        "filter": asked.query | asked.as_of.query,
        "rows": len(table.rows),
        "kind": kind,
    }
    record(by=by, verb="export", obj=by, after=taken)
    content = csv_text(table).encode() if kind == "csv" else workbook(table)
    name = f"nhiem-vu-{asked.as_of.day:%Y-%m-%d}.{kind}"
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8" if kind == "csv" else XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
