"""Officers' pages: rules with their legal basis, tried before anything; runs launched and stopped by a person."""

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.audit.actions import record
from namro.dossiers.queries.today import notice, today
from namro.ground.numbers import format_number
from namro.offers import actions, queries
from namro.offers.models import Offer, OfferRule, OfferRun
from namro.offers.rules import lost_quotes
from namro.offers.terms import OfferState, RunState
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.feedback.sending import key_of
from namro.pages.fields import RequestForm
from namro.pages.links import address
from namro.pages.naming import named
from namro.pages.offers import words
from namro.pages.offers.forms import SimulateForm, StopForm
from namro.pages.qr import qr_image
from namro.pages.viewing import needs, viewer_of
from namro.procedures.models import Procedure

READERS = (Capability.SETTLE_DOSSIERS, Capability.DECIDE_DOSSIERS, Capability.READ_ALL)
PAGE_SIZE = 50
MOST_RUNS = 20
SPAN = timedelta(days=89)


@require_safe
@needs(*READERS)
def offer_rules(request: HttpRequest) -> HttpResponse:
    """The rules in use, and the latest runs within the viewer's reach with how people answered."""
    viewer, rules = viewer_of(request), list(queries.rules())
    runs = list(queries.latest_runs(viewer)[:MOST_RUNS])
    answered = queries.answers_of_runs(runs)
    told = ngettext(
        "%s việc có thể mời dân trước khi họ hỏi", "%s việc có thể mời dân trước khi họ hỏi", len(rules)
    )
    context = {
        "sentence": told % format_number(len(rules)), "sub": notice(), "rules": rules,
        "runs": [_run_row(run, answered.get(run.pk, {})) for run in runs],
    }  # fmt: skip
    return render(request, "offers/rules.html", context)


