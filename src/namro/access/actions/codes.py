"""Codes: six digits of an application (RFC 6238), each taken once; recovery codes, each taken once."""

import base64
import secrets
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction

from namro.access.actions.throttling import count_one, forget
from namro.access.models import Factor, RecoveryCode
from namro.access.models.sealed import seal, unseal
from namro.access.rules import digest_of
from namro.access.terms import FactorKind
from namro.audit.actions import record
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Refused

DIGITS, STEP, SEED_BYTES = 6, 30, 20
# One step to each side: a phone's clock may be half a minute off.
DRIFT = (0, -1, 1)
RECOVERY_CODES, RECOVERY_BYTES = 10, 10
MOST_TRIES, TRIES_SECONDS = 10, 15 * 60


def new_seed() -> str:
    """Return a fresh seed as applications take it: 160 bits in base 32."""
    return base64.b32encode(secrets.token_bytes(SEED_BYTES)).decode()


def seed_address(seed: str, person: Person, issuer: str) -> str:
    """Return the otpauth: address of the QR code."""
    return _codes_of(base64.b32decode(seed)).get_provisioning_uri(person.username, issuer)


@transaction.atomic
def add_totp(*, person: Person, seed: str, code: str, by: Person) -> Factor:
    """Add an application that shows by a code that it took the seed; it takes the place of an earlier one."""
    check_tries(person)
    step = _step_of(base64.b32decode(seed), code)
    if step is None:
        raise Refused(
            "Mã không đúng; hãy gõ mã đang hiện trong ứng dụng, kiểm tra giờ của điện thoại.", field="code"
        )
    Factor.objects.filter(person=person, kind=FactorKind.TOTP).delete()
    sealed = seal(base64.b32decode(seed))
    made = Factor.objects.create(
        person=person,
        kind=FactorKind.TOTP,
        name=str(FactorKind.TOTP.label),
        secret=sealed,
        last_step=step,
        at=clock.now(),
    )
    record(by=by, verb="add_factor", obj=person, after={"factor": made.name})
    forget("code", person.pk)
    return made


def use_code(person: Person, text: str) -> bool:
    """Take a code of the application or a recovery code, each only once; refuses after too many tries."""
    check_tries(person)
    code = "".join(text.split()).replace("-", "").upper()
    taken = (
        _use_totp(person, code) if code.isdecimal() and len(code) == DIGITS else _use_recovery(person, code)
    )
    if taken:
        forget("code", person.pk)
    return taken


def check_tries(person: Person) -> None:
    """Count a try; refuse when there were too many: six digits fall to whoever may try a million times."""
    if count_one("code", person.pk, TRIES_SECONDS) > MOST_TRIES:
        raise Refused("Đã nhập mã sai quá nhiều lần; hãy chờ 15 phút rồi thử lại.", field="code")


@transaction.atomic
def renew_recovery_codes(*, person: Person, by: Person) -> list[str]:
    """Make ten recovery codes and void the earlier ones; the only time they can be read."""
    RecoveryCode.objects.filter(person=person).delete()
    made = [base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, digest=digest_of(code)) for code in made)
    record(by=by, verb="renew_recovery_codes", obj=person)
    return ["-".join(code[place : place + 4] for place in range(0, len(code), 4)) for code in made]


def _use_totp(person: Person, code: str) -> bool:
    factor = Factor.objects.filter(person=person, kind=FactorKind.TOTP).first()
    step = _step_of(unseal(factor.secret), code) if factor else None
    if factor is None or step is None:
        return False
    # One statement decides: of two requests with the same code only one finds an earlier step.
    unused = Factor.objects.filter(pk=factor.pk, last_step__lt=step)
    return bool(unused.update(last_step=step, used_at=clock.now()))


def _use_recovery(person: Person, code: str) -> bool:
    unused = RecoveryCode.objects.filter(person=person, digest=digest_of(code), used_at__isnull=True)
    taken = bool(unused.update(used_at=clock.now()))
    if taken:
        record(by=person, verb="use_recovery_code", obj=person)
    return taken


def _step_of(seed: bytes, code: str) -> int | None:
    """Return the half minute whose code this is, None if it is none of those near; by the real clock."""
    now, codes = int(time.time()) // STEP, _codes_of(seed)
    return next((now + away for away in DRIFT if _is(codes.generate((now + away) * STEP), code)), None)


def _is(right: bytes, code: str) -> bool:
    return secrets.compare_digest(right, code.encode())


def _codes_of(seed: bytes) -> TOTP:
    return TOTP(seed, DIGITS, SHA1(), STEP)  # noqa: S303 - the one algorithm that all applications know
