"""One database server for the whole run, shared by the workers; one way to start the browser."""

import gc
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import translation
from hypothesis import HealthCheck, settings
from sqlalchemy import text
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from namro.config import place
from namro.config.readiness import database
from tests.emptying import empty_others

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# A browser run by root in a container cannot make its own sandbox; the rest keeps it from calling home.
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A demo city for the browser; programs that are started, killed and started again; a loaded place each.
TOGETHER = ("tests/browser/", "tests/start/", "tests/house/", "tests/security/")
# What takes longest begins first, so that no worker waits for the other at the end: these, and the files that load
# the demo; the rest by how many tests they have.
LONGEST_FIRST = (
    *TOGETHER, "tests/reports/test_conference.py", "tests/flows/test_load.py", "tests/flows/test_daily.py",
)  # fmt: skip
server = ExitStack()
# No test asserts a time: a busy machine draws and runs slowly, and that is no fault of the code.
# Each run tries the same examples: it fails for what was changed. `--hypothesis-profile=search` tries others.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("house", settings.get_profile("search"), derandomize=True)
settings.load_profile("house")


class ByPlace(LoadScopeScheduling):
    """Gives each worker whole files, folders where tests share what takes long to make, and the longest first."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=_turn), last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", maxsplit=1)[0]
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def _turn(scope: str) -> int:
    """Return when a place is given out: its number among the longest, or after them."""
    return LONGEST_FIRST.index(scope) if scope in LONGEST_FIRST else len(LONGEST_FIRST)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByPlace:
    """Share the tests out among the workers (the marks of xdist's own groups are not heard by this pytest)."""
    return ByPlace(config, log)


def pytest_configure(config: pytest.Config) -> None:
    """Start the database server in pytest's first process; the workers find it by the place they inherit."""
    gc.set_threshold(50_000, 20, 50)  # as a command does
    if not hasattr(config, "workerinput"):
        server.enter_context(database())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and throw its place away."""
    if not hasattr(config, "workerinput"):
        server.close()
        shutil.rmtree(place.data_folder(), ignore_errors=True)


@pytest.fixture(autouse=True)
def _attachments_go_nowhere(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Give each test its own folder for files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    yield


@pytest.fixture(autouse=True)
def _nothing_stays(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Empty after a test that commits what Django, which empties its own tables, leaves."""
    yield
    mark = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (mark and mark.kwargs.get("transaction")):
        with django_db_blocker.unblock():
            empty_others()


@pytest.fixture
def lake(db: None) -> Iterator[None]:
    """A lake without tables. Its catalogue has connections of its own: what a test lands is forgotten after it."""

    from namro.lake.catalogue import catalogue  # its settings are Django's, which pytest configures later

    def forget() -> None:
        with catalogue().engine.begin() as connection:
            connection.execute(text("DELETE FROM iceberg_tables"))

    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def _vietnamese_again() -> Iterator[None]:
    """End each test in the first language, whatever language its last page was asked for in."""
    yield
    translation.activate(django_settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the system's Chromium rather than one that Playwright would download."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {**browser_type_launch_args, "executable_path": program, "args": BROWSER_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Browse as a person in Đà Nẵng."""
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
