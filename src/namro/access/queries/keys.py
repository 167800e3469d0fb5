"""What a key opens: the reach of its account's unit, nothing marked as secret, no write."""

from django.db.models import Prefetch, QuerySet

from namro.access.models import ApiKey, ServiceAccount
from namro.access.rules import digest_of
from namro.ground import clock
from namro.organisation.queries import city_of, subtree_ids
from namro.organisation.terms import Role, Viewer


def accounts() -> QuerySet[ServiceAccount]:
    """Service accounts by name, each with its keys, the newest first; two queries."""
    keys = Prefetch("keys", ApiKey.objects.select_related("by").order_by("-pk"))
    return ServiceAccount.objects.select_related("unit", "contact").prefetch_related(keys)


def key_of(words: str) -> ApiKey | None:
    """The key with these words, if it still opens; one query."""
    found = ApiKey.objects.filter(digest=digest_of(words), revoked_at__isnull=True, end__gt=clock.today())
    return (
        found.select_related("account__unit", "account__contact")
        .filter(account__contact__is_active=True)
        .first()
    )


def viewer_of_key(key: ApiKey) -> Viewer:
    """The viewer that a key reads as: its unit and those below, without any capability; two queries."""
    unit = key.account.unit
    city = city_of(unit)
    return Viewer(
        person_id=0,
        role=Role.CLERK,
        capabilities=frozenset(),
        home_unit_id=unit.pk,
        home_unit_path=unit.path,
        city_id=city.pk,
        city_name=city.name,
        city_path=city.path,
        unit_ids=subtree_ids([unit]),
        post_unit_ids=frozenset(),
    )
