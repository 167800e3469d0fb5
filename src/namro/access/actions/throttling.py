"""Counting what is tried, in the database: every web process counts together. By the real clock, also on a demo day."""

import hashlib
import time

from django.db import connection

from namro.access.models import TryCount

COUNT = """
    INSERT INTO access_trycount (digest, stretch, ends, count) VALUES (%s, %s, %s, 1)
    ON CONFLICT (digest, stretch) DO UPDATE SET count = access_trycount.count + 1 RETURNING count
"""


def count_one(kind: str, subject: object, seconds: int) -> int:
    """Count one more of a kind about a subject; return how many in this stretch of so many seconds. One statement."""
    stretch = _stretch(seconds)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [_digest(kind, subject), stretch, (stretch + 1) * seconds])
        return int(cursor.fetchone()[0])


def counted(kind: str, subject: object, seconds: int) -> int:
    """Return how many there were in this stretch; one query."""
    row = TryCount.objects.filter(digest=_digest(kind, subject), stretch=_stretch(seconds)).values_list(
        "count"
    )
    return next((count for (count,) in row), 0)


def forget(kind: str, subject: object) -> None:
    """Begin again at none: it was the right person after all."""
    TryCount.objects.filter(digest=_digest(kind, subject)).delete()


def forget_past() -> int:
    """Delete what was counted in stretches that have ended; return how many rows."""
    return TryCount.objects.filter(ends__lt=int(time.time())).delete()[0]


def _stretch(seconds: int) -> int:
    return int(time.time()) // seconds


def _digest(kind: str, subject: object) -> str:
    return hashlib.sha256(f"{kind}:{subject}".encode()).hexdigest()
