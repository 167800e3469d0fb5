"""Connecting to a source, and a sample of its rows.

The lake's engine takes a second to load: it waits for the first rows.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from namro.organisation.terms import Refused
from namro.pages.fields import RequestForm
from namro.pages.sources.adding import panels
from namro.pages.sources.adding.forms import CONNECT_FORMS, FetchForm, SampleForm, variables
from namro.pages.sources.adding.saving import is_saved, on_to, posted, save_said, shown, version_of, who
from namro.sources.models import SourceDraft, SourceSample
from namro.sources.queries.drafts import sample_of, sample_rows
from namro.sources.rules.drafts import check_connector
from namro.sources.terms import Means
from namro.sources.terms.drafts import OPEN_VARIABLES, Step

SENT = (Means.UPLOAD, Means.PUSH)


def connect(request: HttpRequest, draft: SourceDraft) -> HttpResponse:
    """Where the rows are, by the means that was chosen."""
    means = Means(draft.body["means"])
    form = CONNECT_FORMS[means](posted(request), initial=_typed(draft) | {"version": draft.version})

    def save() -> None:
        said = form.settings()
        check_connector(said)
        save_said(request, draft, form, {"connector": {"kind": means.value, **said}})

    if is_saved(request, form, save):
        return on_to(draft, Step.SAMPLE)
    set_now = variables()
    more = {
        "means": means, "variables": set_now, "named": _named(form, set_now), "prefix": OPEN_VARIABLES,
        "inbox": f"{settings.NAMRO_INBOX}/{draft.code}/" if means == Means.FOLDER else "",
    }  # fmt: skip
    return shown(request, draft, Step.CONNECT, form, more)


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
        SampleForm(posted(request), request.FILES or None, **start)
        if is_sent
        else FetchForm(posted(request), **start)
    )

    def save() -> None:
        from namro.flows import adding  # noqa: PLC0415 - see above
        from namro.outside.connectors import Unreadable  # noqa: PLC0415 - see above

        act = who(request) | {"version": version_of(form, draft)}
        try:
            if is_sent:
                sent = form.cleaned_data["file"]
                adding.receive_sample(draft, sent.read(), sent.name, **act)
            else:
                adding.fetch_sample(draft, **act)
        except (Unreadable, LookupError) as fault:
            raise Refused(str(fault), field="file") from None

    if is_saved(request, form, save):
        return redirect("source_draft_step", draft.pk, Step.SAMPLE.value)
    kept = sample_of(draft)
    more = {
        "is_sent": is_sent,
        "sample": kept,
        "table": _covered(kept) if kept else None,
    }
    return shown(request, draft, Step.SAMPLE, form, more)


def _covered(kept: SourceSample) -> dict[str, Any]:
    """Return the first rows of a sample; what is about people, or seems to be, is covered."""
    from namro.sources.formulas.guessing import guess  # noqa: PLC0415 - see above

    rows = sample_rows(kept)
    personal = {each.heading for each in guess(rows).columns if each.personal}
    return panels.table_of(rows, personal | set(kept.hidden))
