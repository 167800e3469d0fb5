"""Handover of a post: it ends for one person and begins for another on a day, and the open tasks go with it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from namro.access.rules import check_handover
from namro.audit.actions import once, record
from namro.ground import clock
from namro.organisation.actions import end_post, give_post
from namro.organisation.models import Person, Post
from namro.organisation.terms import Viewer
from namro.tasks.actions.handing import hand_over_tasks


@dataclass(frozen=True)
class HandedOver:
    """The post of the receiver, and how many open tasks came with it."""

    post: Post
    tasks: int


@once
def hand_over(
    *, post: Post, receiver: Person, day: date, client_id: UUID, by: Person, viewer: Viewer
) -> HandedOver:
    """Hand a post over from a day on that has come; all or nothing, sent twice it happens once."""
    held = Post.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=post.pk)
    taken = Post.objects.filter(person=receiver, unit=held.unit, role=held.role, valid_from=day).first()
    if held.valid_to == day and taken is not None:
        return HandedOver(taken, 0)
    check_handover(held.valid_from, day, clock.today(), held.person_id == receiver.pk)
    end_post(post=held, day=day, by=by, viewer=viewer)
    given = give_post(
        person=receiver, unit=held.unit, role=held.role, title=held.title, start=day, by=by, viewer=viewer
    )
    moved = hand_over_tasks(
        unit=held.unit, giver=held.person, receiver=receiver, client_id=client_id, by=by, viewer=viewer
    )
    after = {"to": receiver, "day": day, "tasks": moved}
    record(
        by=by, verb="hand_over", obj=held, before={"person": held.person}, after=after, unit=held.unit.code
    )
    return HandedOver(given, moved)
