"""Reception at the desk, in few keys: the procedure by some letters, the person by their number, Enter."""

from typing import Any, cast
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
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
from namro.pages.dossiers.forms import ReceiveForm
from namro.pages.links import address
from namro.pages.viewing import needs, viewer_of
from namro.procedures.models import Procedure, ProcedureVersion
from namro.procedures.queries import Asked, page_of, procedure, successors_of, version_on

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
    """Receive a dossier of one procedure for any unit of the city; then its slip."""
    row, version = _held(code)
    text = request.GET.get("truong_hop", "")
    case = int(text) if text.isdecimal() and len(text) < 4 else 0
    bound = request.POST if request.method == "POST" else None
    form = ReceiveForm(bound, row=row, version=version, viewer=viewer_of(request), case=case)
    if form.is_valid():
        try:
            return _received(request, form, row)
        except Refused as refusal:
            form.refuse(refusal)
    context = {"row": row, "version": version, "form": form, "notice_line": notice()}
    return render(request, "dossiers/receive.html", context, status=422 if form.is_bound else 200)


def _held(code: str) -> tuple[Procedure, ProcedureVersion]:
    """The procedure with the text that holds today; 404 for one that is not, or not any more."""
    row = procedure(code[:30])
    version = version_on(row, today()) if row else None
    if row is None or version is None or version.body is None:
        raise Http404(", ".join(each.new_code for each in successors_of(code[:30])) or code)
    return row, version


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
    draft = Draft(row.code, said["unit"].pk, said["channel"], form.filled(), applicant.pk)
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
