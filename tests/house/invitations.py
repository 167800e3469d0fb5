"""What the pages of the offers and of the feedback are asked for in the house tests: one of each, of Hòa Khánh ward."""

from datetime import date, timedelta
from uuid import uuid4

from namro.dossiers.actions import applicant_of
from namro.dossiers.actions.feedback import Said, send_feedback
from namro.dossiers.models import Applicant, Feedback
from namro.ground.clock import now
from namro.offers import actions, queries
from namro.offers.models import Consent, Offer, PersonalRegister, RegisterEntry
from namro.offers.terms import Channel
from namro.organisation.models import Person, Unit
from tests.builders import seen_by

RULE, REGISTER = "the_can_cuoc_het_han", "can_cuoc"


def samples(officer: Person, unit: Unit, day: date) -> dict[str, dict[str, object]]:
    """Return, by route and argument, what an address of it is made with; `officer` decides for the unit."""
    offer, feedback = _offer(officer, unit, day), _feedback(unit)
    token = {"token": queries.token_of(offer)}
    return {
        "offer_rule": {"code": RULE},
        "offer_run": {"pk": offer.run_id},
        "offer_run_act": {"pk": offer.run_id, "deed": "dung"},
        "offer_letters": {"pk": offer.run_id},
        "offer": token, "offer_accept": token, "offer_refuse": token, "offer_withdraw": token,
        "consent_withdraw": {"pk": offer.consent_id},
        "feedback": {"number": feedback.pk},
        "feedback_act": {"number": feedback.pk, "deed": "tra-loi"},
        "feedback_followed": {"code": feedback.code},
        "feedback_say": {"code": feedback.code, "deed": "danh-gia"},
    }  # fmt: skip


def _offer(officer: Person, unit: Unit, day: date) -> Offer:
    """Return an offer that a launched run made to a made-up person, the same one when asked again."""
    known = Offer.objects.select_related("consent").first()
    if known is not None:
        return known
    applicant = applicant_of(kind="citizen", number="999000000001", name="Người thử", unit=unit)
    register = PersonalRegister.objects.get(code=REGISTER)
    _agree(applicant, register, day)
    values = {"het_han": (day + timedelta(days=10)).isoformat(), "so_cuoi": "0001"}
    RegisterEntry.objects.create(
        register=register, applicant=applicant, unit=unit, key="1", values=values, as_of=day
    )
    seen = seen_by(officer)
    by = {"by": officer, "viewer": seen}
    run = actions.simulate(RULE, unit=unit, first=day, last=day + timedelta(days=30), client_id=uuid4(), **by)
    actions.launch(run.pk, client_id=uuid4(), **by)
    return Offer.objects.select_related("consent").get()


def _agree(applicant: Applicant, register: PersonalRegister, day: date) -> None:
    Consent.objects.create(
        client_id=uuid4(), applicant=applicant, register=register, words="x", channel=Channel.ONLINE,
        first=day, last=day + timedelta(days=365), given_at=now(),
    )  # fmt: skip


def _feedback(unit: Unit) -> Feedback:
    known = Feedback.objects.first()
    return known or send_feedback(Said("feedback", unit, "Chờ lâu."), client_id=uuid4())
