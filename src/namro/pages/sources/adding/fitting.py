"""The columns of a sample, and what of it would land.

The engine of the checks takes a second to load: it waits for the first rows.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from namro.organisation.terms import Refused
from namro.pages.sources.adding import panels
from namro.pages.sources.adding.columns import ColumnsForm, Proposal, first_key, unit_headings
from namro.pages.sources.adding.forms import FetchForm
from namro.pages.sources.adding.saving import city_of_viewer, is_saved, on_to, posted, save_said, shown
from namro.sources.models import SourceDraft
from namro.sources.queries.drafts import best_unit_column, sample_of, sample_rows, unit_match
from namro.sources.terms import Codes, Means
from namro.sources.terms.drafts import Step


def columns(request: HttpRequest, draft: SourceDraft) -> HttpResponse:
    """What each column is, which say when and whose, which make a row one; what they look like is proposed."""
    from namro.sources.formulas.guessing import different_rows, guess, guess_key  # noqa: PLC0415 - see above

    kept = sample_of(draft)
    assert kept is not None  # noqa: S101 - the step is open only with one
    rows, city = sample_rows(kept), city_of_viewer(request)
    guessed = guess(rows)
    match = best_unit_column(rows, list(unit_headings(guessed)), city)
    proposed = Proposal(
        draft.body, guessed, match, guess_key(rows, first_key(guessed, match), guessed.columns)
    )
    form = ColumnsForm(posted(request), draft.body, guessed, proposed, kept.hidden)
    form.roles.initial["version"] = draft.version

    def save() -> None:
        save_said(request, draft, form.roles, form.said | {"checked": False})

    if is_saved(request, form.roles, save, is_valid=form.is_valid):
        return on_to(draft, Step.CHECKS)
    roles = {name: form.roles[name].value() for name in ("unit", "codes")}
    told = unit_match(rows, roles["unit"], Codes(roles["codes"]), city) if _is_known(roles, rows) else None
    keys = [each.guess.heading for each in form.columns if each["key"].value()]
    more = {
        # A database says what its numbers are; in files they are but text.
        "ambiguous": "" if draft.body["means"] == Means.SQL else guessed.ambiguous,
        "columns_form": form, "guessed": guessed, "match": told, "rows": rows.num_rows,
        "key_words": panels.of_key(keys, different_rows(rows, keys), rows.num_rows),
    }  # fmt: skip
    return shown(
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
        found = adding.try_draft(draft, city_of_viewer(request))
    except Exception as broken:  # noqa: BLE001 - whatever is in a sample, the person is told what
        fault = sentence_of(broken)
    tried = (
        panels.Tried(found, adding.contract_in_the_making(draft, city_of_viewer(request))) if found else None
    )
    form = FetchForm(posted(request), initial={"version": draft.version})

    def save() -> None:
        if not (tried and tried.good):
            raise Refused(_("Chưa có dòng nào nhận được; hãy sửa ở bước Ghép cột hoặc lấy mẫu khác."))
        save_said(request, draft, form, {"checked": True})

    if is_saved(request, form, save):
        return on_to(draft, Step.DUTIES)
    return shown(
        request, draft, Step.CHECKS, form, {"tried": tried, "fault": fault, "sample": sample_of(draft)}
    )
