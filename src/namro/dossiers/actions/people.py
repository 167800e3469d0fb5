"""Applicants: known again by the digest of their number, which itself is not kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from unicodedata import normalize

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from namro.access.actions.throttling import count_one
from namro.audit.actions import record
from namro.dossiers.actions.act import Hand
from namro.dossiers.models import Applicant
from namro.dossiers.terms import ApplicantKind
from namro.organisation.models import Unit
from namro.organisation.terms import Refused

SALT = "namro.dossiers.applicant"
TAIL = 4
HOUR = 3600


def digest_of(kind: str, number: str) -> str:
    """The keyed digest by which an applicant is known; without the place's key nobody can try numbers."""
    return salted_hmac(SALT, f"{kind}:{_plain(number)}", algorithm="sha256").hexdigest()


def applicant_of(
    *, kind: str, number: str, name: str, birth_day: date | None = None, phone: str = "", email: str = "",
    unit: Unit | None = None, is_synthetic: bool = False, vouched: bool = False,
) -> Applicant:  # fmt: skip
    """The applicant of a number, put down when first seen; what is told anew takes the place of what was. A known name
    or birthday gives way only to one that an identity provider has `vouched` for; any other is refused."""
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
        if not vouched:
            changed = _without_identity(applicant, changed)
        if changed:
            Applicant.objects.filter(pk=applicant.pk).update(**changed)
            applicant.refresh_from_db()
        if is_new or changed:
            record(by=None, verb="put_applicant", obj=applicant, after={"changed": sorted(changed)})
    return applicant


def _without_identity(applicant: Applicant, changed: Mapping[str, Any]) -> dict[str, Any]:
    """What may change on anybody's word; refuses another name or birthday than the known, but for how it is typed."""
    name = changed.get("name", applicant.name)
    if _spoken(name) != _spoken(applicant.name):
        raise Refused(
            "Số này đã ghi với họ tên khác. Hãy xem lại số, hoặc để đúng tên đã ghi; "
            "người nộp tự đổi tên bằng định danh điện tử.",
            field="name",
        )
    if applicant.birth_day is not None and "birth_day" in changed:
        raise Refused("Số này đã ghi với ngày sinh khác; hãy xem lại số và ngày sinh.", field="birth_day")
    return {key: value for key, value in changed.items() if key != "name"}


def _spoken(name: str) -> str:
    """A name as it is heard: letters of one size and form, one blank between the words."""
    return " ".join(normalize("NFC", name).casefold().split())


def look_up_applicant(*, kind: str, number: str, hand: Hand) -> Applicant | None:
    """Who filed under a number before, for the clerk at the desk; the log says who asked. Refuses beyond
    NAMRO_LOOKUPS_PER_HOUR, so that nobody tries numbers one after another."""
    if hand.person is None or not _plain(number):
        return None
    if count_one("applicant looked up by", hand.person.pk, HOUR) > settings.NAMRO_LOOKUPS_PER_HOUR:
        raise Refused("Bạn đã tra quá nhiều người nộp trong một giờ; hãy gõ họ tên và điện thoại.")
    found = Applicant.objects.filter(identity_digest=digest_of(kind, number)).first()
    if found is not None:
        record(by=hand.person, verb="look_up_applicant", obj=found)
    return found


def _plain(number: str) -> str:
    """The number without blanks, points and dashes, in capitals."""
    return "".join(letter for letter in number.upper() if letter.isalnum())
