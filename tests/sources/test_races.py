"""Two senders in the same instant, on two connections: one is stored, the other is told, nothing doubles."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from uuid import UUID, uuid4

import pytest
from tests.builders import TODAY, world
from tests.sources.material import BODY, GOOD, declare
from tests.together import together

from namro.ground import clock
from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.sources.actions import submit
from namro.sources.models import Submission
from namro.sources.terms import NewerVersion


@pytest.fixture
def commune(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Unit]:
    """A commune that is asked for pages."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    declare(BODY)
    yield world(with_people=False).communes[0]


def sending(commune: Unit, mark: UUID) -> Callable[[], object]:
    """Return a sender of the commune's return, who marks it so."""
    return partial(
        submit, form="trang", unit=commune, period=Period.parse("2025-06"), values=GOOD, as_of=date(2025, 6, 30),
        client_id=mark, expected_version=0, by=None, viewer=None,
    )  # fmt: skip


def test_two_senders_of_one_return(commune: Unit) -> None:
    got = together([sending(commune, uuid4()) for _ in range(4)])
    assert sum(isinstance(result, NewerVersion) for result in got) == 3
    assert Submission.objects.count() == 1


def test_one_sender_who_presses_twice(commune: Unit) -> None:
    mark = uuid4()
    got = together([sending(commune, mark)] * 4)
    assert len(set(got)) == 1
    assert Submission.objects.count() == 1
