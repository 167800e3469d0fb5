"""A catalogue of ten procedures, the index declared, and a small world whose dossiers are of a December."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import builders
from tests.builders import World
from tests.procedures.conftest import package
from tests.quality.made import at

from namro.ground import clock
from namro.procedures.actions import load_package as load_procedures
from namro.quality.actions import load_package

PACKAGE = Path(__file__).parents[2] / "packages/danang"


@pytest.fixture
def world(db: None, tmp_path: Path) -> Iterator[World]:
    """A small world at noon on 31 December 2025."""
    with clock.at(at(31, hour=12)):
        made = builders.world()
        load_procedures(package(tmp_path))
        load_package(PACKAGE, made.city)
        yield made
