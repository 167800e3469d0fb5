"""A small world that is asked for pages."""

import pytest
from tests.builders import TODAY, World, world
from tests.sources.material import BODY, declare

from namro.ground import clock


@pytest.fixture
def place(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """A small world that asks its communes for pages, on the day of the tests."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    declare(BODY)
    return world()
