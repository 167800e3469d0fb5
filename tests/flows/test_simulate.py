"""`namro simulate queue`: the same seed says the same; what is asked wrongly is said in a sentence."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from tests import builders
from tests.queues.conftest import NINE, put_office

from namro.ground import clock


@pytest.fixture
def _office(db: None, tmp_path: Path) -> Iterator[None]:
    with clock.at(NINE):
        builders.world(with_people=False)
        put_office(tmp_path)
        yield


def simulated(*more: str, unit: str = "20194") -> str:
    """Return what the command prints."""
    out = io.StringIO()
    call_command("simulate", "queue", "--unit", unit, "--days", "5", "--counters", "2-4", *more, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("_office")
def test_a_ward_gets_an_answer_in_words_and_as_json() -> None:
    assert simulated() == simulated()
    assert "Theo nhịp khai trong gói (giả định)" in simulated()
    said: dict[str, Any] = json.loads(
        simulated("--json", "--online", "60", "--booked", "30", "--limit", "20")
    )
    assert len(said["outcomes"]) == 12
    assert said["needed"]["booked"] <= (said["needed"]["old"] or 99)
    assert (said["online"], said["limit"]) == (0.6, 20)


@pytest.mark.usefixtures("_office")
@pytest.mark.parametrize(
    "wrong", [("--counters", "8-2"), ("--counters", "x"), ("--online", "120"), ("--limit", "0")]
)
def test_what_is_asked_wrongly_is_said(wrong: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        simulated(*wrong)


@pytest.mark.usefixtures("_office")
def test_a_unit_without_a_line_is_said() -> None:
    with pytest.raises(CommandError, match="không có nơi xếp hàng"):
        simulated(unit="20320")
