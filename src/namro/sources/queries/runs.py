"""Reads of the runs of the feeds."""

from datetime import date

from namro.sources.models import FeedRun


def feed_states(day: date) -> list[FeedRun]:
    """Return the last run of each feed up to the day, by name; one query."""
    return list(FeedRun.objects.filter(day__lte=day).order_by("feed", "-day").distinct("feed"))
