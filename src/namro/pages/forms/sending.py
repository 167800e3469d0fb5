"""A return on its way in from the page: sent, or shown again with everything that was typed and what is wrong."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namro.flows.submitting import submit_form
from namro.ground import clock
from namro.organisation.terms import Refused
from namro.pages.forms import sentence
from namro.pages.forms.boxes import Boxes, Envelope
from namro.pages.forms.checking import check, default_day
from namro.pages.forms.one import OneReturn
from namro.pages.forms.values import shown
from namro.sources.queries import findings_of
from namro.sources.terms import FormRefused, NewerVersion

REFUSED = 422


def blank(one: OneReturn) -> dict[str, Any]:
    """Return the form to fill in: empty, or holding the version in force for a correction."""
    values = one.current.values if one.current else {}
    day = one.current.as_of if one.current else default_day(one, clock.today())
    envelope = Envelope(initial={"as_of": day, "client_id": uuid4(), "version": one.version})
    return filling(one, Boxes(one.form, values=values), envelope, version=one.version)


def filling(one: OneReturn, boxes: Boxes, envelope: Envelope, *, version: int) -> dict[str, Any]:
    """Return the context of the form: each box beside the last period and, after a clash, what is in force now."""
    last = one.last.values if one.last else {}
    now = one.current.values if one.current else {}
    pairs = [
        {
            "box": boxes[field.code],
            "optional": not field.required,
            "last": shown(one.form, field, last.get(field.code)) if last else "",
            "now": shown(one.form, field, now.get(field.code)) if boxes.is_bound and now else "",
        }
        for field in one.form.fields
    ]
    written = boxes.written if boxes.is_bound else {code: str(text) for code, text in boxes.initial.items()}
    return {
        "pairs": pairs,
        "boxes": boxes,
        "envelope": envelope,
        "version": version,
        "checked": check(one, written),
    }


def send(request: HttpRequest, one: OneReturn, context: dict[str, Any]) -> HttpResponse:
    """Take a return in and lead to it, or show the form again (422) with the reason beside the place."""
    boxes, envelope = Boxes(one.form, request.POST), Envelope(request.POST)
    boxes.is_valid()
    refusal, version = "", request.POST.get("version", "0")
    if envelope.is_valid():
        try:
            return _take(request, one, boxes, envelope)
        except FormRefused as refused:
            for problem in refused.problems:
                boxes.add_error(problem.field if problem.field in boxes.fields else None, problem.sentence)
        except NewerVersion as newer:
            refusal, version = newer.sentence, str(newer.current)
        except Refused as refused:
            refusal = _place(envelope, refused)
    context |= filling(one, boxes, envelope, version=int(version) if version.isdecimal() else 0)
    return render(request, "forms/form.html", context | {"refusal": refusal, "filling": True}, status=REFUSED)


def _take(request: HttpRequest, one: OneReturn, boxes: Boxes, envelope: Envelope) -> HttpResponse:
    with transaction.atomic():
        sent = submit_form(
            form=one.form.code,
            unit=one.unit,
            period=one.period,
            values=boxes.written,
            as_of=envelope.cleaned_data["as_of"],
            client_id=envelope.sender_id,
            expected_version=envelope.cleaned_data["version"],
            by=request.user,
            viewer=one.viewer,
            source=envelope.cleaned_data["ground"],
        )
    doubts = findings_of(sent).count()
    level = messages.WARNING if doubts else messages.SUCCESS
    messages.add_message(request, level, sentence.sent(sent.version, doubts))
    return redirect(one.url)


def _place(envelope: Envelope, refused: Refused) -> str:
    """Put a refusal beside its field where it has one; otherwise return it for the head of the form."""
    if refused.field in envelope.fields and not envelope.fields[refused.field].widget.is_hidden:
        envelope.add_error(refused.field, refused.sentence)
        return ""
    return refused.sentence
