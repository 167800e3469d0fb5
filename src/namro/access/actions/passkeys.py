"""Passkeys (WebAuthn): a key on the person's device that answers only this house."""

import struct
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.db import transaction
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    UserVerificationRequirement,
)

from namro.access.actions.codes import check_tries
from namro.access.actions.throttling import forget
from namro.access.models import Factor
from namro.access.terms import FactorKind
from namro.audit.actions import record, take_turn
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Refused

State = Mapping[str, Any]
# What the libraries beneath make of an answer that is forged or garbled.
BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError, struct.error, InvalidSignature)
NOT_TAKEN = "Khóa thông hành không được chấp nhận; hãy thử lại trên đúng thiết bị đã đăng ký."


def _server(host: str) -> Fido2Server:
    house = PublicKeyCredentialRpEntity(id=host, name="Năm Rõ")
    return Fido2Server(house, attestation=AttestationConveyancePreference.NONE)


def offer_passkey(person: Person, host: str) -> tuple[dict[str, Any], State]:
    """Return what the browser is asked to make a key for this host with, and the state to keep until it answers."""
    user = PublicKeyCredentialUserEntity(
        id=str(person.pk).encode(), name=person.username, display_name=person.full_name
    )
    options, state = _server(host).register_begin(
        user, credentials_of(person), user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options.public_key), state


@transaction.atomic
def add_passkey(
    *, person: Person, host: str, state: State, answer: Mapping[str, Any], name: str, by: Person
) -> Factor:
    """Store the key that the browser made, once; refuses one that does not answer what was asked."""
    try:
        found = _server(host).register_complete(state, RegistrationResponse.from_dict(answer)).credential_data
    except BROKEN:
        raise Refused(NOT_TAKEN) from None
    assert found is not None  # noqa: S101 - a registration without one is refused above
    take_turn(f"passkey {found.credential_id.hex()}")
    known = Factor.objects.filter(person=person, credential_id=found.credential_id).first()
    if known is not None:
        return known
    made = Factor.objects.create(
        person=person, kind=FactorKind.PASSKEY, name=name[:60] or str(FactorKind.PASSKEY.label),
        secret=bytes(found), credential_id=found.credential_id, at=clock.now(),
    )  # fmt: skip
    record(by=by, verb="add_factor", obj=person, after={"factor": made.name})
    return made


def ask_passkey(person: Person, host: str) -> tuple[dict[str, Any], State]:
    """Return what the browser is asked to sign with one of the person's keys, and the state to keep."""
    options, state = _server(host).authenticate_begin(
        credentials_of(person), user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options.public_key), state


@transaction.atomic
def use_passkey(*, person: Person, host: str, state: State, answer: Mapping[str, Any]) -> Factor:
    """Take the answer of a passkey; refuses a wrong one, and a key whose counter has gone back: a copy."""
    check_tries(person)
    try:
        response = AuthenticationResponse.from_dict(answer)
        found = _server(host).authenticate_complete(state, credentials_of(person), response)
    except BROKEN:
        raise Refused(NOT_TAKEN) from None
    factor = Factor.objects.select_for_update().get(person=person, credential_id=found.credential_id)
    count = response.response.authenticator_data.counter
    if count and count <= factor.sign_count:
        raise Refused(NOT_TAKEN)
    factor.sign_count, factor.used_at = count, clock.now()
    factor.save(update_fields=["sign_count", "used_at"])
    forget("code", person.pk)
    return factor


def credentials_of(person: Person) -> list[AttestedCredentialData]:
    """Return the public keys of a person's passkeys."""
    rows = Factor.objects.filter(person=person, kind=FactorKind.PASSKEY)
    return [AttestedCredentialData(bytes(row.secret)) for row in rows]
