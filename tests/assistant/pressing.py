"""The verbs of the assistant, each ready to be pressed several times in one instant."""

from functools import partial
from uuid import uuid4

from tests.pressing import Call, CityDeeds

from namro.assistant import actions
from namro.assistant.models import Turn
from namro.ground import clock


class AssistantDeeds(CityDeeds):
    """For each verb a call that may be made now by somebody who asked."""

    def assistant_give_opinion(self) -> Call:
        turn = Turn.objects.create(
            key=uuid4(),
            at=clock.now(),
            audience="public",
            kind="unknown",
            voice="composed",
            found_ms=1,
            total_ms=1,
        )
        said = {
            "is_useful": True,
            "why": "",
            "words": "",
            "question": "Hỏi gì?",
            "answer": {"kind": "unknown"},
        }
        return partial(actions.give_opinion, turn.key, client_id=uuid4(), **said)

    def assistant_hand_over(self) -> Call:
        said = {"question": "Việc này hỏi ai?", "conversation": [], "contact": "", "client_id": uuid4()}
        return partial(actions.hand_over, self.world.communes[0], **said)
