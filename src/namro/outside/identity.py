"""Who a citizen or a business is, by an identity provider: sent there, and back with its signed word.

By OpenID Connect where a provider is set up (as a national identity is asked), otherwise by a sandbox: a page of our
own, for made-up people, that says so.
"""

import hmac
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing

from namro.outside import openid
from namro.outside.openid import Errand

SANDBOX_PAGE = "/dinh-danh-thu/"
SANDBOX_SALT = "namro.outside.identity.sandbox"
WORD_SECONDS = 5 * 60
CITIZEN, BUSINESS, ORGANISATION = "citizen", "business", "organisation"
KINDS = (CITIZEN, BUSINESS, ORGANISATION)


class IdentityFault(Exception):
    """The provider does not answer, or answers what cannot be trusted; for the operator, not for the page."""


@dataclass(frozen=True)
class Who:
    """Whom the provider vouches for: kind, number (of a citizen's card or of a business), name, birth day if told."""

    kind: str
    number: str
    name: str
    birth_day: date | None = None


class Provider(Protocol):
    """Whoever vouches for people."""

    name: str
    is_sandbox: bool
    is_of_population: bool  # speaks of citizens from the national database of the population

    def way_there(self, errand: Errand, back: str) -> str:
        """Return the address to send the browser to."""

    def who(self, errand: Errand, code: str, back: str) -> Who:
        """Return whom the provider vouches for; IdentityFault when it does not."""


class Sandbox:
    """A provider for made-up people: whoever they say they are is believed, so it stands in demos alone."""

    name = "Định danh thử"
    is_sandbox = True
    is_of_population = False

    def way_there(self, errand: Errand, back: str) -> str:
        """Return the sandbox's page; it comes back with the same state."""
        return f"{SANDBOX_PAGE}?{urlencode({'state': errand.state, 'nonce': errand.nonce})}"

    def word_on(self, who: Who, nonce: str) -> str:
        """Return the signed word on somebody, for this errand alone."""
        said = asdict(who) | {"birth_day": who.birth_day and who.birth_day.isoformat(), "nonce": nonce}
        return signing.dumps(said, salt=SANDBOX_SALT, compress=True)

    def who(self, errand: Errand, code: str, back: str) -> Who:
        """Return whom the signed word names, for five minutes."""
        try:
            said: dict[str, Any] = signing.loads(code, salt=SANDBOX_SALT, max_age=WORD_SECONDS)
        except signing.BadSignature as fault:
            raise IdentityFault("signature") from fault
        if not hmac.compare_digest(str(said.pop("nonce", "")), errand.nonce):
            raise IdentityFault("nonce")
        return Who(**said | {"birth_day": _day(said["birth_day"])})


class OpenId:
    """A provider that speaks OpenID Connect; the claim with the person's number is told by the settings."""

    name = "OpenID Connect"
    is_sandbox = False

    def __init__(self) -> None:
        self.is_of_population: bool = settings.NAMRO_CITIZEN_OPENID_POPULATION
        self._client = openid.Client(
            settings.NAMRO_CITIZEN_OPENID_ISSUER, settings.NAMRO_CITIZEN_OPENID_CLIENT_ID,
            settings.NAMRO_CITIZEN_OPENID_CLIENT_SECRET,
        )  # fmt: skip

    def way_there(self, errand: Errand, back: str) -> str:
        """Return the provider's own door."""
        try:
            return openid.way_there(openid.discover(self._client.issuer), self._client, errand, back)
        except openid.OpenIdFault as fault:
            raise IdentityFault(str(fault)) from fault

    def who(self, errand: Errand, code: str, back: str) -> Who:
        """Exchange the code for the provider's signed word on who came."""
        try:
            provider = openid.discover(self._client.issuer)
            return who_of(openid.redeem(provider, self._client, errand, code, back))
        except openid.OpenIdFault as fault:
            raise IdentityFault(str(fault)) from fault


def who_of(claims: dict[str, Any]) -> Who:
    """Return who the claims speak of; IdentityFault where they bear no number, which alone tells people apart."""
    number = str(claims.get(settings.NAMRO_CITIZEN_NUMBER_CLAIM) or "").strip()
    name = str(claims.get("name") or "").strip()
    if not number or not name:
        raise IdentityFault(f"no {settings.NAMRO_CITIZEN_NUMBER_CLAIM} or no name")
    kind = str(claims.get("subject_kind") or CITIZEN)
    return Who(kind if kind in KINDS else CITIZEN, number[:20], name[:200], _day(claims.get("birthdate")))


def provider() -> Provider | None:
    """Return the provider of this place; None where nobody can sign in from outside."""
    if settings.NAMRO_CITIZEN_OPENID_ISSUER:
        return OpenId()
    return Sandbox() if settings.NAMRO_CITIZEN_SANDBOX else None


def _day(text: Any) -> date | None:
    """Return a day of ISO form; a provider that knows only the year (0000-.., 1980) tells no day."""
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
