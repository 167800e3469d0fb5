"""By what one may come in here: in the demo its accounts, where it is set the city's own accounts."""

from typing import Any

from django.conf import settings

from namro.flows.demo.people import demo_password
from namro.organisation.queries import demo_accounts


def choices() -> dict[str, Any]:
    """Return what the door offers beside name and password."""
    found: dict[str, Any] = {"has_openid": bool(settings.NAMRO_OPENID_ISSUER)}
    if settings.DEMO:
        found |= {"accounts": demo_accounts(), "demo_password": demo_password(settings.DEMO_PACKAGE)}
    return found
