"""Passwords: changed by their owner, or anew by a link that the administration hands over."""

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction

from namro.access.actions.visits import end_visits
from namro.audit.actions import record
from namro.organisation.models import Person
from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Viewer


@transaction.atomic
def change_password(
    *, person: Person, password: str, by: Person | None, ground: str = "", keep: str | None = None
) -> None:
    """Set the password, and end every stay that was opened with the old one but that of the session `keep`."""
    person.set_password(password)
    person.save(update_fields=["password"])
    record(by=by, verb="change_password", obj=person, ground=ground)
    end_visits(person=person, by=by, keep=keep)


@transaction.atomic
def issue_reset(*, person: Person, by: Person, viewer: Viewer) -> str:
    """Return the token of a link by which the person sets a new password: once, within PASSWORD_RESET_TIMEOUT.

    It is bound to the present password: setting a new one voids it, and so does signing in.
    """
    check_capability(viewer, Capability.ADMINISTER)
    if not person.is_active:
        raise Refused("Tài khoản đang khóa; hãy mở tài khoản trước khi đặt lại mật khẩu.")
    record(by=by, verb="issue_reset", obj=person)
    return default_token_generator.make_token(person)
