"""The only door to time: what moment and what day it is in Việt Nam."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FIXED_DAY = "NAMRO_TODAY"

_set_here: ContextVar[date | None] = ContextVar("namro_clock", default=None)


def now() -> datetime:
    """Return the present moment in Vietnamese time; on a fixed day the time of day still runs."""
    fixed = _set_here.get() or _fixed_by_environment()
    if isinstance(fixed, datetime):
        return fixed
    real = datetime.now(VIETNAM)  # noqa: TID251 - this is the door itself
    if fixed is None:
        return real
    return datetime.combine(fixed, real.time(), VIETNAM)


def today() -> date:
    """Return the present day in Việt Nam."""
    return now().date()


def is_set() -> bool:
    """Whether the clock is set by hand here (`at`), so that what was read a moment ago may be of another day."""
    return _set_here.get() is not None


@contextmanager
def at(moment: date) -> Iterator[None]:
    """Set the clock inside a `with`: a day lets the time of day run, an aware datetime stands still."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(VIETNAM)
    token = _set_here.set(moment)
    try:
        yield
    finally:
        _set_here.reset(token)


def _fixed_by_environment() -> date | None:
    """Return the day of NAMRO_TODAY, None if unset; ValueError if it is no ISO day."""
    text = os.environ.get(FIXED_DAY, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{FIXED_DAY}={text!r} không phải là một ngày dạng 2025-07-09") from None
