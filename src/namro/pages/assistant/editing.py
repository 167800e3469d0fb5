"""The editors' queue: what people thought of answers, what was done about it, and the questions that grew out of it."""

import json
from collections.abc import Collection
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namro.assistant import actions
from namro.assistant.models import CityText, Opinion
from namro.assistant.terms import OpinionState
from namro.audit.actions import record
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused
from namro.pages.assistant.forms import SettleForm
from namro.pages.links import address
from namro.pages.viewing import needs, viewer_of

PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.PUBLISH_PROCEDURES)
def opinions(request: HttpRequest) -> HttpResponse:
    """The opinions that wait, those of no use first; and the word that settles one."""
    form = SettleForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        found = get_object_or_404(Opinion, pk=said["number"])
        try:
            actions.settle_opinion(
                found.pk, state=OpinionState(said["state"]), deed=said["deed"], expected=said["expected"],
                by=cast(Person, request.user), viewer=viewer_of(request),
            )  # fmt: skip
            messages.success(request, _("Đã ghi kết quả xem xét."))
            return HttpResponseRedirect(reverse("opinions"))
        except Refused as refusal:
            form.refuse(refusal)
    before = request.GET.get("sau", "")
    rows = Opinion.objects.filter(state=OpinionState.WAITING).order_by("pk")
    rows = rows.filter(pk__gt=int(before)) if before.isdecimal() and len(before) < 15 else rows
    shown = list(rows[: PAGE_SIZE + 1])
    context = {
        "rows": shown[:PAGE_SIZE],
        "form": form,
        "empty_form": SettleForm(),
        "next_url": address("opinions", sau=shown[PAGE_SIZE - 1].pk) if len(shown) > PAGE_SIZE else "",
    }
    return render(request, "assistant/opinions.html", context, status=422 if form is not None else 200)


@require_safe
@needs(Capability.PUBLISH_PROCEDURES)
def opinions_export(request: HttpRequest) -> HttpResponse:
    """The questions whose right answer an editor named, as rows of an evaluation set."""
    rows = Opinion.objects.exclude(expected="").order_by("pk")
    of_city = frozenset(CityText.objects.values_list("code", flat=True))
    lines = [json.dumps(_as_row(opinion, of_city), ensure_ascii=False) for opinion in rows]
    if rows:
        record(by=request.user, verb="export", obj=rows[0], after={"table": "opinions", "rows": len(lines)})
    headers = {"Content-Disposition": 'attachment; filename="y-kien-danh-gia.jsonl"'}
    return HttpResponse("\n".join(lines), content_type="application/x-ndjson; charset=utf-8", headers=headers)


def _as_row(opinion: Opinion, of_city: Collection[str]) -> dict[str, object]:
    kind = "article" if "#" in opinion.expected else "city" if opinion.expected in of_city else "procedure"
    return {
        "id": f"y-kien-{opinion.pk}",
        "question": opinion.question,
        "gold_type": kind,
        "gold": [opinion.expected],
        "primary": opinion.expected,
        "origin": "human",
        "style": "feedback",
    }
