"""Secrets that must be read again (the seed of one-time codes) lie encrypted in the database, under the SECRET_KEY."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(secret: bytes) -> bytes:
    """Encrypt a secret for the database."""
    return _box().encrypt(secret)


def unseal(sealed: bytes | memoryview) -> bytes:
    """Decrypt a secret of the database; InvalidToken where the SECRET_KEY is another one."""
    return _box().decrypt(bytes(sealed))


def _box() -> MultiFernet:
    """The newest key encrypts; older ones (SECRET_KEY_FALLBACKS) still decrypt."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"namro.access.sealed:" + key.encode()).digest())
