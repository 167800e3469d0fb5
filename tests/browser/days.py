"""Days that have passed in the running city: what was given out then, and what the rules saw on each of them."""

import os
import subprocess
import sys

from tests.browser.city import City

# Run in a process of its own, with the clock set; the city's own processes go on meanwhile.
BEGUN = """
from datetime import date
from uuid import uuid4
import django
django.setup()
from namro.ground import clock
from namro.organisation.models import Person, Post, Unit
from namro.organisation.queries import viewer
from namro.tasks.actions import TaskDraft, draft, issue
from namro.tasks.models import Directive

ward = Unit.objects.get(code="20200", valid_to__isnull=True)
lead = Person(username="lanhdaophuong", full_name="Trịnh Uyên Khuê", is_demo=True)
lead.set_password({password!r})
lead.save()
since = date(2025, 7, 1)
Post.objects.create(person=lead, unit=ward, role="agency_lead", title="Chủ tịch phường (mẫu)", valid_from=since)
officer, by = Person.objects.get(username="xaphuong"), Person.objects.get(username="thuky")
with clock.at(date(2025, 7, 1)):
    sees = viewer(by)
    written = TaskDraft(
        directive_id=Directive.objects.filter(register__code="xp").order_by("pk").first().pk,
        title={title!r}, lead_unit_id=ward.pk, lead_person_id=officer.pk, due_day=date(2025, 7, 4),
        authority="Chủ tịch UBND phường quyết định", result="01 danh sách hộ đã rà soát, có xác nhận",
        escalate_to_id=Unit.objects.get(code="48", valid_to__isnull=True).pk,
    )
    task = draft(written, client_id=uuid4(), by=by, viewer=sees)
    issue(task.pk, client_id=uuid4(), by=by, viewer=sees)
print(task.code)
"""
JUDGED = """
from datetime import date
import django
django.setup()
from namro.flows.judging import judge_day
from namro.ground import clock
for text in {days!r}:
    day = date.fromisoformat(text)
    with clock.at(day):
        judge_day(day)
"""


def give_out(city: City, title: str) -> str:
    """Give the ward's officer a task on 1 July, due on Friday the 4th, and the ward a lead; returns the task's code."""
    return _run(city, BEGUN.format(password=city.password, title=title))


def judge(city: City, *days: str) -> None:
    """Let the rules judge the days, one after another."""
    _run(city, JUDGED.format(days=days))


def _run(city: City, script: str) -> str:
    settings = {"DATABASE_URL": city.database_url, "DJANGO_SETTINGS_MODULE": "namro.config.settings"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        env=os.environ | settings,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
