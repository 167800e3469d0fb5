"""The clock: Vietnamese time, a fixed day whose hours run, and a set clock inside a `with`."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from namro.ground import clock


def test_the_moment_is_aware_and_vietnamese() -> None:
    assert clock.now().utcoffset() == timedelta(hours=7)


def test_today_is_the_day_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAMRO_TODAY", raising=False)
    with time_machine.travel(datetime(2025, 7, 9, 17, 30, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2025, 7, 9, 17, 30, tzinfo=UTC)
        assert clock.today() == date(2025, 7, 10), "half past midnight in Đà Nẵng is already the next day"


def test_the_environment_fixes_the_day_and_the_hours_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMRO_TODAY", "2025-07-09")
    first, second = clock.now(), clock.now()
    assert clock.today() == date(2025, 7, 9)
    assert first.utcoffset() == timedelta(hours=7)
    assert first < second


def test_a_fixed_day_that_is_no_day_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMRO_TODAY", "09/07/2025")
    with pytest.raises(ValueError, match="NAMRO_TODAY"):
        clock.today()


def test_at_goes_before_the_environment_and_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMRO_TODAY", "2025-07-09")
    with clock.at(date(2026, 3, 11)):
        assert clock.today() == date(2026, 3, 11)
        with clock.at(date(2024, 2, 29)):
            assert clock.today() == date(2024, 2, 29)
        assert clock.today() == date(2026, 3, 11)
    assert clock.today() == date(2025, 7, 9)


def test_at_is_undone_by_a_fault() -> None:
    with pytest.raises(RuntimeError), clock.at(date(1999, 1, 1)):
        raise RuntimeError
    assert clock.today() != date(1999, 1, 1)


def test_a_moment_stands_still_and_is_told_in_vietnamese_time() -> None:
    with clock.at(datetime(2025, 7, 9, 20, 0, tzinfo=UTC)):
        assert clock.now() == clock.now() == datetime(2025, 7, 10, 3, 0, tzinfo=clock.VIETNAM)
        assert clock.today() == date(2025, 7, 10)
