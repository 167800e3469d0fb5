"""The six steps of adding a source: what each shows, and what it saves.

The lake's engine takes a second to load: it waits for the first rows.
"""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from namro.organisation.models import Person, Unit
from namro.organisation.terms import Refused
from namro.pages.sources import words
from namro.pages.sources.adding import panels
from namro.pages.sources.adding.columns import ColumnsForm, Proposal, first_key, unit_headings
from namro.pages.sources.adding.forms import (
    CONNECT_FORMS,
    DutiesForm,
    FetchForm,
    SampleForm,
    variables,
)
from namro.pages.tasks.forms.fields import RequestForm
from namro.pages.viewing import viewer_of
from namro.sources.actions.drafts import save_draft
from namro.sources.catalog.reading import day_of
from namro.sources.catalog.writing import written
from namro.sources.models import SourceDraft, SourceSample
from namro.sources.queries.drafts import best_unit_column, sample_of, sample_rows, unit_match
from namro.sources.rules.drafts import check_connector
from namro.sources.terms import BatchState, Codes, Means
from namro.sources.terms.drafts import OPEN_VARIABLES, StaleDraft, Step

SENT = (Means.UPLOAD, Means.PUSH)
READ_ON = (Means.SQL, Means.REST)


def who(request: HttpRequest) -> dict[str, Any]:
    """Who acts, as every verb takes it."""
    return {"by": cast(Person, request.user), "viewer": viewer_of(request)}


def connect(request: HttpRequest, draft: SourceDraft) -> HttpResponse:
    """Where the rows are, by the means that was chosen."""
    means = Means(draft.body["means"])
    form = CONNECT_FORMS[means](_posted(request), initial=_typed(draft) | {"version": draft.version})

    def save() -> None:
        said = form.settings()
        check_connector(said)
        _save(request, draft, form, {"connector": {"kind": means.value, **said}})

    if _is_saved(request, form, save):
        return _on(draft, Step.SAMPLE)
    set_now = variables()
    more = {
        "means": means, "variables": set_now, "named": _named(form, set_now), "prefix": OPEN_VARIABLES,
        "inbox": f"{settings.NAMRO_INBOX}/{draft.code}/" if means == Means.FOLDER else "",
    }  # fmt: skip
    return _shown(request, draft, Step.CONNECT, form, more)


def _typed(draft: SourceDraft) -> dict[str, Any]:
    """Return the settings of a draft as their form takes them."""
    said = {key: value for key, value in (draft.body.get("connector") or {}).items() if key != "kind"}
    page = said.get("page") or {}
    if page:
        said |= {"page": page["kind"], "page_name": page.get("param") or page.get("path", "")}
    return said


def _named(form: RequestForm, set_now: list[str]) -> list[tuple[str, bool]]:
    """Return the variables that a form names, and whether each is set."""
    names = {str(form[name].value() or "") for name in form.fields if name.endswith("_env")} - {""}
    return [(name, name in set_now) for name in sorted(names)]


def sample(request: HttpRequest, draft: SourceDraft) -> HttpResponse:
    """The first rows, as the connector reads them or as they stand in a file."""
    is_sent = draft.body["means"] in SENT
    start = {"initial": {"version": draft.version}}
    form = (
        SampleForm(_posted(request), request.FILES or None, **start)
        if is_sent
        else FetchForm(_posted(request), **start)
    )

    def save() -> None:
        from namro.flows import adding  # noqa: PLC0415 - see above
        from namro.outside.connectors import Unreadable  # noqa: PLC0415 - see above

        act = who(request) | {"version": _version(form, draft)}
        try:
            if is_sent:
                sent = form.cleaned_data["file"]
                adding.receive_sample(draft, sent.read(), sent.name, **act)
            else:
                adding.fetch_sample(draft, **act)
        except (Unreadable, LookupError) as fault:
            raise Refused(str(fault), field="file") from None

    if _is_saved(request, form, save):
        return redirect("source_draft_step", draft.pk, Step.SAMPLE.value)
    kept = sample_of(draft)
    more = {
        "is_sent": is_sent,
        "sample": kept,
        "table": _covered(kept) if kept else None,
    }
    return _shown(request, draft, Step.SAMPLE, form, more)


def _covered(kept: SourceSample) -> dict[str, Any]:
    """Return the first rows of a sample; what is about people, or seems to be, is covered."""
    from namro.sources.formulas.guessing import guess  # noqa: PLC0415 - see above

    rows = sample_rows(kept)
    personal = {each.heading for each in guess(rows).columns if each.personal}
    return panels.table_of(rows, personal | set(kept.hidden))


