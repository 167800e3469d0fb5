"""The door to the job queue: after the commit, under its own name, and the work is done."""

import pytest
from django.contrib.sessions.models import Session
from django.utils.timezone import now
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from namro.flows.jobs import forget_ended_sessions
from namro.jobs import enqueue


@pytest.mark.django_db
def test_a_job_waits_for_the_commit(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        enqueue(forget_ended_sessions, timestamp=0)
        assert not ProcrastinateJob.objects.exists()
    callbacks[0]()
    waiting = ProcrastinateJob.objects.get()
    assert waiting.task_name == "namro.flows.jobs.forget_ended_sessions"
    assert waiting.args == {"timestamp": 0}


@pytest.mark.django_db
def test_an_ended_session_is_forgotten_and_a_living_one_kept() -> None:
    from datetime import timedelta

    Session.objects.create(session_key="ended", session_data="", expire_date=now() - timedelta(hours=1))
    Session.objects.create(session_key="living", session_data="", expire_date=now() + timedelta(hours=1))
    forget_ended_sessions(timestamp=0)
    assert [session.session_key for session in Session.objects.all()] == ["living"]


def test_the_timed_jobs_are_known_to_the_worker() -> None:
    timed = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert "namro.flows.jobs.forget_ended_sessions" in timed
