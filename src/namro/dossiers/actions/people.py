"""Applicants: known again by the digest of their number, which itself is not kept."""

from datetime import date

from django.db import transaction
from django.utils.crypto import salted_hmac

from namro.audit.actions import record
from namro.dossiers.models import Applicant
from namro.dossiers.terms import ApplicantKind
from namro.organisation.models import Unit
from namro.organisation.terms import Refused

SALT = "namro.dossiers.applicant"
TAIL = 4


def digest_of(kind: str, number: str) -> str:
    """The keyed digest by which an applicant is known; without the place's key nobody can try numbers."""
    return salted_hmac(SALT, f"{kind}:{_plain(number)}", algorithm="sha256").hexdigest()


def applicant_of(
    *, kind: str, number: str, name: str, birth_day: date | None = None, phone: str = "", email: str = "",
    unit: Unit | None = None, is_synthetic: bool = False,
) -> Applicant:  # fmt: skip
    """The applicant of a number, put down when first seen; what is told anew takes the place of what was."""
    if kind not in ApplicantKind.values:
        raise Refused("Hãy chọn công dân, doanh nghiệp hoặc tổ chức.", field="kind")
    if not _plain(number) or not name.strip():
        raise Refused("Hãy ghi họ tên và số định danh của người nộp hồ sơ.", field="number")
    told = {"name": name.strip()[:200], "birth_day": birth_day, "phone": phone, "email": email, "unit": unit}
    known = {key: value for key, value in told.items() if value}
    with transaction.atomic():
        applicant, is_new = Applicant.objects.get_or_create(
            identity_digest=digest_of(kind, number),
            defaults={
                **known, "kind": kind, "identity_tail": _plain(number)[-TAIL:], "is_synthetic": is_synthetic,
            },
        )  # fmt: skip
        changed = {key: value for key, value in known.items() if getattr(applicant, key) != value}
        if changed:
            Applicant.objects.filter(pk=applicant.pk).update(**changed)
            applicant.refresh_from_db()
        if is_new or changed:
            record(by=None, verb="put_applicant", obj=applicant, after={"changed": sorted(changed)})
    return applicant


def _plain(number: str) -> str:
    """The number without blanks, points and dashes, in capitals."""
    return "".join(letter for letter in number.upper() if letter.isalnum())
