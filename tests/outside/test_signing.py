"""A signature is one that others can check, and a trial calls itself one."""

from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs7, pkcs12

from namro.outside import signing
from namro.outside.signing import SANDBOX_NAME, Signature, SigningFault


def certificate_in(made: Signature) -> x509.Certificate:
    """The certificate that travels with the signature."""
    return pkcs7.load_der_pkcs7_certificates(made.cms)[0]


def check(made: Signature, content: bytes) -> None:
    """Check as any tool would: the signature is the last thing in the message, an octet string of DER."""
    key = certificate_in(made).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    last = next(size for size in range(64, 80) if made.cms[-size - 2 : -size] == bytes((4, size)))
    key.verify(made.cms[-last:], content, ec.ECDSA(hashes.SHA256()))


def test_the_trial_signs_and_says_that_it_is_one(settings: Any) -> None:
    settings.NAMRO_SIGNING = "sandbox"
    made = signing.sign(b"ket qua")
    assert made is not None and made.is_sandbox and made.name == SANDBOX_NAME
    check(made, b"ket qua")
    with pytest.raises(InvalidSignature):
        check(made, b"ket qua khac")
    assert b"ket qua" not in made.cms
    assert made.fingerprint == certificate_in(made).fingerprint(hashes.SHA256()).hex()


def test_a_place_without_a_key_signs_nothing(settings: Any) -> None:
    settings.NAMRO_SIGNING = ""
    assert signing.sign(b"x") is None


def test_the_place_signs_by_its_own_file(settings: Any, tmp_path: Path) -> None:
    key, certificate = signing._trial("another secret")
    file = tmp_path / "agency.p12"
    made = pkcs12.serialize_key_and_certificates(
        b"agency", key, certificate, None, BestAvailableEncryption(b"open")
    )
    file.write_bytes(made)
    settings.NAMRO_SIGNING, settings.NAMRO_SIGNING_PASSWORD = str(file), "open"
    signed = signing.sign(b"x")
    assert signed is not None and not signed.is_sandbox
    check(signed, b"x")


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_key_that_cannot_be_read_is_a_fault(settings: Any, tmp_path: Path, password: str) -> None:
    file = tmp_path / "agency.p12"
    file.write_bytes(b"no key")
    settings.NAMRO_SIGNING, settings.NAMRO_SIGNING_PASSWORD = str(file), password
    with pytest.raises(SigningFault):
        signing.sign(b"x")
