"""Identities: from what the city's own accounts say of someone to the person here."""

from django.db import transaction

from namro.access.models import Identity
from namro.access.terms import Claims
from namro.audit.actions import record, take_turn
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Refused

UNKNOWN = (
    "Tài khoản thành phố «{name}» chưa có người dùng tương ứng ở đây; hãy đề nghị quản trị thêm tài khoản."
)
ANOTHER = (
    "Tên «{name}» ở đây đã gắn với một tài khoản thành phố khác; hãy đề nghị quản trị hệ thống kiểm tra."
)


@transaction.atomic
def person_of(claims: Claims, *, create: bool) -> Person:
    """Return the person behind an identity, by its subject; the first time by the name, which is then bound.

    `create` lets someone unknown be put down as a person, without any post and so without any right.
    """
    known = _known(claims)
    if known is None:
        # One person may open two windows at once: the second one's first time is not the first any more.
        take_turn(f"identity {claims.issuer} {claims.username.lower()}")
        known = _known(claims)
    return known or _bound(claims, create)


def _known(claims: Claims) -> Person | None:
    rows = Identity.objects.filter(issuer=claims.issuer, subject=claims.subject).select_related("person")
    found = rows.first()
    return found.person if found else None


def _bound(claims: Claims, create: bool) -> Person:
    person = Person.objects.filter(username__iexact=claims.username).first() if claims.username else None
    if person is None and not (create and claims.username):
        raise Refused(UNKNOWN.format(name=claims.username))
    person = person or _added(claims)
    if Identity.objects.filter(issuer=claims.issuer, person=person).exists():
        raise Refused(ANOTHER.format(name=claims.username))
    Identity.objects.create(person=person, issuer=claims.issuer, subject=claims.subject, at=clock.now())
    record(by=None, verb="bind_identity", obj=person, after={"subject": claims.subject}, ground=claims.issuer)
    return person


def _added(claims: Claims) -> Person:
    person = Person(username=claims.username[:60], full_name=(claims.full_name or claims.username)[:120])
    person.set_unusable_password()
    person.save()
    record(by=None, verb="add_person", obj=person, after={"username": person.username}, ground=claims.issuer)
    return person
