"""A process keeps the working calendar for a while, not for ever: swapped days may be loaded by another process."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from namro.organisation.models import SwappedDay
from namro.organisation.queries import calendar, forget_calendar, working_calendar

FRIDAY, SATURDAY = date(2025, 7, 11), date(2025, 7, 12)


@pytest.fixture
def forgotten(db: None) -> Iterator[None]:
    """No calendar is kept, neither from tests before nor for those after."""
    forget_calendar()
    yield
    forget_calendar()


def test_what_another_process_loaded_is_seen_when_the_stretch_is_over(
    forgotten: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NAMRO_CALENDAR_SECONDS = 60
    seen = []
    for seconds in (0, 59, 60):
        monkeypatch.setattr(calendar, "time", SimpleNamespace(monotonic=lambda now=seconds: now))
        seen.append(working_calendar().is_working(SATURDAY))
        SwappedDay.objects.get_or_create(off=FRIDAY, worked=SATURDAY, defaults={"source": "Thông báo thử"})
    assert seen == [False, False, True]
