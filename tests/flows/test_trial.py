"""A rule tried on history sees what was known then, and writes nothing."""

import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.alerts.conftest import ENTRY, City
from tests.builders import TODAY
from tests.flows.judged import LIVE, task

from namro.alerts.models import Alert
from namro.flows.trial import trial
from namro.ground import clock
from namro.tasks.actions.spans import rebuild
from namro.tasks.models import Moment
from namro.tasks.terms import State, Verb

DANANG = Path(__file__).parents[2] / "packages" / "danang"


def test_history_knows_a_task_as_it_was_known_then(city: City, rule: Any) -> None:
    """Extended on 1 June, handed in on 20 June and returned on 25 June: what the live SELECT cannot know any more."""
    made = rule(levels={"watch": 1, "warning": 10}, **LIVE)
    of = city.world.task(city.world.agencies[1], State.IN_PROGRESS, due=date(2025, 5, 20))
    for verb, day, due in (
        (Verb.GRANT_EXTENSION, date(2025, 6, 2), date(2025, 6, 16)),
        (Verb.SUBMIT, date(2025, 6, 20), None),
        (Verb.RETURN, date(2025, 6, 25), None),
    ):
        at = datetime.combine(day, datetime.min.time(), clock.VIETNAM)
        Moment.objects.create(client_id=uuid4(), task=of, verb=verb, day=day, at=at, due_day=due)
    rebuild([of.pk])
    tried = trial(made, date(2025, 5, 19), TODAY)
    thing = tried.loudest[0]
    assert (len(tried.objects), tried.most_at_once) == (1, 1)
    assert (tried.openings, tried.raises) == (3, 2)
    assert tried.weeks[date(2025, 5, 19)] == 1
    assert (thing.first, thing.level) == (date(2025, 5, 21), 2)
    assert not Alert.objects.exists(), "a trial writes nothing"


def test_a_rule_is_tried_from_a_file_or_by_its_code(city: City, rule: Any, tmp_path: Path) -> None:
    rule(levels={"watch": 1}, **LIVE)
    task(city, State.IN_PROGRESS_LATE)
    said, file = io.StringIO(), tmp_path / "chat_hon.yaml"
    entry = {**ENTRY, "code": "chat_hon", "levels": {"watch": 400}, "hears": {"watch": ["person"]}}
    file.write_text(
        yaml.safe_dump({**entry, "next_review": date(2026, 1, 15)}, allow_unicode=True), encoding="utf-8"
    )
    for asked, calls in (("qua_han", 1), (str(file), 0)):
        call_command("try_rule", asked, "--from", "01/07/2025", "--to", "09/07/2025", stdout=said)
        tried = json.loads(said.getvalue())
        assert (tried["calls"], tried["working_days"]) == (calls, 7)
        said.truncate(said.seek(0))
    with pytest.raises(CommandError, match="Không có quy tắc hay tệp"):
        call_command("try_rule", "khong_co")
