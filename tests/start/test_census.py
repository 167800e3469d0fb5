"""`namro census` counts what the place holds, and nothing that comes and goes by the clock."""

import io
import json

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils.timezone import now

from namro.flows.management.commands.census import census
from namro.jobs import enqueue
from namro.organisation.models import Person

pytestmark = pytest.mark.django_db


def printed() -> dict[str, int]:
    out = io.StringIO()
    call_command("census", stdout=out)
    return json.loads(out.getvalue())


def test_it_is_one_json_object_of_tables_in_order() -> None:
    counts = printed()
    assert list(counts) == sorted(counts)
    assert {"organisation_unit", "organisation_person"} <= set(counts)
    assert "django_migrations" not in counts


def test_it_sees_one_row_more() -> None:
    before = census()
    Person.objects.create(username="mot", full_name="Một Người")
    after = census()
    assert {table: after[table] - before[table] for table in after if after[table] != before[table]} == {
        Person._meta.db_table: 1
    }


def test_visits_and_jobs_are_not_counted(django_capture_on_commit_callbacks) -> None:
    from namro.flows.jobs import forget_ended_sessions

    before = census()
    Session.objects.create(session_key="k", session_data="", expire_date=now())
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(forget_ended_sessions, timestamp=0)
    assert census() == before
