"""Timed jobs of the log."""

from django.conf import settings

from namro import jobs
from namro.audit.actions import note_checkpoint, seal


@jobs.every("* * * * *")
def seal_the_log(timestamp: int) -> None:
    """Seal what was written in the last minute."""
    seal()


@jobs.every("23 * * * *")
def write_down_where_the_log_ends(timestamp: int) -> None:
    """Note each hour, outside the database, how far the chain goes."""
    note_checkpoint(settings.DATA)
