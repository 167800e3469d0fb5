"""What a person holds in the hand, in software: an application that shows codes, a passkey that signs."""

import base64
import json
import os
import time
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, HAS_KEY = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.AT


def code_of(seed: str, away: int = 0) -> str:
    """Return the code that an application shows, so many half minutes away from now."""
    key = base64.b32decode(seed.replace(" ", ""))
    codes = TOTP(key, 6, hashes.SHA1(), 30)  # noqa: S303 - the algorithm of all applications
    return codes.generate(int(time.time()) + 30 * away).decode()


class Authenticator:
    """One device with one key; `house` and `origin` are what the browser would insist on."""

    def __init__(self, house: str = "localhost", origin: str = "http://localhost") -> None:
        self.house, self.origin = sha256(house.encode()), origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = os.urandom(32)
        self.count = 0

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer the offer to make a key."""
        cose = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(b"\0" * 16, self.name, cose)
        data = AuthenticatorData.create(self.house, PRESENT | HAS_KEY, self.count, bytes(made))
        attested = AttestationObject.create("none", data, {})
        said = self._said("webauthn.create", options)
        return self._answer(
            {"clientDataJSON": websafe_encode(said), "attestationObject": websafe_encode(bytes(attested))}
        )

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer the question whether the key is here."""
        self.count += 1
        data = bytes(AuthenticatorData.create(self.house, PRESENT, self.count))
        said = self._said("webauthn.get", options)
        signature = self.key.sign(data + sha256(said), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(said), "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
            }
        )  # fmt: skip

    def _said(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _answer(self, response: dict[str, Any]) -> dict[str, Any]:
        name = websafe_encode(self.name)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
