"""The verbs of the queues, each ready to be pressed several times in one instant."""

from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.builders import TODAY, World, seen_by
from tests.pressing import Call
from tests.queues.conftest import put_office

from namro.organisation.terms import Role
from namro.queues import actions
from namro.queues.actions.booking import Asked
from namro.queues.actions.calling import Act
from namro.queues.models import Counter, Office, Ticket
from namro.queues.terms import Verb


class QueueDeeds:
    """For each verb a call that may be made now, at an office with two open counters."""

    world: World
    folder: Path

    def queues_issue_ticket(self) -> Call:
        return partial(actions.issue_ticket, self._office.pk, actions.Wanted("ho_tich"), client_id=uuid4())

    def queues_call_next(self) -> Call:
        self._waiting()
        return partial(actions.call_next, self._act(1), client_id=uuid4())

    def queues_act_on_ticket(self) -> Call:
        return partial(actions.act_on_ticket, self._waiting().client_id, self._act(2), client_id=uuid4())

    def queues_book(self) -> Call:
        service = self._office.services.get(code="chung_thuc")
        asked = Asked(service.pk, TODAY + timedelta(days=1), 540, "0905123456")
        return partial(actions.book, asked, client_id=uuid4())

    @cached_property
    def _office(self) -> Office:
        office, clerk = put_office(self.folder), self.world.people[Role.CLERK]
        for counter in office.counters.filter(number__lte=2):
            actions.open_counter(counter.pk, by=clerk, viewer=seen_by(clerk))
        return office

    def _waiting(self) -> Ticket:
        return actions.issue_ticket(self._office.pk, actions.Wanted("chung_thuc"), client_id=uuid4())

    def _act(self, number: int) -> Act:
        counter: Any = Counter.objects.get(office=self._office, number=number)
        clerk = self.world.people[Role.CLERK]
        return Act(Verb.CALL, counter.pk, clerk, seen_by(clerk))
