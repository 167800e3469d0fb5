"""The verb of everybody who takes part: comment."""

from uuid import UUID

from namro.audit.actions import once
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Refused, Viewer
from namro.tasks.actions.act import Act, perform
from namro.tasks.models import Comment
from namro.tasks.terms import Verb


@once
def comment(task_id: int, *, text: str, client_id: UUID, by: Person, viewer: Viewer) -> Comment:
    """Say something on a task; the same client id says it once."""
    if not text.strip():
        raise Refused("Hãy nhập nội dung trao đổi.", field="text")
    done = perform(task_id, Act(Verb.COMMENT, by, viewer, client_id, note=text.strip()))
    said, _ = Comment.objects.get_or_create(
        client_id=client_id, defaults={"task": done.task, "at": clock.now(), "by": by, "text": text.strip()}
    )
    return said
