"""Secrets that stand nowhere: derived from the place's key, so that a copy of the database does not hold them."""

import base64
import hashlib

from django.utils.crypto import salted_hmac

from namro.delivery.models import Endpoint

SECRET_SALT = "namro.delivery.endpoint"  # noqa: S105 - a salt is no secret


def secret_of(endpoint: Endpoint) -> bytes:
    """The key by which calls to the webhook are signed; it changes with the place's SECRET_KEY."""
    return salted_hmac(SECRET_SALT, str(endpoint.pk), algorithm="sha256").digest()


def shown_secret(endpoint: Endpoint) -> str:
    """The key as its receiver writes it down: whsec_ and base64, the form of Standard Webhooks."""
    return "whsec_" + base64.b64encode(secret_of(endpoint)).decode()


def digest_of(token: str) -> str:
    """What is kept of a token that was shown once."""
    return hashlib.sha256(token.encode()).hexdigest()
