"""Two senders in the same instant, on two connections: one is stored, the other is told, nothing doubles."""

from collections.abc import Iterator
from datetime import date
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests.builders import TODAY, world
from tests.sources.test_submitting import BODY, GOOD, declare

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


def together(commune: Unit, marks: list[UUID]) -> list[object]:
    """Send once a mark at the same moment; return what each sender got."""
    gate, got = Barrier(len(marks)), []

    def send(mark: UUID) -> None:
        gate.wait()
        try:
            got.append(
                submit(
                    form="trang", unit=commune, period=Period.parse("2025-06"), values=GOOD, as_of=date(2025, 6, 30),
                    client_id=mark, expected_version=0, by=None, viewer=None,
                ).pk
            )  # fmt: skip
        except NewerVersion as refusal:
            got.append(refusal)
        finally:
            connection.close()

    senders = [Thread(target=send, args=(mark,)) for mark in marks]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return got


def test_two_senders_of_one_return(commune: Unit) -> None:
    got = together(commune, [uuid4() for _ in range(4)])
    assert sum(isinstance(result, NewerVersion) for result in got) == 3
    assert Submission.objects.count() == 1


def test_one_sender_who_presses_twice(commune: Unit) -> None:
    mark = uuid4()
    got = together(commune, [mark] * 4)
    assert len(set(got)) == 1
    assert Submission.objects.count() == 1
