"""Timed jobs of the house itself."""

from django.core.management import call_command

from namro import jobs


@jobs.every("17 3 * * *")
def forget_ended_sessions(timestamp: int) -> None:
    """Delete the sessions that have ended, each night."""
    call_command("clearsessions")
