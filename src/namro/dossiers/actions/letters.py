"""Letters to applicants: owed with the act itself, sent by a job; a claim that was cut off runs out by itself."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.html import format_html, linebreaks

from namro.audit.actions import record
from namro.delivery.rules import wait_after
from namro.dossiers.formulas.letters import TOLD, said_of
from namro.dossiers.models import ApplicantLetter, Dossier, DossierEvent
from namro.dossiers.terms import LetterState
from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.organisation.models import Person
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Viewer
from namro.outside import mail
from namro.outside.faults import Undelivered

# Longer than handing over one letter may take with all its time limits.
CLAIM = timedelta(minutes=5)
MOST_A_RUN, MOST_TRIES = 200, 8


def owe_letter(dossier: Dossier, event: DossierEvent) -> None:
    """Put down that the applicant is to be written of the event: where mail goes out and they said where to. A dossier
    that was made up writes to nobody."""
    if event.verb in TOLD and not dossier.is_synthetic and mail.is_configured() and address_of(dossier):
        ApplicantLetter.objects.create(event=event, next_try_at=clock.now())


def address_of(dossier: Dossier) -> str:
    """Where the applicant asked to be written to: in this dossier, else as is known of them; may be empty."""
    own = str(dossier.filled.get("email") or "")
    return own or (dossier.applicant.email if dossier.applicant else "")


def send_letters() -> int:
    """Send what is due; returns how many letters were taken by the mail server. A shut way ends the run."""
    taken = 0
    with mail.PostOffice() as post_office:
        for _ in range(MOST_A_RUN):
            letter = claim()
            if letter is None:
                break
            fault = _hand_over(letter, post_office)
            settle(letter, fault)
            taken += fault is None
            if fault is not None and fault.whole_way:
                break
    return taken


@transaction.atomic
def claim() -> ApplicantLetter | None:
    """Take the next letter for this worker alone; None when nothing is due."""
    due = ApplicantLetter.objects.filter(state=LetterState.QUEUED, next_try_at__lte=clock.now())
    letter = due.order_by("next_try_at").select_for_update(skip_locked=True).first()
    if letter is None:
        return None
    letter.attempts += 1
    letter.next_try_at = clock.now() + CLAIM
    letter.save(update_fields=["attempts", "next_try_at"])
    return letter


def _hand_over(letter: ApplicantLetter, post_office: mail.PostOffice) -> Undelivered | None:
    try:
        post_office.send(_written(letter))
    except Undelivered as fault:
        return fault
    except Exception as fault:  # noqa: BLE001 - one letter that is itself at fault must not hold up all others
        return Undelivered(f"Lỗi khi soạn hoặc gửi ({type(fault).__name__})")
    return None


def _written(letter: ApplicantLetter) -> mail.Letter:
    event = DossierEvent.objects.select_related("dossier__unit", "dossier__applicant").get(pk=letter.event_id)
    dossier = event.dossier
    to = address_of(dossier)
    if not to:
        raise Undelivered("Người nộp không còn địa chỉ thư", is_final=True)
    due = f"{dossier.promised_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if dossier.promised_at else ""
    said = said_of(event.verb, str(dossier.code), dossier.unit.name, settings.NAMRO_SITE, due)
    body = linebreaks(said.text, autoescape=True)
    html = format_html(
        '<!doctype html><html lang="vi"><meta charset="utf-8"><title>{}</title>{}', said.subject, body
    )
    return mail.Letter(f"ho-so-{letter.pk}", to, said.subject, said.text, html)


@transaction.atomic
def settle(letter: ApplicantLetter, fault: Undelivered | None) -> None:
    """Note how the try ended: taken, again later, or dead; nothing where another worker has taken it over since."""
    now = clock.now()
    mine = ApplicantLetter.objects.filter(pk=letter.pk, attempts=letter.attempts, state=LetterState.QUEUED)
    if fault is None:
        mine.update(state=LetterState.SENT, sent_at=now, fault="")
    elif fault.is_final or letter.attempts >= MOST_TRIES:
        mine.update(state=LetterState.DEAD, fault=fault.sentence[:300])
    else:
        mine.update(next_try_at=now + wait_after(letter.attempts), fault=fault.sentence[:300])


@transaction.atomic
def retry_letter(*, letter: ApplicantLetter, by: Person, viewer: Viewer) -> bool:
    """Send a dead letter once more, under the number it had; whether it was dead. What made it fail
    is mended elsewhere: the mail server by the administrators, the address at the desk."""
    check_capability(viewer, Capability.ADMINISTER)
    dead = ApplicantLetter.objects.filter(pk=letter.pk, state=LetterState.DEAD)
    if not dead.update(state=LetterState.QUEUED, next_try_at=clock.now()):
        return False
    record(by=by, verb="retry_letter", obj=letter)
    return True
