"""A return comes in: it is stored, then its figures are computed anew by the job worker."""

from typing import Any

from namro import jobs
from namro.flows.jobs import recompute_form
from namro.sources.actions import submit
from namro.sources.models import Submission


def submit_form(**arguments: Any) -> Submission:
    """Send a return (see sources.actions.submit) and have the figures of its form and period follow it."""
    sent = submit(**arguments)
    jobs.enqueue(recompute_form, form=sent.form, period=sent.period)
    return sent
