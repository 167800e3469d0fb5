"""An office with three counters and three services in the ward of the small world, on a Wednesday at nine."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests import builders
from tests.builders import World, seen_by

from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.organisation.models import Person
from namro.organisation.terms import Role
from namro.queues.actions import load_package, open_counter
from namro.queues.models import Counter, Office

NINE = datetime(2025, 7, 9, 9, tzinfo=VIETNAM)
SAID = """
owner: H17.NV
next_review: 2026-01-15
turns: {booked_head: 15, grace: 15}
priorities:
  - {code: cao_tuoi, name: Người cao tuổi, name_en: Elderly, head_start: 20, share: 0.1}
offices:
  - unit: "20194"
    hours: [["07:30", "11:30"], ["13:30", "17:30"]]
    slot_minutes: 30
    booking_days: 5
    most_waiting: 40
    near: 3
    level: 0.8
    services:
      - {code: chung_thuc, letter: A, name: Chứng thực, name_en: Copies, minutes: 6, spread: 3, places: 2, share: 0.5}
      - {code: ho_tich, letter: B, name: Hộ tịch, name_en: Civil status, minutes: 10, spread: 5, places: 1, share: 0.3}
      - {code: dat_dai, letter: C, name: Đất đai, name_en: Land, minutes: 14, spread: 6, places: 1, share: 0.2}
    counters:
      - {number: 1, services: [chung_thuc, ho_tich]}
      - {number: 2, services: [chung_thuc, ho_tich, dat_dai]}
      - {number: 3, services: [dat_dai]}
    rhythm:
      {dossiers: 60, visits_at_desk: 1.6, visits_online: 0.25, other_visits: 10, online: 0.5, booked: 0.2,
       weekdays: [1.2, 1, 1, 0.9, 0.9], profile: {"07:30": 2, "08:00": 3, "09:00": 2, "14:00": 2, "15:00": 1}}
"""


def package(folder: Path, said: str = SAID) -> Path:
    """Return a package that holds nothing but the queues."""
    (folder / "queues").mkdir(exist_ok=True)
    (folder / "queues" / "mot_cua.yaml").write_text(said, encoding="utf-8")
    return folder


def put_office(folder: Path) -> Office:
    """Load the package; return its office."""
    load_package(package(folder))
    return Office.objects.select_related("unit").get()


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """A small world at nine."""
    with clock.at(NINE):
        yield builders.world()


@pytest.fixture
def office(world: World, tmp_path: Path) -> Office:
    """The office of a ward."""
    return put_office(tmp_path)


@pytest.fixture
def clerk(world: World) -> Person:
    """The clerk of the ward."""
    return world.people[Role.CLERK]


@pytest.fixture
def counters(office: Office, clerk: Person) -> list[Counter]:
    """The counters by number, the first two open."""
    found = list(office.counters.all())
    for each in found[:2]:
        open_counter(each.pk, by=clerk, viewer=seen_by(clerk))
    return list(office.counters.all())
