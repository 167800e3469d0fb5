"""Jobs that were cut off: a worker that was killed leaves its job begun for ever, and its lock with it."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

NAME = "namro.jobs.recovery.take_over"


@app.periodic(cron="* * * * *", periodic_id=NAME)
@app.task(name=NAME, queueing_lock=NAME, pass_context=True)
async def take_over(context: JobContext, timestamp: int) -> None:
    """Let jobs run again whose worker has not been heard of for half a minute, each minute."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await _again(manager, job)


async def _again(manager: JobManager, job: Job) -> None:
    """Put a job back; where the next run of the same already waits for its lock, that one runs instead."""
    try:
        await manager.retry_job(job)
    except ConnectorException:
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)
