"""Tables of the assistant."""

from namro.assistant.models.asking import HandOver, Opinion, Turn
from namro.assistant.models.city import CityText
from namro.assistant.models.law import CorpusState, LawArticle, LawDocument
from namro.assistant.models.lists import Wordbook

__all__ = ["CityText", "CorpusState", "HandOver", "LawArticle", "LawDocument", "Opinion", "Turn", "Wordbook"]
