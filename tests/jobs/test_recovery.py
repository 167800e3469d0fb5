"""A job whose worker was killed runs again, and its lock does not bar those after it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from namro.jobs import take_over

BEGUN = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status, attempts)
    VALUES ('default', 'namro.delivery.jobs.carry_due', 'carry', 'carry', '{}', %s, 0) RETURNING id
"""

pytestmark = pytest.mark.django_db(transaction=True)


def put(status: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(BEGUN, [status])
        return int(cursor.fetchone()[0])


def states() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status FROM procrastinate_jobs")
        return dict(cursor.fetchall())


def let_it_recover() -> None:
    """Run the job as the worker does, by the worker's own connection."""

    async def run() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            async with worker.open_async():
                await take_over.func(SimpleNamespace(app=worker), timestamp=0)

    # A thread of its own: a browser that ran before may have left a loop running in this one.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, run()).result()


def test_a_job_that_was_cut_off_runs_again() -> None:
    cut_off = put("doing")  # no worker holds it any more
    let_it_recover()
    assert states()[cut_off] == "todo"


def test_where_the_next_run_waits_already_the_one_cut_off_gives_way() -> None:
    cut_off, waiting = put("doing"), put("todo")
    let_it_recover()
    assert states() == {cut_off: "failed", waiting: "todo"}
