"""Every reviewed file has an owner that exists and a day of its next review that has not passed on the demo's day."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house.building import DAY, PACKAGE, ROOT

# Material of the demo is no definition; the head file and the sources' own figures are checked where they are read.
FOLDERS = ("indicators", "forms", "sources", "charts", "targets", "reports", "indices")
FILES = sorted(path for folder in FOLDERS for path in (PACKAGE / folder).rglob("*.yaml"))
LISTS = [
    PACKAGE / name
    for name in (
        *("registers.yaml", "clears.yaml", "clarity.yaml", "delivery.yaml"),
        *("procedures/catalogue.yaml", "procedures/life_events.yaml", "assistant/scope.yaml"),
        *("assistant/words.yaml", "law/law.yaml"),
        "queues/mot_cua.yaml",
        *("offers/registers.yaml", "dossiers/feedback.yaml", "quality/index766.yaml", "demo/onestop.yaml"),
        *("groups.yaml", "peers.yaml", "annotations.yaml", "demo/planted.yaml", "demo/rhythms.yaml"),
    )
] + sorted((PACKAGE / "offers" / "rules").glob("*.yaml"))


def said(file: Path) -> dict[str, Any]:
    """Return what a reviewed file says."""
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def unit_codes() -> set[str]:
    """Return the codes of the package's units."""
    rows: set[str] = set()
    for name in ("units.csv", "agencies.csv", "ministries.csv"):
        with (PACKAGE / "units" / name).open(encoding="utf-8") as file:
            rows |= {row["code"] for row in csv.DictReader(file)}
    return rows


def folder_of(file: Path) -> str:
    """Return which part of the package a file belongs to, however deep it lies."""
    return file.relative_to(PACKAGE).parts[0]


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_there_are_definitions_to_look_at() -> None:
    assert {folder_of(file) for file in FILES} == set(FOLDERS)


@pytest.mark.parametrize("file", [*FILES, *LISTS], ids=_name)
def test_a_definition_is_owned_and_reviewed(file: Path) -> None:
    found = said(file)
    assert found["owner"] in unit_codes()
    assert isinstance(found["next_review"], date)
    assert found["next_review"] > DAY


@pytest.mark.parametrize(
    "file", [path for path in FILES if folder_of(path) in ("indicators", "forms", "sources")], ids=_name
)
def test_an_indicator_and_a_form_say_why_they_matter_and_which_version_they_are(file: Path) -> None:
    found = said(file)
    assert found["code"] == file.stem
    assert found["version"] >= 1
    assert len(found["why"].split()) >= 5
