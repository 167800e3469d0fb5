"""Who may come in, and with what."""

from collections.abc import Collection

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from namro.access.models import Factor, RecoveryCode, Visit
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.queries import viewer
from namro.organisation.queries.viewing import posts_on
from namro.organisation.terms import Refused

NO_POST = (
    "Bạn không giữ chức vụ nào đang có hiệu lực nên không vào được; hãy liên hệ quản trị hệ thống của đơn vị."
)


def check_may_come_in(person: Person) -> None:
    """Refuse an account that is shut, or whose posts have ended: the account ends with the post."""
    if not person.is_active:
        raise Refused("Tài khoản này đã bị khóa; hãy liên hệ quản trị hệ thống.")
    if viewer(person) is None:
        raise Refused(NO_POST)


def visits_of(person: Person) -> QuerySet[Visit]:
    """The stays of a person that still last, newest first; a session that ran out is none."""
    # Sessions end by the real clock, also on a demo day: the database is asked for it.
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=Now())
    return Visit.objects.filter(Exists(alive), person=person, ended_at__isnull=True).order_by(
        "-seen_at", "-pk"
    )


def factors_of(person: Person) -> list[Factor]:
    """The second factors of a person, the oldest first."""
    return list(Factor.objects.filter(person=person).order_by("pk"))


def has_factor(person: Person) -> bool:
    """Whether the person has a second factor, which the door then asks for."""
    return Factor.objects.filter(person=person).exists()


def recovery_codes_left(person: Person) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(person=person, used_at__isnull=True).count()


def must_have_factor(person: Person, roles: Collection[str] | None = None) -> bool:
    """Whether a post of today is of a role that must use a second factor (NAMRO_SECOND_FACTOR_ROLES)."""
    asked = set(settings.NAMRO_SECOND_FACTOR_ROLES if roles is None else roles)
    return bool(asked) and any(post.role in asked for post in posts_on(person, clock.today()))
