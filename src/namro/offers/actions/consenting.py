"""Agreeing that a register may be used for offers, until a day; and taking that back at any time."""

from datetime import date
from uuid import UUID

from namro.audit.actions import once, record
from namro.dossiers.actions import Hand
from namro.dossiers.models import Applicant
from namro.dossiers.queries import today
from namro.ground.days import format_day
from namro.offers.models import Consent, PersonalRegister
from namro.offers.queries.own import unanswered_of
from namro.offers.rules import check_consent_days
from namro.offers.terms import Channel, OfferState
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused


@once
def give_consent(
    applicant: Applicant, register_code: str, *, last: date, hand: Hand, client_id: UUID
) -> Consent:
    """Put a consent on record, from today to its last day (included), with the words that the person read; at the desk
    by whoever may receive dossiers, from a paper that was signed."""
    _check_hand(hand)
    if known := Consent.objects.filter(client_id=client_id).first():
        return known
    register = PersonalRegister.objects.filter(code=register_code, is_live=True).first()
    if register is None:
        raise Refused("Hãy chọn sổ dữ liệu mà bạn đồng ý cho dùng.", field="register")
    day = today.today()
    check_consent_days(day, last, register.longest_years)
    _check_not_longer(applicant, register, day, last)
    consent = Consent.objects.create(
        client_id=client_id, applicant=applicant, register=register, words=register.definition.agreed,
        channel=Channel.DESK if hand.person else Channel.ONLINE, first=day, last=last, given_at=today.now(),
        taken_by=hand.person, is_synthetic=applicant.is_synthetic,
    )  # fmt: skip
    record(
        by=hand.log_name, verb="give_consent", obj=consent, after={"register": register.code, "last": last}
    )
    return consent


@once
def withdraw_consent(consent_id: int, *, hand: Hand, client_id: UUID, of: Applicant | None = None) -> Consent:
    """Withdraw from now on what a person agreed to of a register, though they agreed more than once: all standing
    consents end, all unanswered offers of it are taken back; twice is as once. Consent.DoesNotExist for another's.
    At the desk `of` is who asks for it there."""
    _check_hand(hand)
    whose = of if hand.person else hand.applicant
    rows = Consent.objects.filter(applicant=whose) if whose else Consent.objects.none()
    consent = rows.select_related("applicant", "register").get(pk=consent_id)
    standing = _lock_standing(consent)
    consent.refresh_from_db(fields=["withdrawn_at"])
    if consent.withdrawn_at is not None:
        return consent
    consent.withdrawn_at = today.now()
    Consent.objects.filter(pk__in=standing).update(withdrawn_at=consent.withdrawn_at)
    taken_back = unanswered_of(consent).update(
        state=OfferState.TAKEN_BACK, answered_at=consent.withdrawn_at, answer_id=client_id
    )
    after = {"consents": len(standing), "taken_back": taken_back}
    record(by=hand.log_name, verb="withdraw_consent", obj=consent, after=after)
    return consent


def _check_hand(hand: Hand) -> None:
    """Refuse an officer who receives no dossiers."""
    if hand.viewer is not None:
        check_capability(hand.viewer, Capability.RECEIVE_DOSSIERS)


def _lock_standing(consent: Consent) -> list[int]:
    """The consents of the same person to the same register that nobody has withdrawn, locked in one order."""
    rows = Consent.objects.filter(
        applicant=consent.applicant, register=consent.register, withdrawn_at__isnull=True
    )
    return list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))


def _check_not_longer(applicant: Applicant, register: PersonalRegister, day: date, last: date) -> None:
    """Refuse what adds nothing: a consent that stands already lasts as long or longer."""
    standing = Consent.objects.filter(
        applicant=applicant, register=register, withdrawn_at__isnull=True, first__lte=day, last__gte=last
    ).order_by("-last").first()  # fmt: skip
    if standing is not None:
        raise Refused(
            f"Bạn đã đồng ý cho dùng sổ này đến hết {format_day(standing.last)}; muốn ngắn hơn, hãy rút lại trước.",
            field="last",
        )
