"""The only door to the job queue (procrastinate, in PostgreSQL).

A domain's jobs stand in its `jobs.py`, which is found by itself:

    @jobs.job
    def send_reminder(task_id: int) -> None: ...

    jobs.enqueue(send_reminder, task_id=task.pk)      # runs after the transaction has been committed

    @jobs.every("0 22 * * *")                          # minute, hour (UTC: 5 in Việt Nam), day, month, weekday
    def run_the_river(timestamp: int) -> None: ...     # the moment it was due, seconds of Unix time
"""

from namro.jobs.queue import Job, enqueue, every, job
from namro.jobs.recovery import take_over

__all__ = ["Job", "enqueue", "every", "job", "take_over"]
