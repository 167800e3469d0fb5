"""A dossier that the ward's clerk received, with a scanned paper, an order to pay and an apology, and a draft."""

from uuid import UUID

from namro.dossiers.actions import (
    Draft,
    Hand,
    applicant_of,
    digitise,
    receive_at_desk,
    save_draft,
    take_paper,
)
from namro.dossiers.models import Apology, ApplicantLetter, Payment
from namro.organisation.models import Person, Unit
from tests.builders import seen_by

PROCEDURE = "1.001193"
BY_CODE = (
    "tracked",
    "dossier",
    "dossier_slip",
    "dossier_consents",
    "dossier_scan",
    "own_dossier",
    "own_receipt",
    "own_fetch",
    "own_pay",
)
BY_DRAFT = ("filing_draft", "filing_submit")


def samples(clerk: Person, ward: Unit) -> dict[str, dict[str, object]]:
    """Return, by route, what an address of it is made with."""
    held = seen_by(clerk)
    hand = Hand.of_officer(clerk, held)
    citizen = applicant_of(kind="citizen", number="999099000001", name="Người nộp mẫu")
    draft = Draft(PROCEDURE, ward.pk, "desk", applicant_id=citizen.pk)
    row = receive_at_desk(draft, hand=hand, client_id=UUID(int=571))
    paper = take_paper("1", "to-khai.pdf", b"%PDF-1.7\n%%EOF\n")
    digitise(row.pk, paper=paper, hand=hand, client_id=UUID(int=572))
    begun = save_draft(Draft(PROCEDURE, ward.pk), hand=Hand.of_applicant(citizen), client_id=UUID(int=573))
    order = Payment.objects.create(
        dossier=row, client_id=UUID(int=574), reference="NRMAU", amount=1000, at=row.touched_at
    )
    letter = Apology.objects.create(
        dossier=row, client_id=UUID(int=575), number=f"{row.code}/XL1", old_at=row.touched_at, new_at=row.touched_at,
        reason="mẫu", at=row.touched_at, signed_by=clerk,
    )  # fmt: skip
    unsent = ApplicantLetter.objects.create(
        event=row.events.latest("pk"), state="dead", attempts=8, next_try_at=row.touched_at
    )
    code, draft_id = {"code": row.code}, {"client_id": begun.client_id}
    file = row.files.get().pk
    return {
        **dict.fromkeys(BY_CODE, code),
        **dict.fromkeys(BY_DRAFT, draft_id),
        "filing": {"code": PROCEDURE},
        "filing_paper": draft_id | {"key": "1"},
        "filing_reuse": draft_id | {"key": "1"},
        "filing_drop": draft_id | {"pk": 1},
        "own_file": {"client_id": row.client_id, "pk": file},
        "own_act": code | {"deed": "rut"},
        "own_paid": code | {"reference": order.reference},
        "reception_of": {"code": PROCEDURE},
        "applicant_letter_retry": {"pk": unsent.pk},
        "workload_hand_over": {"code": ward.code},
        "dossier_act": code | {"deed": "kiem-tra"},
        "dossier_file": code | {"pk": file},
        **dict.fromkeys(("apology", "own_apology"), code | {"number": letter.pk}),
    }  # fmt: skip
