"""When a source is due, and whether it kept its promise."""

from datetime import datetime, timedelta

from namro.sources.terms import Every, Freshness, Schedule


def next_run(schedule: Schedule, after: datetime) -> datetime:
    """Return the first moment of the schedule after another, in the time zone of that."""
    if schedule.every == Every.HOUR:
        due = after.replace(minute=schedule.minute, second=0, microsecond=0)
        return due if due > after else due + timedelta(hours=1)
    due = after.replace(hour=schedule.hour, minute=schedule.minute, second=0, microsecond=0)
    if schedule.every == Every.WEEK:
        due -= timedelta(days=due.weekday())
    if schedule.every == Every.MONTH:
        due = due.replace(day=1)
    if due > after:
        return due
    if schedule.every == Every.MONTH:
        return (due + timedelta(days=31)).replace(day=1)
    return due + timedelta(days=7 if schedule.every == Every.WEEK else 1)


def freshness(last: datetime | None, hours: int, now: datetime) -> Freshness:
    """Return how a source stands to its promise that data are never older than so many hours."""
    if last is None:
        return Freshness.SILENT
    return Freshness.FRESH if now - last <= timedelta(hours=hours) else Freshness.LATE
