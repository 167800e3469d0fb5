"""Verbs of those who are told: read, choose channels, a calendar link; of administrators: webhooks, dead letters."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction

from namro.audit.actions import record, take_turn
from namro.delivery.actions.sending import queue_again
from namro.delivery.catalog import read_policy
from namro.delivery.models import CalendarLink, Choice, Endpoint, Message, Policy, Told
from namro.delivery.queries import policy, roles_on
from namro.delivery.queries.secrets import digest_of, shown_secret
from namro.delivery.rules import check_choice
from namro.delivery.terms import Channel, Level
from namro.ground import clock
from namro.ground.reviewed import storable
from namro.organisation.models import Person, Unit
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Viewer
from namro.outside import webhook
from namro.outside.faults import Undelivered

TOKEN_BYTES = 32
# A calendar program asks every few minutes: its visits are noted no closer than this.
NOTED_EVERY = 3600


def load_package(folder: Path, *, progress: object = None) -> dict[str, int]:
    """Put the package's rule of delivery; twice is as once. Returns rows by kind."""
    file = folder / "delivery.yaml"
    if not file.is_file():
        return {"delivery_policies": 0}
    _, said = read_policy(file)
    Policy.objects.update_or_create(code=said["code"], defaults={"body": storable(said)})
    return {"delivery_policies": 1}


def mark_read(told_ids: Iterable[int] | None, *, by: Person) -> int:
    """Mark the person's own notices as read (None: all of them); returns how many were not."""
    unread = Told.objects.filter(person=by, read_at__isnull=True)
    if told_ids is not None:
        unread = unread.filter(pk__in=list(told_ids))
    return unread.update(read_at=clock.now())


@transaction.atomic
def choose(wanted: Mapping[tuple[Level, Channel], bool], *, by: Person) -> None:
    """Store by which channels the person hears of which level; refuses to switch off what the role must receive."""
    rule, roles = policy(), roles_on([by.pk], clock.today()).get(by.pk, set())
    for (level, channel), on in wanted.items():
        check_choice(roles, level, channel, on, rule)
    Choice.objects.bulk_create(
        [
            Choice(person=by, level=level, channel=channel, wanted=on)
            for (level, channel), on in wanted.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "level", "channel"],
        update_fields=["wanted"],
    )
    after = {f"{level.name.lower()} {channel.value}": on for (level, channel), on in wanted.items()}
    record(by=by, verb="choose_channels", obj=by, after=after)


@transaction.atomic
def make_calendar_link(*, by: Person) -> str:
    """Make a new calendar link for the person and return its token, shown this once; older links end."""
    _revoke(by, clock.now())
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = CalendarLink.objects.create(person=by, digest=digest_of(token), made_at=clock.now())
    record(by=by, verb="make_calendar_link", obj=link)
    return token


@transaction.atomic
def revoke_calendar_link(*, by: Person) -> bool:
    """End the person's calendar links; whether there was one."""
    ended = _revoke(by, clock.now())
    if ended:
        record(by=by, verb="revoke_calendar_link", obj=by)
    return bool(ended)


def _revoke(person: Person, now: datetime) -> int:
    return CalendarLink.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=now)


def open_calendar(token: str) -> Person | None:
    """The person whose calendar the token opens, the visit noted; None where it opens none."""
    found = CalendarLink.objects.filter(
        digest=digest_of(token), revoked_at__isnull=True, person__is_active=True
    )
    link = found.select_related("person").first()
    if link is None:
        return None
    now = clock.now()
    if link.read_at is None or (now - link.read_at).total_seconds() > NOTED_EVERY:
        CalendarLink.objects.filter(pk=link.pk).update(read_at=now)
    return link.person


@transaction.atomic
def add_endpoint(
    *, url: str, level: Level, by: Person, viewer: Viewer, person: Person | None = None, unit: Unit | None = None,
    client_id: UUID | None = None,
) -> tuple[Endpoint, str]:  # fmt: skip
    """Set a webhook for a person or a unit; returns it with its secret, shown this once."""
    check_capability(viewer, Capability.ADMINISTER)
    if (person is None) == (unit is None):
        raise Refused("Hãy chọn đúng một nơi nhận: một người hoặc một đơn vị.", field="unit")
    if client_id:
        take_turn(client_id)
    if client_id and Endpoint.objects.filter(pk=client_id).exists():
        raise Refused(
            "Điểm nhận này đã được khai; khóa ký chỉ hiện một lần. Mất khóa thì ngừng rồi khai lại."
        )
    try:
        webhook.checked_address(url)
    except Undelivered as fault:
        raise Refused(f"{fault.sentence}.", field="url") from None
    made = {"url": url, "level": level, "person": person, "unit": unit, "made_at": clock.now()}
    endpoint = Endpoint.objects.create(pk=client_id or uuid4(), **made)
    after = {"url": url, "level": Level(level).name.lower(), "for": str(endpoint)}
    record(by=by, verb="add_endpoint", obj=endpoint, after=after, unit=unit.code if unit else "")
    return endpoint, shown_secret(endpoint)


@transaction.atomic
def end_endpoint(*, endpoint: Endpoint, by: Person, viewer: Viewer) -> None:
    """End a webhook: nothing more is sent there; its record stays."""
    check_capability(viewer, Capability.ADMINISTER)
    if Endpoint.objects.filter(pk=endpoint.pk, ended_at__isnull=True).update(ended_at=clock.now()):
        record(by=by, verb="end_endpoint", obj=endpoint)


@transaction.atomic
def retry(*, message: Message, by: Person, viewer: Viewer) -> bool:
    """Send a dead message once more, under the id it had; whether it was dead."""
    check_capability(viewer, Capability.ADMINISTER)
    if not queue_again(message.pk):
        return False
    record(by=by, verb="retry_message", obj=message)
    return True