def _run_row(run: OfferRun, answered: dict[str, int]) -> dict[str, Any]:
    return {
        "run": run, "tone": words.RUN_TONES[RunState(run.state)], "said": words.reached_words(run),
        "accepted": answered.get(OfferState.ACCEPTED, 0), "refused": answered.get(OfferState.REFUSED, 0),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def offer_rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule with what it is founded on; who decides for a unit tries it there before anybody is told."""
    viewer, rule = viewer_of(request), queries.rule(code[:60])
    if rule is None:
        raise Http404(code)
    units = _units(viewer)
    form = _simulating(request, units)
    if request.method == "POST" and not units.exists():
        raise Http404("decides nowhere")
    if form.is_bound and form.is_valid():
        try:
            said = {name: value for name, value in form.cleaned_data.items() if name != "version"}
            run = actions.simulate(rule.code, **said, by=cast(Person, request.user), viewer=viewer)
            return HttpResponseRedirect(reverse("offer_run", args=[run.pk]))
        except Refused as refusal:
            form.refuse(refusal)
    return render(
        request, "offers/rule.html", _told(rule, viewer, form, units), status=422 if form.is_bound else 200
    )


def _units(viewer: Viewer) -> QuerySet[Unit]:
    """The units for which the viewer decides: where their own posts stand."""
    ids = viewer.post_unit_ids if viewer.can(Capability.DECIDE_DOSSIERS) else ()
    return Unit.objects.filter(pk__in=ids).order_by("name")


def _simulating(request: HttpRequest, units: QuerySet[Unit]) -> SimulateForm:
    if request.method == "POST":
        return SimulateForm(request.POST, units=units)
    return SimulateForm(units=units, initial={"first": today(), "last": today() + SPAN})


def _told(rule: OfferRule, viewer: Viewer, form: SimulateForm, units: QuerySet[Unit]) -> dict[str, Any]:
    """What the rule says, in words."""
    definition = rule.definition
    lost = lost_quotes(definition.bases, queries.text_of(definition.procedure))
    runs = list(queries.runs_of(rule, viewer)[:MOST_RUNS])
    answered = queries.answers_of_runs(runs)
    fields = {field.code: named(field) for field in rule.register.definition.fields}
    return {
        "rule": rule, "definition": definition, "form": form, "may_run": units.exists() and rule.is_live,
        "bases": words.basis_rows(definition, lost), "has_lost": bool(lost), "lead": words.lead_words(definition.lead),
        "procedure": Procedure.objects.filter(code=definition.procedure).first(), "leap": words.leap_words(definition),
        "owner": Unit.objects.filter(code=rule.owner, valid_to__isnull=True).first(),
        "event": fields[definition.when.date], "crumbs": [(_("Dịch vụ chủ động"), reverse("offer_rules"))],
        "prefilled": [fields[name] for name in definition.prefill.values()], "years": definition.when.years,
        "runs": [_run_row(run, answered.get(run.pk, {})) for run in runs],
    }  # fmt: skip


@require_safe
@needs(*READERS)
def offer_run(request: HttpRequest, pk: int) -> HttpResponse:
    """A run: what it came to when it was tried, and, once launched, its offers and how people answered."""
    viewer, run = _found(request, pk)
    return _run_page(request, viewer, run)


def _found(request: HttpRequest, pk: int) -> tuple[Viewer, OfferRun]:
    viewer = viewer_of(request)
    run = queries.one_run(viewer, pk)
    if run is None:
        raise Http404("no such run")
    return viewer, run


def _run_page(
    request: HttpRequest, viewer: Viewer, run: OfferRun, tried: RequestForm | None = None
) -> HttpResponse:
    may_decide = viewer.can(Capability.DECIDE_DOSSIERS) and viewer.sees_unit(run.unit_id)
    answered = queries.answers(run)
    names = {unit.code: unit for unit in Unit.objects.filter(code__in=run.by_unit, valid_to__isnull=True)}
    context = {
        "run": run, "tone": words.RUN_TONES[RunState(run.state)], "sentence": words.reached_words(run),
        "crumbs": [
            (_("Dịch vụ chủ động"), reverse("offer_rules")),
            (named(run.rule), reverse("offer_rule", args=[run.rule.code])),
        ],
        "outcomes": words.outcome_rows(run), "weeks": words.week_rows(run), "may_decide": may_decide,
        "units": [(names.get(code), count) for code, count in sorted(run.by_unit.items())], "sub": notice(),
        "answered": [(state.label, answered[state]) for state in OfferState if answered.get(state)],
        "launching": tried if tried and not isinstance(tried, StopForm) else RequestForm(),
        "stopping": tried if isinstance(tried, StopForm) else StopForm(), "is_refused": tried is not None,
    }  # fmt: skip
    status = 422 if tried is not None else 200
    return render(request, "offers/run.html", context | _offers(request, viewer, run), status=status)


def _offers(request: HttpRequest, viewer: Viewer, run: OfferRun) -> dict[str, Any]:
    """One page of the offers, by the day people are reached."""
    text = request.GET.get("trang", "1")
    number = int(text) if text.isdecimal() and len(text) < 6 and 0 < int(text) < 10_000 else 1
    rows = list(queries.offers_of_run(run, viewer)[(number - 1) * PAGE_SIZE : number * PAGE_SIZE + 1])
    return {
        "offers": [_offer_row(each) for each in rows[:PAGE_SIZE]],
        "next_url": address("offer_run", str(run.pk), trang=number + 1) if len(rows) > PAGE_SIZE else "",
        "first_url": address("offer_run", str(run.pk)) if number > 1 else "",
    }


def _offer_row(offer: Offer) -> dict[str, Any]:
    return {
        "offer": offer,
        "tone": words.OFFER_TONES[OfferState(offer.state)],
        "said": words.standing_of(offer, today()),
    }


@require_POST
@needs(Capability.DECIDE_DOSSIERS)
def offer_run_act(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Launch a run that was simulated, or stop one; a refusal is told on the run's page."""
    viewer, run = _found(request, pk)
    forms: dict[str, type[RequestForm]] = {"mo": RequestForm, "dung": StopForm}
    if deed not in forms:
        raise Http404(deed)
    form = forms[deed](request.POST)
    if form.is_valid():
        try:
            messages.success(request, _carried_out(deed, run, form, request, viewer))
            return HttpResponseRedirect(reverse("offer_run", args=[run.pk]))
        except Refused as refusal:
            form.refuse(refusal)
    return _run_page(request, viewer, run, form)


def _carried_out(deed: str, run: OfferRun, form: RequestForm, request: HttpRequest, viewer: Viewer) -> str:
    by, number = cast(Person, request.user), form.cleaned_data["client_id"]
    if deed == "mo":
        actions.launch(run.pk, client_id=number, by=by, viewer=viewer)
        return _("Đã mở đợt mời; mỗi người thấy lời mời từ ngày của mình.")
    actions.stop(run.pk, reason=form.cleaned_data["reason"], client_id=number, by=by, viewer=viewer)
    count = queries.answers(run).get(OfferState.TAKEN_BACK, 0)
    return _("Đã dừng đợt mời; thu lại %s lời mời chưa ai trả lời.") % format_number(count)


@require_safe
@needs(Capability.DECIDE_DOSSIERS)
def offer_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Letters to print and bring to those who have no account: the reason, and a code that leads to the offer."""
    viewer, run = _found(request, pk)
    if run.state != RunState.LAUNCHED or not viewer.sees_unit(run.unit_id):
        raise Http404("nothing to print")
    waiting = queries.waiting_of_run(run, viewer, today(), after=key_of(request))
    rows = list(waiting[: PAGE_SIZE + 1])
    letters = [_letter(request, each) for each in rows[:PAGE_SIZE] if queries.may_open(each, today())]
    after = {"table": "offer_letters", "rows": len(letters)}
    record(by=request.user, verb="export", obj=run, after=after, unit=run.unit.code)
    own = str(run.pk)
    next_url = address("offer_letters", own, sau=rows[PAGE_SIZE - 1].pk) if len(rows) > PAGE_SIZE else ""
    context = {"run": run, "letters": letters, "next_url": next_url}
    return render(request, "offers/letters.html", context)


def _letter(request: HttpRequest, offer: Offer) -> dict[str, Any]:
    url = request.build_absolute_uri(reverse("offer", args=[queries.token_of(offer)]))
    return {"offer": offer, "url": url, "qr": qr_image(url)}
