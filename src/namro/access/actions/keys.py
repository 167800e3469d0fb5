"""Service accounts and their API keys: made, shown once, revoked."""

import secrets
from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction

from namro.access.models import ApiKey, ServiceAccount
from namro.access.rules import check_key_end, check_scopes, digest_of
from namro.access.terms import Scope
from namro.audit.actions import record, take_turn
from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Viewer

MARK = "namro_"
PREFIX_LENGTH = 12
SEEN_EVERY = timedelta(minutes=10)


@transaction.atomic
def add_account(
    *, name: str, purpose: str, unit: Unit, contact: Person, by: Person | None, viewer: Viewer
) -> ServiceAccount:
    """Add a program that may read for a unit; it reads nothing until it has a key."""
    check_capability(viewer, Capability.ADMINISTER)
    take_turn(f"service account {name.lower()}")
    if ServiceAccount.objects.filter(name__iexact=name).exists():
        raise Refused(f"Đã có tài khoản máy tên «{name}»; hãy chọn tên khác.", field="name")
    made = ServiceAccount.objects.create(
        name=name, purpose=purpose, unit=unit, contact=contact, at=clock.now()
    )
    record(
        by=by, verb="add_account", obj=made, after={"purpose": purpose, "contact": contact}, unit=unit.code
    )
    return made


@transaction.atomic
def make_key(
    *, account: ServiceAccount, scopes: Collection[str], end: date, by: Person | None, viewer: Viewer
) -> tuple[ApiKey, str]:
    """Make a key with scopes and an end; return it with its words, which can be read only now."""
    check_capability(viewer, Capability.ADMINISTER)
    check_scopes(scopes, Scope.values)
    check_key_end(end, clock.today())
    words = MARK + secrets.token_urlsafe(32)
    made = ApiKey.objects.create(
        account=account, prefix=words[:PREFIX_LENGTH], digest=digest_of(words), scopes=sorted(scopes), end=end, by=by,
        at=clock.now(),
    )  # fmt: skip
    after = {"scopes": sorted(scopes), "end": end}
    record(by=by, verb="make_key", obj=made, after=after, unit=account.unit.code)
    return made, words


@transaction.atomic
def revoke_key(*, key: ApiKey, by: Person | None, viewer: Viewer) -> None:
    """Void a key at once; revoking it again changes nothing."""
    check_capability(viewer, Capability.ADMINISTER)
    if ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=clock.now()):
        record(by=by, verb="revoke_key", obj=key, unit=key.account.unit.code)


def note_use(key: ApiKey) -> None:
    """Put down that a key was used, at most every ten minutes; its first use of a day goes to the log."""
    now = clock.now()
    if key.used_at is not None and timedelta() <= now - key.used_at < SEEN_EVERY:
        return
    is_first = key.used_at is None or key.used_at.astimezone(clock.VIETNAM).date() != now.date()
    ApiKey.objects.filter(pk=key.pk).update(used_at=now)
    if is_first:
        record(by=None, verb="use_key", obj=key, unit=key.account.unit.code)
