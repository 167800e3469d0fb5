"""Tables of the assistant."""

from namro.assistant.models.asking import HandOver, Opinion, Turn
from namro.assistant.models.lists import Wordbook

__all__ = ["HandOver", "Opinion", "Turn", "Wordbook"]
