"""What the package declares out of scope, as it was loaded."""

from django.db.models import TextField
from django.db.models.functions import MD5, Cast

from namro.assistant.catalog.topics import topics_of
from namro.assistant.models import Wordbook
from namro.assistant.rules.scope import Topic, topic_of

TOPICS = "topics"


_read: dict[str, tuple[Topic, ...]] = {}


def topics() -> tuple[Topic, ...]:
    """Return the topics out of scope, none before a package is loaded; one short query, read again when it changed."""
    row = Wordbook.objects.filter(code=TOPICS)
    mark = row.values_list(MD5(Cast("body", TextField())), flat=True).first() or ""
    if mark not in _read:
        found = topics_of(row.get().body) if mark else ()
        _read.clear()
        _read[mark] = found
    return _read[mark]


def topic_out_of_scope(question: str) -> Topic | None:
    """Return the topic for which a question is not answered, None where it may be; one query."""
    return topic_of(question, topics())
