"""Who answers for a source; then it is declared, and its first rows come."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from namro.organisation.models import Unit
from namro.pages.sources import words
from namro.pages.sources.adding import panels
from namro.pages.sources.adding.forms import DutiesForm, FetchForm
from namro.pages.sources.adding.saving import (
    city_of_viewer,
    is_saved,
    on_to,
    posted,
    save_said,
    shown,
    version_of,
    who,
)
from namro.sources.catalog.reading import day_of
from namro.sources.catalog.writing import written
from namro.sources.models import SourceDraft
from namro.sources.queries.drafts import sample_of
from namro.sources.terms import BatchState, Means
from namro.sources.terms.drafts import Step

READ_ON = (Means.SQL, Means.REST)


def duties(request: HttpRequest, draft: SourceDraft) -> HttpResponse:
    """Who owns the data and answers for it, on what ground, how often and how fresh."""
    form = DutiesForm(
        posted(request),
        columns=draft.body["columns"],
        cursor=draft.body["means"] in READ_ON,
        initial=_duties_said(draft.body) | {"version": draft.version},
    )

    def save() -> None:
        said = dict(form.cleaned_data)
        told = {name: said[name] for name in panels.PLAIN_DUTIES} | {"cursor": said.get("cursor", "")}
        told |= {
            "owner": said["owner"].code,
            "next_review": said["next_review"].isoformat(),
            "schedule": {"every": said["every"], "at": said["at"]},
        }
        save_said(request, draft, form, told)

    if is_saved(request, form, save):
        return on_to(draft, Step.LOAD)
    return shown(request, draft, Step.DUTIES, form, {})


def _duties_said(body: dict[str, Any]) -> dict[str, Any]:
    """Return what a draft says of its duties already, as their form takes it."""
    said = {key: body[key] for key in DutiesForm.base_fields if body.get(key) not in (None, "")}
    if "owner" in said:
        said["owner"] = (
            Unit.objects.filter(code=body["owner"], valid_to__isnull=True).first() or body["owner"]
        )
    if "next_review" in said:
        said["next_review"] = day_of(said["next_review"])
    return said | dict(body.get("schedule") or {})


def load(request: HttpRequest, draft: SourceDraft) -> HttpResponse:
    """The whole contract once more; then it is declared, and the first rows come."""
    from namro.flows import adding  # noqa: PLC0415 - see above

    form = FetchForm(posted(request), initial={"version": draft.version})
    made: list[Any] = []
    act = lambda: made.extend(adding.put_to_work(draft, version=version_of(form, draft), **who(request)))  # noqa: E731
    if is_saved(request, form, act):
        return _at_work(request, draft, *made)
    draft.refresh_from_db()  # what somebody saved meanwhile is what is shown, and declared with the next press
    contract = adding.contract_in_the_making(draft, city_of_viewer(request))
    owner = Unit.objects.filter(code=contract.owner, valid_to=None).first()
    more = {
        "facts": list(words.facts(contract, str(owner or contract.owner))),
        "columns": words.columns(contract),
        "text": written(draft.body),
        "is_sent_whole": contract.means == Means.UPLOAD,
        "sample": sample_of(draft),
    }
    return shown(request, draft, Step.LOAD, form, more)


def _at_work(request: HttpRequest, draft: SourceDraft, source: Any, receipt: Any) -> HttpResponse:
    """Lead to the receipt of the first rows, or to the source that waits for them."""
    if receipt is not None:
        tell = messages.success if receipt.state == BatchState.LANDED else messages.error
        tell(request, _("Đã khai báo nguồn. %s") % (receipt.error or words.of_batch(receipt)))
        return redirect("batch", source.code, receipt.pk)
    if source.next_run:
        messages.success(
            request, _("Đã khai báo nguồn; hệ thống đang lấy lần đầu, biên nhận hiện ở đây sau ít phút.")
        )
    else:
        messages.success(request, _("Đã khai báo nguồn; hệ thống chờ bên gửi."))
    return redirect("source", source.code)
