"""The city's own sign-in (OpenID Connect, code flow, PKCE): where it is, the exchange of a code, its signed word."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import jwt

SECONDS = 10.0
# Signed with a key pair only: with HS256 our own secret would make tokens, "none" is no signature.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
CLOCKS_DIFFER = 60
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class OpenIdFault(Exception):
    """The provider does not answer, or answers what cannot be trusted; for the operator, not for the page."""


@dataclass(frozen=True)
class Client:
    """Who we are to the provider."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Provider:
    """Where the provider is asked."""

    issuer: str
    authorize: str
    token: str
    keys: str


@dataclass(frozen=True)
class Errand:
    """What is kept, in the session of the browser that was sent away, until it comes back."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Errand":
        """An errand that nobody can guess."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    @property
    def challenge(self) -> str:
        """The S256 challenge of the verifier (RFC 7636)."""
        return base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()


def discover(issuer: str) -> Provider:
    """Ask the provider where its doors are; refuses one that calls itself otherwise or speaks in the clear."""
    found = _json("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if str(found.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise OpenIdFault("the issuer calls itself otherwise")
    doors = [found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(isinstance(door, str) and _is_private(door) for door in doors):
        raise OpenIdFault("a door of the issuer is missing or not https")
    return Provider(str(found["issuer"]), *map(str, doors))


def _is_private(address: str) -> bool:
    """Whether nobody listens in: https, or this very machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def way_there(provider: Provider, client: Client, errand: Errand, back: str, *, anew: bool = False) -> str:
    """Return the address to send the browser to; `anew`: the person must prove who they are once more."""
    asked = {
        "response_type": "code", "client_id": client.client_id, "redirect_uri": back, "scope": "openid profile",
        "state": errand.state, "nonce": errand.nonce, "code_challenge": errand.challenge,
        "code_challenge_method": "S256",
    } | ({"prompt": "login", "max_age": "0"} if anew else {})  # fmt: skip
    return f"{provider.authorize}{'&' if '?' in provider.authorize else '?'}{urlencode(asked)}"


def redeem(provider: Provider, client: Client, errand: Errand, code: str, back: str) -> dict[str, Any]:
    """Exchange a code for the provider's signed word on who came, checked: signature, issuer, audience, time, nonce."""
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": errand.verifier,
    }
    answer = _json("POST", provider.token, data=asked, auth=(client.client_id, client.client_secret))
    return checked(
        str(answer.get("id_token", "")), _json("GET", provider.keys), provider.issuer, client, errand
    )


def checked(token: str, keys: dict[str, Any], issuer: str, client: Client, errand: Errand) -> dict[str, Any]:
    """Return the claims of an id_token; OpenIdFault where anything in it is not as it must be."""
    try:
        key = _key_of(token, keys)
        claims: dict[str, Any] = jwt.decode(
            token, key.key, algorithms=[key.algorithm_name], audience=client.client_id, issuer=issuer,
            leeway=CLOCKS_DIFFER, options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )  # fmt: skip
    except (jwt.PyJWTError, ValueError, KeyError) as fault:
        raise OpenIdFault(f"id_token: {type(fault).__name__}") from fault
    if not secrets.compare_digest(str(claims.get("nonce", "")), errand.nonce):
        raise OpenIdFault("id_token: nonce")
    return claims


def _key_of(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The provider's key that the token names, with the algorithm that the key, not the token, is for."""
    kid = jwt.get_unverified_header(token).get("kid")
    found = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.key_id == kid]
    if len(found) != 1 or found[0].algorithm_name not in ALGORITHMS:
        raise KeyError("kid")
    return found[0]


def _json(method: str, address: str, **more: Any) -> dict[str, Any]:
    """Ask the provider; whatever is not a JSON object with status 200 is a fault. Redirects are not followed."""
    if not _is_private(address):
        raise OpenIdFault("not https")
    try:
        answer = httpx.request(method, address, timeout=SECONDS, **more)
        answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, ValueError) as fault:
        raise OpenIdFault(f"{address}: {type(fault).__name__}") from fault
    if not isinstance(found, dict):
        raise OpenIdFault(f"{address}: no JSON object")
    return found
