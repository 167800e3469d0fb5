"""How a step is saved, refused beside its field, and shown; who acts, in which city."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from namro.organisation.models import Person, Unit
from namro.organisation.terms import Refused
from namro.pages.fields import RequestForm
from namro.pages.sources.adding import panels
from namro.pages.viewing import viewer_of
from namro.sources.actions.drafts import save_draft
from namro.sources.models import SourceDraft
from namro.sources.terms.drafts import StaleDraft, Step


def who(request: HttpRequest) -> dict[str, Any]:
    """Who acts, as every verb takes it."""
    return {"by": cast(Person, request.user), "viewer": viewer_of(request)}


def posted(request: HttpRequest) -> Any:
    """What was sent, None where the page is only asked for."""
    return request.POST if request.method == "POST" else None


def city_of_viewer(request: HttpRequest) -> Unit:
    """The city for which the source is."""
    return Unit.objects.get(pk=viewer_of(request).city_id)


def version_of(form: RequestForm, draft: SourceDraft) -> int:
    """The version that the person had seen."""
    version = form.cleaned_data.get("version")
    return draft.version if version is None else int(version)


def save_said(request: HttpRequest, draft: SourceDraft, form: RequestForm, said: dict[str, Any]) -> None:
    """Save what a step says."""
    save_draft(draft, said, version=version_of(form, draft), **who(request))


def is_saved(
    request: HttpRequest,
    form: RequestForm,
    save: Callable[[], None],
    *,
    is_valid: Callable[[], bool] | None = None,
) -> bool:
    """Whether a step was sent and saved; what is refused stands beside its field."""
    if request.method != "POST" or not (is_valid or form.is_valid)():
        return False
    try:
        save()
    except StaleDraft as refusal:
        form.refuse(refusal)
        form.renew(refusal.current)
    except Refused as refusal:
        form.refuse(refusal)
    else:
        return True
    return False


def on_to(draft: SourceDraft, step: Step) -> HttpResponse:
    """Lead to a step."""
    return redirect("source_draft_step", draft.pk, step.value)


def shown(
    request: HttpRequest,
    draft: SourceDraft,
    step: Step,
    form: RequestForm,
    more: dict[str, Any],
    *,
    faults: bool = False,
) -> HttpResponse:
    """Show a step, with what was refused."""
    context = {
        "draft": draft,
        "form": form,
        "step": step,
        "steps": panels.steps(draft, step),
        "crumbs": [(_("Nguồn số liệu"), "/nguon/"), (_("Thêm nguồn"), "/nguon/moi/")],
        "draft_name": f"source-{draft.pk}-{step.value}",
    }
    status = 422 if form.is_bound and (form.errors or faults) else 200
    return render(request, f"sources/adding/{panels.TEMPLATES[step]}.html", context | more, status=status)
