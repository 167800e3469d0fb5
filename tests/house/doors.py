"""Samples of what opens and shuts doors: a program with a key, a second factor, a link to a new password."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from namro.access.models import ApiKey, Factor, ServiceAccount
from namro.access.terms import FactorKind, Scope
from namro.ground import clock
from namro.organisation.models import Person


def samples(person: Person) -> dict[str, dict[str, Any]]:
    """Return, by route, what its address is made with, for doors of the person."""
    key, post = _key(person), person.posts.earliest("pk")
    return {
        "person_reset": {"pk": person.pk},
        "person_factors_clear": {"pk": person.pk},
        "post_hand_over": {"pk": post.pk},
        "api_key_new": {"pk": key.account_id},
        "api_key_revoke": {"pk": key.pk},
        "factor_remove": {"pk": _factor(person)},
        "password_reset": {
            "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
            "token": default_token_generator.make_token(person),
        },
        "api_task": {"code": "T-1"},
        "api_figures": {"code": "nhiem_vu_hoan_thanh"},
        "api_batches": {"code": "mua_muc_nuoc"},
        "api_nothing": {"rest": "khong-co"},
    }


def _key(contact: Person) -> ApiKey:
    """Return a key that reads for the person's unit."""
    unit, now = contact.posts.earliest("pk").unit, clock.now()
    account, _ = ServiceAccount.objects.get_or_create(
        name="Kho số liệu", defaults={"purpose": "Thử", "unit": unit, "contact": contact, "at": now}
    )
    end = clock.today() + timedelta(days=30)
    made = {"account": account, "digest": "0" * 64, "scopes": [Scope.UNITS_READ], "end": end, "at": now}
    return ApiKey.objects.get_or_create(prefix="namro_mau", defaults=made)[0]


def _factor(person: Person) -> int:
    """Return a second factor of the person."""
    made = {"name": "điện thoại", "secret": b"x", "at": clock.now()}
    return Factor.objects.get_or_create(person=person, kind=FactorKind.TOTP, defaults=made)[0].pk
