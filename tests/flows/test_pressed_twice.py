"""Whoever presses four times in one instant has acted once: each call is answered as the first, nothing doubles."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import override_settings
from tests import builders
from tests.assistant.pressing import AssistantDeeds
from tests.builders import TODAY, World
from tests.dossiers.conftest import furnish
from tests.dossiers.pressing import DossierDeeds
from tests.emptying import empty_all
from tests.flows.pressing import FlowDeeds
from tests.house.verbs import ONE_BY_ONE, SHOWN_ONCE, verbs_with_client_id
from tests.offers.pressing import OfferDeeds
from tests.procedures.pressing import ProcedureDeeds
from tests.queues.pressing import QueueDeeds
from tests.reports.pressing import ReportDeeds
from tests.sources.material import BODY, declare
from tests.sources.pressing import SourceDeeds
from tests.together import together

from namro.alerts.terms import Outcome
from namro.audit.actions import take_turn
from namro.audit.models import Entry
from namro.dossiers import actions as dossiers
from namro.flows.handover import HandedOver
from namro.ground import clock
from namro.organisation.terms import Role
from namro.outside.payments import Notice
from namro.tasks.actions.act import Done
from namro.tasks.actions.importing.writing import Written

TIMES = 4


class Deeds(
    AssistantDeeds, DossierDeeds, FlowDeeds, OfferDeeds, ProcedureDeeds, QueueDeeds, ReportDeeds, SourceDeeds
):
    """For each verb a call that may be made now, prepared in a city that everybody sees."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.codes = world, count(1)
        self.hall, self.folder = furnish(folder, world.city), folder
        self.lead = builders.person(Role.AGENCY_LEAD, world.agencies[1])


@pytest.fixture(scope="module")
def deeds(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Deeds]:
    """One city for all of these tests, stored so that every connection sees it; everything is emptied at the end."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv(clock.FIXED_DAY, TODAY.isoformat())
        declare(BODY)
        yield Deeds(builders.world(), tmp_path_factory.mktemp("package"))
        empty_all()


def tried() -> list[str]:
    """Return the verbs that are tried: every method of `Deeds` that is named by a domain and a verb."""
    return [name for name in dir(Deeds) if not name.startswith("_") and name != "by"]


def test_every_verb_that_takes_the_number_of_an_act_is_tried() -> None:
    # Importing has no number of its own when it writes; a handover hands over the tasks.
    alone = {name.replace(".", "_") for name in set(verbs_with_client_id()) - ONE_BY_ONE - SHOWN_ONCE}
    assert alone - {"tasks_hand_over_tasks"} == set(tried()) - {"tasks_write_good"}


def test_a_turn_is_held_once_however_often_it_is_taken_and_only_in_a_transaction(db: None) -> None:
    mark = uuid4()
    take_turn(mark)
    take_turn(mark)  # a verb calls another with the number of the act: it does not wait for itself
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("verb", tried())
def test_pressed_four_times_it_is_done_once(deeds: Deeds, verb: str, tmp_path: Any) -> None:
    with override_settings(MEDIA_ROOT=tmp_path):
        call = getattr(deeds, verb)()
        before = Entry.objects.count()
        answers = [told(answer) for answer in together([call] * TIMES)]
        assert answers == answers[:1] * TIMES
        lines = Entry.objects.order_by("pk").values_list("verb", "kind", "key")[before:]
        assert lines
        assert max(Counter(lines).values()) == 1
        assert told(call()) == answers[0]


def told(answer: object) -> object:
    """What a person is told by an answer, or what went wrong, in a form that can be compared."""
    match answer:
        case Done():
            return answer.moment.pk
        case dossiers.Done():
            return answer.event.pk
        case HandedOver():
            return answer.post.pk
        case Written():
            return answer.batch.pk
        case Exception() | Outcome() | None:
            return answer
        case _:
            return getattr(answer, "pk", answer)


def test_of_two_who_take_one_dossier_in_one_instant_one_is_refused(deeds: Deeds) -> None:
    dossier = deeds.hall.at_desk()
    takers = [partial(dossiers.claim, dossier.pk, **deeds.hall.by(name)) for name in ("settler", "colleague")]
    got = together(takers)
    assert sorted(type(each).__name__ for each in got) == ["Done", "Refused"]
    dossier.refresh_from_db()
    assert [each.dossier.holder_id for each in got if isinstance(each, dossiers.Done)] == [dossier.holder_id]


def test_codes_drawn_in_one_instant_follow_each_other(deeds: Deeds) -> None:
    draft, first = deeds.hall.draft(), deeds.hall.filed()
    got: list[Any] = together([partial(dossiers.file, draft, **deeds.hall.by("citizen")) for _ in range(6)])
    serials = sorted(int(each.code.rpartition("-")[2]) for each in got)
    start = int((first.code or "").rpartition("-")[2])
    assert serials == list(range(start + 1, start + 7))


def test_a_fee_paid_twice_in_one_instant_is_paid_once_and_owed_back_once(deeds: Deeds) -> None:
    dossier = deeds._owing()
    orders = [dossiers.begin_payment(dossier.pk, **deeds.hall.by("citizen")) for _ in range(2)]
    words = [Notice(order.reference, order.amount, is_paid=True, number=order.reference) for order in orders]
    together([partial(dossiers.hear_payment, word, gateway="thử") for word in words * 2])
    assert sorted(dossier.payments.values_list("state", flat=True)) == ["paid", "to_pay_back"]
