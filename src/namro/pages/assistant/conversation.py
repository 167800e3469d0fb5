"""The conversation of this browser: the last turns, in its session, forgotten after the minutes the place has set."""

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from namro.assistant.terms import AnswerKind, Audience, Past

MOST_TURNS = 10


class Conversation:
    """The turns of one audience in one session; the officer's conversation is apart from the public one."""

    def __init__(self, request: HttpRequest, audience: Audience) -> None:
        self._session, self._name = request.session, f"assistant_{audience}"

    @property
    def turns(self) -> list[dict[str, Any]]:
        """The turns that are young enough, oldest first; what is older goes out of the session."""
        oldest = time.time() - settings.NAMRO_ASSISTANT_KEEP_MINUTES * 60
        every = self._session.get(self._name, [])
        young = [turn for turn in every if turn["at"] >= oldest]
        if len(young) < len(every):
            self._session[self._name] = young
        return young

    @property
    def past(self) -> tuple[Past, ...]:
        """The turns as the next question needs them."""
        return tuple(
            Past(turn["words"], AnswerKind(turn["kind"]), tuple(turn["items"])) for turn in self.turns
        )

    def add(self, turn: dict[str, Any]) -> None:
        """Put a turn at the end and store at once: a streamed page is sent after the session's own moment."""
        self._session[self._name] = [*self.turns, turn][-MOST_TURNS:]
        self._session.save()

    def forget(self) -> None:
        """Begin anew."""
        self._session.pop(self._name, None)

    def turn(self, key: str) -> dict[str, Any] | None:
        """The turn of a key, None where this browser has none such any more."""
        return next((turn for turn in self.turns if turn["key"] == key), None)
