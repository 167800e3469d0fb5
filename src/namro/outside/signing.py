"""Signing a result: a detached signature (CMS, RFC 5652) that any tool checks, by the agency's certificate.

The key is a PKCS#12 file of the place, or the sandbox's own: made from the place's secret, under a certificate that
calls itself a trial, so that nobody takes it for a seal.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

SANDBOX_NAME = "Chữ ký thử, không có giá trị pháp lý"
# As long as a trial may ever last; the certificate speaks for nobody.
SANDBOX_SPAN = datetime(2025, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class SigningFault(Exception):
    """The key of the place cannot be read; for the operator."""


@dataclass(frozen=True)
class Signature:
    """A detached signature: its bytes (CMS, DER), in whose name, by which certificate (SHA-256), whether on trial."""

    cms: bytes
    name: str
    fingerprint: str
    is_sandbox: bool


def is_configured() -> bool:
    """Whether this place signs results."""
    return bool(settings.NAMRO_SIGNING)


def sign(content: bytes) -> Signature | None:
    """Return a signature over the content; None where this place has no key, SigningFault where it cannot be read."""
    if not is_configured():
        return None
    key, certificate = _held(settings.NAMRO_SIGNING, settings.NAMRO_SIGNING_PASSWORD, settings.SECRET_KEY)
    made = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(content)
        .add_signer(certificate, key, hashes.SHA256())
        .sign(
            Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.NoAttributes,
                           pkcs7.PKCS7Options.Binary]
        )
    )  # fmt: skip
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(names[0].value) if names else certificate.subject.rfc4514_string()
    return Signature(
        made, name, certificate.fingerprint(hashes.SHA256()).hex(), settings.NAMRO_SIGNING == "sandbox"
    )


@cache
def _held(where: str, password: str, secret: str) -> tuple[Key, x509.Certificate]:
    """Return the key of the place with its certificate, read or made once a process."""
    return _trial(secret) if where == "sandbox" else _of_file(where, password)


def _of_file(where: str, password: str) -> tuple[Key, x509.Certificate]:
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(
            Path(where).read_bytes(), password.encode() or None
        )
    except (OSError, ValueError) as fault:
        raise SigningFault(f"{type(fault).__name__}: NAMRO_SIGNING") from fault
    if certificate is None or not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise SigningFault("no key that signs: NAMRO_SIGNING")
    return key, certificate


def _trial(secret: str) -> tuple[Key, x509.Certificate]:
    seed = hmac.digest(secret.encode(), b"namro.outside.signing", hashlib.sha256)
    key = ec.derive_private_key(int.from_bytes(seed[:31]) + 1, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SANDBOX_NAME)])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(int.from_bytes(seed[:8])).not_valid_before(SANDBOX_SPAN[0])
    return key, made.not_valid_after(SANDBOX_SPAN[1]).sign(key, hashes.SHA256())
