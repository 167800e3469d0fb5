"""How a feed ran, for all to see."""

from datetime import date

from namro.ground import clock
from namro.sources.models import FeedRun


def note_run(*, feed: str, day: date, rows: int = 0, error: str = "") -> FeedRun:
    """Keep how a feed ran for a day; a second run for the day takes the place of the first."""
    run, _ = FeedRun.objects.update_or_create(
        feed=feed,
        day=day,
        defaults={
            "state": "failed" if error else "ok",
            "rows": rows,
            "error": error,
            "ended_at": clock.now(),
        },
    )
    return run
