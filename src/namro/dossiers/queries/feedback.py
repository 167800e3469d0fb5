"""Reading feedback: the officers' worklist, one by its code, and the answers that everybody may read."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from namro.dossiers.models import Feedback
from namro.dossiers.terms import FeedbackState
from namro.organisation.terms import Viewer

PAGE_SIZE = 30
MOST_COUNTED = 1000
ENDED = (FeedbackState.PUBLISHED, FeedbackState.RETURNED)
TO_ANSWER = (FeedbackState.RECEIVED, FeedbackState.TAKEN, FeedbackState.SUPPLEMENT_ASKED)


class Group(StrEnum):
    """What a list of feedback shows."""

    NEW = "new"
    TAKEN = "taken"
    WAITING = "waiting"
    TO_PUBLISH = "to_publish"
    LATE = "late"
    ENDED = "ended"
    ENDED_LATE = "ended_late"


STATES = {
    Group.NEW: (FeedbackState.RECEIVED,),
    Group.TAKEN: (FeedbackState.TAKEN,),
    Group.WAITING: (FeedbackState.SUPPLEMENT_ASKED,),
    Group.TO_PUBLISH: (FeedbackState.ANSWERED,),
    Group.ENDED: ENDED,
    Group.ENDED_LATE: ENDED,
}


@dataclass(frozen=True)
class Page:
    """A page of feedback, and the key of the next (0 at the end)."""

    rows: list[Feedback]
    after: int


def running_late(day: date) -> Q:
    """Feedback of which a limit has been broken, noted or not, as of the day."""
    judging = Q(state=FeedbackState.RECEIVED, judge_by__lt=day)
    answering = Q(state__in=TO_ANSWER, answer_by__lt=day)
    publishing = Q(state=FeedbackState.ANSWERED, publish_by__lt=day)
    return Q(late_on__isnull=False) | judging | answering | publishing


def visible_to(viewer: Viewer) -> QuerySet[Feedback]:
    """The feedback to the viewer's units."""
    rows = Feedback.objects.select_related("unit", "procedure", "dossier")
    return rows if viewer.unit_ids is None else rows.filter(unit_id__in=viewer.unit_ids)


def in_group(rows: QuerySet[Feedback], group: Group, day: date) -> QuerySet[Feedback]:
    """Those of a group; what has ended late stands apart from what is late and can still be ended."""
    if group == Group.LATE:
        return rows.filter(running_late(day)).exclude(state__in=ENDED)
    rows = rows.filter(state__in=STATES[group])
    return rows.filter(late_on__isnull=False) if group == Group.ENDED_LATE else rows


def page_of_feedback(
    viewer: Viewer, group: Group, day: date, *, after: int = 0, size: int = PAGE_SIZE
) -> Page:
    """One page of a group, from behind a key on: what came first stands first, the ended ones last to first."""
    rows = in_group(visible_to(viewer), group, day)
    if group in (Group.ENDED, Group.ENDED_LATE):
        rows = (rows.filter(pk__lt=after) if after else rows).order_by("-pk")
    else:
        rows = (rows.filter(pk__gt=after) if after else rows).order_by("pk")
    found = list(rows[: size + 1])
    return Page(found[:size], found[size - 1].pk if len(found) > size else 0)


def counts_of_feedback(viewer: Viewer, day: date) -> dict[Group, int]:
    """How many stand in each group, counted no further than one beyond MOST_COUNTED."""
    return {
        group: in_group(visible_to(viewer), group, day).order_by()[: MOST_COUNTED + 1].count()
        for group in Group
    }


def one_feedback(viewer: Viewer, number: int) -> Feedback | None:
    """The feedback of a number, None beyond the viewer's reach. Officers have no use for its code, which is the
    sender's key."""
    related = visible_to(viewer).select_related("unit", "procedure", "dossier", "repeats", "answered_by")
    return related.filter(pk=number).first()


def followed(code: str) -> Feedback | None:
    """The feedback of a code, for whoever holds the code: its sender."""
    return Feedback.objects.select_related("unit", "procedure").filter(code=code.strip().upper()).first()


def published(*, after: int = 0, size: int = PAGE_SIZE) -> Page:
    """The answers that are open to everybody, the one published last first, from behind a key on."""
    every = Feedback.objects.filter(published_at__isnull=False).select_related("unit", "procedure")
    last = every.filter(pk=after).first() if after else None
    rows = every
    if last is not None:
        earlier = Q(published_at__lt=last.published_at) | Q(published_at=last.published_at, pk__lt=after)
        rows = every.filter(earlier)
    found = list(rows.order_by("-published_at", "-pk")[: size + 1])
    return Page(found[:size], found[size - 1].pk if len(found) > size else 0)


def said_before(feedback: Feedback) -> QuerySet[Feedback]:
    """What the same sender or on the same dossier was said before: one of them may be what this one repeats."""
    same = Q(dossier_id=feedback.dossier_id) if feedback.dossier_id else Q(pk__in=())
    if feedback.applicant_id:
        same |= Q(applicant_id=feedback.applicant_id)
    if feedback.sender_contact:
        same |= Q(sender_contact=feedback.sender_contact)
    return Feedback.objects.filter(same, unit_id=feedback.unit_id, pk__lt=feedback.pk).order_by("-pk")
