"""Reception at the desk, in few keys: the procedure by some letters, the person by their number, Enter."""

from typing import Any, cast
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.dossiers import actions
from namro.dossiers.actions import Draft, Hand
from namro.dossiers.actions.people import applicant_of, look_up_applicant
from namro.dossiers.models import Dossier
from namro.dossiers.queries.often import often_received
from namro.dossiers.queries.today import notice, today
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused
from namro.pages.dossiers.forms import TYPED, ReceiveForm
from namro.pages.links import address
from namro.pages.procedures.ended import way_on
from namro.pages.viewing import needs, viewer_of
from namro.procedures.models import Procedure, ProcedureVersion
from namro.procedures.queries import Asked, page_of, procedure, version_on

MOST_FOUND, MOST_OFTEN = 12, 12


@require_safe
@needs(Capability.RECEIVE_DOSSIERS)
def reception(request: HttpRequest) -> HttpResponse:
    """Find the procedure by letters without marks, by code, or among what is received most; one found opens at once."""
    viewer, words = viewer_of(request), request.GET.get("q", "").strip()[:300]
    found = page_of(Asked(words=words), size=MOST_FOUND).procedures if words else []
    if len(found) == 1 or (found and found[0].code == words):
        return HttpResponseRedirect(address("reception_of", found[0].code))
    context = {
        "words": words, "found": found, "often": often_received(viewer.home_unit_id, MOST_OFTEN),
        "notice_line": notice(),
    }  # fmt: skip
    return render(request, "dossiers/reception.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.RECEIVE_DOSSIERS)
def reception_of(request: HttpRequest, code: str) -> HttpResponse:
    """Receive a dossier of one procedure for any unit of the city; then its slip. Another case shows its papers, with
    what was typed; a procedure that has ended leads to its page, which says what took its place."""
    row = procedure(code[:30])
    version = version_on(row, today()) if row else None
    if row is None or version is None or version.body is None:
        return way_on(request, code[:30])
    form = _form(request, row, version)
    if form.is_valid():
        try:
            return _received(request, form, row)
        except Refused as refusal:
            form.refuse(refusal)
    context = {"row": row, "version": version, "form": form, "notice_line": notice()}
    return render(request, "dossiers/receive.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, row: Procedure, version: ProcedureVersion) -> ReceiveForm:
    """The form as it is sent; while case or way is changed, one that asks nothing yet but keeps what is typed."""
    sent = request.POST if request.method == "POST" else None
    text = request.GET.get("truong_hop", "") if sent is None else sent.get("case", "")
    case = int(text) if text.isdecimal() and len(text) < 4 else 0
    about: dict[str, Any] = {"row": row, "version": version, "viewer": viewer_of(request), "case": case}
    if sent is not None and sent.get("do") == "show":
        return ReceiveForm(initial={name: sent[name] for name in TYPED if sent.get(name)}, **about)
    return ReceiveForm(sent, **about)


def _received(request: HttpRequest, form: ReceiveForm, row: Procedure) -> HttpResponse:
    """Put the dossier down; where the papers are complete it goes on to the first desk in the same breath."""
    hand = Hand.of_officer(cast(Person, request.user), viewer_of(request))
    said, client_id = form.cleaned_data, form.cleaned_data["client_id"]
    applicant = applicant_of(
        kind=said["kind"],
        number=said["number"],
        name=said["name"],
        phone=said["phone"],
        birth_day=said["birth_day"],
    )
    data = {name: said[name] for name in ("needs_paper_result", "uses_population_data")}
    draft = Draft(row.code, said["unit"].pk, said["channel"], form.filled(), applicant.pk, **data)
    made = actions.receive_at_desk(draft, hand=hand, client_id=client_id)
    # Before it goes on: what is to be paid is said at the counter, not at the desks.
    _fee_taken(made, form, hand)
    if request.POST.get("do", "send") == "send":
        _sent_on(made, hand, client_id)
    messages.success(request, _("Đã tiếp nhận hồ sơ %(code)s.") % {"code": made.code})
    return HttpResponseRedirect(address("dossier_slip", str(made.code), moi="1"))


def _sent_on(made: Dossier, hand: Hand, client_id: UUID) -> None:
    """Check and send: acts of their own on record; the numbers come from the one of the form, so a repetition does
    nothing twice."""
    actions.check(made.pk, hand=hand, client_id=uuid5(client_id, "check"))
    actions.send(made.pk, hand=hand, client_id=uuid5(client_id, "send"))


def _fee_taken(made: Dossier, form: ReceiveForm, hand: Hand) -> None:
    said, client_id = form.cleaned_data, form.cleaned_data["client_id"]
    if said["fee"] is not None and made.fee is None:
        actions.ask_fee(made.pk, amount=said["fee"], hand=hand, client_id=uuid5(client_id, "fee"))
    if said["fee_taken"]:
        actions.take_fee(made.pk, hand=hand, client_id=uuid5(client_id, "paid"))


@require_POST
@needs(Capability.RECEIVE_DOSSIERS)
def known_applicant(request: HttpRequest) -> JsonResponse:
    """Name and telephone of the person with a number, when they filed before; the number comes in the body, so that
    no log of addresses keeps it."""
    kind, number = request.POST.get("kind", ""), request.POST.get("number", "")[:20]
    hand = Hand.of_officer(cast(Person, request.user), viewer_of(request))
    try:
        found = look_up_applicant(kind=kind, number=number, hand=hand)
    except Refused as refusal:
        return JsonResponse({"refused": refusal.sentence}, status=429)
    said: dict[str, Any] = {"name": found.name, "phone": found.phone} if found else {}
    return JsonResponse(said)
