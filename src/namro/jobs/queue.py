"""Jobs: functions that run later, in the job worker, and again when they failed."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task as Job

# Seconds 2, 4, 8, 16, 32: enough for a database that restarts or a network that blinks.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=2)

type_of_job = Callable[..., Any]


def job(function: type_of_job) -> Job[..., Any, Any]:
    """Make a function a job; its name in the queue is where it stands."""
    return app.task(name=_name(function), retry=RETRY)(function)


def every(schedule: str) -> Callable[[type_of_job], Job[..., Any, Any]]:
    """Make a function a job that runs by the clock (cron, UTC); it takes the moment it was due."""

    def timed(function: type_of_job) -> Job[..., Any, Any]:
        # One at a time: a run that takes longer than its interval is not overtaken by the next.
        lock = _name(function)
        task = app.task(name=lock, retry=RETRY, queueing_lock=lock, lock=lock)(function)
        return app.periodic(cron=schedule, periodic_id=lock)(task)

    return timed


def enqueue(work: Job[..., Any, Any], **arguments: Any) -> None:
    """Put a job into the queue when the transaction has been committed, so that it never sees half of it."""
    transaction.on_commit(functools.partial(work.defer, **arguments))


def _name(function: type_of_job) -> str:
    return f"{function.__module__}.{function.__qualname__}"
