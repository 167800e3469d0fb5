"""What the package declares out of scope, as it was loaded."""

import json
from functools import lru_cache

from namro.assistant.catalog.topics import topics_of
from namro.assistant.models import Wordbook
from namro.assistant.rules.scope import Topic, topic_of

TOPICS = "topics"


def topics() -> tuple[Topic, ...]:
    """Return the topics out of scope, none before a package is loaded; one query."""
    row = Wordbook.objects.filter(code=TOPICS).first()
    return _read(json.dumps(row.body)) if row else ()


@lru_cache(maxsize=4)  # some hundred patterns, the same until a package is loaded again
def _read(said: str) -> tuple[Topic, ...]:
    return topics_of(json.loads(said))


def topic_out_of_scope(question: str) -> Topic | None:
    """Return the topic for which a question is not answered, None where it may be; one query."""
    return topic_of(question, topics())
