"""A source whose files are dropped into a folder."""

from pathlib import Path
from typing import Any

import pytest
from tests.builders import TODAY
from tests.sources import landing
from tests.sources.landing import declared

from namro.flows.intake import run_source
from namro.ground import clock
from namro.outside.folder import inbox
from namro.sources.models import Batch


@pytest.fixture
def box(lake: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder into which the files of the test source are dropped."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    settings.NAMRO_INBOX = tmp_path / "inbox"
    landing.world()
    declared()
    folder = inbox("muc_nuoc")
    folder.mkdir(parents=True)
    return folder


def run() -> list[Batch]:
    """Fetch the test source."""
    return run_source("muc_nuoc")