def columns(request: HttpRequest, draft: SourceDraft) -> HttpResponse:
    """What each column is, which say when and whose, which make a row one; what they look like is proposed."""
    from namro.sources.formulas.guessing import different_rows, guess, guess_key  # noqa: PLC0415 - see above

    kept = sample_of(draft)
    assert kept is not None  # noqa: S101 - the step is open only with one
    rows, city = sample_rows(kept), _city(request)
    guessed = guess(rows)
    match = best_unit_column(rows, list(unit_headings(guessed)), city)
    proposed = Proposal(
        draft.body, guessed, match, guess_key(rows, first_key(guessed, match), guessed.columns)
    )
    form = ColumnsForm(_posted(request), draft.body, guessed, proposed, kept.hidden)
    form.roles.initial["version"] = draft.version

    def save() -> None:
        _save(request, draft, form.roles, form.said | {"checked": False})

    if _is_saved(request, form.roles, save, is_valid=form.is_valid):
        return _on(draft, Step.CHECKS)
    roles = {name: form.roles[name].value() for name in ("unit", "codes")}
    told = unit_match(rows, roles["unit"], Codes(roles["codes"]), city) if _is_known(roles, rows) else None
    keys = [each.guess.heading for each in form.columns if each["key"].value()]
    more = {
        "columns_form": form, "guessed": guessed, "match": told, "rows": rows.num_rows,
        "key_words": panels.of_key(keys, different_rows(rows, keys), rows.num_rows),
    }  # fmt: skip
    return _shown(
        request, draft, Step.COLUMNS, form.roles, more, faults=any(each.errors for each in form.columns)
    )


def _is_known(roles: dict[str, Any], rows: Any) -> bool:
    return roles["unit"] in rows.column_names and roles["codes"] in Codes.values


def checks(request: HttpRequest, draft: SourceDraft) -> HttpResponse:
    """What of the sample would land and what would be held, and why; nothing is written."""
    from namro.flows import adding  # noqa: PLC0415 - see above
    from namro.sources.actions.intake import sentence_of  # noqa: PLC0415 - see above

    found, fault = None, ""
    try:
        found = adding.try_draft(draft, _city(request))
    except Exception as broken:  # noqa: BLE001 - whatever is in a sample, the person is told what
        fault = sentence_of(broken)
    tried = panels.Tried(found, adding.contract_in_the_making(draft, _city(request))) if found else None
    form = FetchForm(_posted(request), initial={"version": draft.version})

    def save() -> None:
        if not (tried and tried.good):
            raise Refused(_("Chưa có dòng nào nhận được; hãy sửa ở bước Ghép cột hoặc lấy mẫu khác."))
        _save(request, draft, form, {"checked": True})

    if _is_saved(request, form, save):
        return _on(draft, Step.DUTIES)
    return _shown(
        request, draft, Step.CHECKS, form, {"tried": tried, "fault": fault, "sample": sample_of(draft)}
    )


def duties(request: HttpRequest, draft: SourceDraft) -> HttpResponse:
    """Who owns the data and answers for it, on what ground, how often and how fresh."""
    form = DutiesForm(
        _posted(request),
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
        _save(request, draft, form, told)

    if _is_saved(request, form, save):
        return _on(draft, Step.LOAD)
    return _shown(request, draft, Step.DUTIES, form, {})


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

    form = FetchForm(_posted(request), initial={"version": draft.version})
    if request.method == "POST" and form.is_valid():
        try:
            source, receipt = adding.put_to_work(draft, **who(request))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _at_work(request, draft, source, receipt)
    contract = adding.contract_in_the_making(draft, _city(request))
    owner = Unit.objects.filter(code=contract.owner, valid_to=None).first()
    more = {
        "facts": list(words.facts(contract, str(owner or contract.owner))),
        "columns": words.columns(contract),
        "text": written(draft.body),
        "is_sent_whole": contract.means == Means.UPLOAD,
        "sample": sample_of(draft),
    }
    return _shown(request, draft, Step.LOAD, form, more)


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


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _city(request: HttpRequest) -> Unit:
    return Unit.objects.get(pk=viewer_of(request).city_id)


def _version(form: RequestForm, draft: SourceDraft) -> int:
    version = form.cleaned_data.get("version")
    return draft.version if version is None else int(version)


def _save(request: HttpRequest, draft: SourceDraft, form: RequestForm, said: dict[str, Any]) -> None:
    save_draft(draft, said, version=_version(form, draft), **who(request))


def _is_saved(
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


def _on(draft: SourceDraft, step: Step) -> HttpResponse:
    return redirect("source_draft_step", draft.pk, step.value)


def _shown(
    request: HttpRequest,
    draft: SourceDraft,
    step: Step,
    form: RequestForm,
    more: dict[str, Any],
    *,
    faults: bool = False,
) -> HttpResponse:
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
