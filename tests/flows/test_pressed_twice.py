"""Whoever presses four times in one instant has acted once: each call is answered as the first, nothing doubles."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import override_settings
from tests import builders
from tests.alerts.conftest import stored_rule
from tests.alerts.test_merging import seen as condition
from tests.builders import TODAY, World
from tests.dossiers.conftest import furnish
from tests.dossiers.pressing import DossierDeeds
from tests.emptying import empty_all
from tests.house.verbs import ONE_BY_ONE, SHOWN_ONCE, verbs_with_client_id
from tests.offers.pressing import OfferDeeds
from tests.procedures.records import lines, record
from tests.queues.pressing import QueueDeeds
from tests.reports.material import template
from tests.sources.test_submitting import BODY, GOOD, declare
from tests.tasks.test_importing import GOOD as ROW
from tests.tasks.test_importing import sheet

from namro.alerts import actions as alerts
from namro.alerts.models import Alert
from namro.alerts.terms import Outcome, Subject
from namro.assistant import actions as assistant
from namro.assistant.models import Turn
from namro.audit.actions import take_turn
from namro.audit.models import Entry
from namro.dossiers import actions as dossiers
from namro.flows.alert_tasks import draft_of_alert
from namro.flows.handover import HandedOver, hand_over
from namro.ground import clock
from namro.ground.period import Period
from namro.organisation.models import Person
from namro.organisation.queries import viewer
from namro.organisation.terms import Role, Viewer
from namro.outside.payments import Notice
from namro.procedures import actions as procedures
from namro.reports import actions as reports
from namro.sources import actions as sources
from namro.sources.actions.drafts import begin_draft, begin_revision
from namro.sources.models import Source
from namro.sources.terms.drafts import WEB
from namro.tasks import actions as tasks
from namro.tasks.actions import importing
from namro.tasks.actions.act import Done
from namro.tasks.actions.importing.writing import Written
from namro.tasks.models import Task
from namro.tasks.terms import State

TIMES = 4
LATER = date(2026, 3, 2)
Call = Callable[[], object]


class Deeds(DossierDeeds, OfferDeeds, QueueDeeds):
    """For each verb a call that may be made now, prepared in a city that everybody sees."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.codes = world, count(1)
        self.hall, self.folder = furnish(folder, world.city), folder
        self.lead = builders.person(Role.AGENCY_LEAD, world.agencies[1])
        self.administrator = world.people[Role.ADMINISTRATOR]

    def tasks_put_directive(self) -> Call:
        said = {
            "kind": "Kế hoạch",
            "number": str(uuid4()),
            "issuer": "Ban Chỉ đạo",
            "day": TODAY,
            "title": "Kế hoạch",
        }
        return partial(
            tasks.put_directive, **said, register=self.world.registers["tw"], **self.by(Role.SECRETARIAT)
        )

    def tasks_draft(self) -> Call:
        return partial(tasks.draft, self._written(), **self.by(Role.SECRETARIAT))

    def tasks_edit(self) -> Call:
        draft = self.world.draft(self.world.agencies[1])
        return partial(
            tasks.edit, draft.pk, self._written(), version=draft.version, **self.by(Role.SECRETARIAT)
        )

    def tasks_issue(self) -> Call:
        draft = tasks.draft(self._written(), **self.by(Role.SECRETARIAT))
        return partial(tasks.issue, draft.pk, version=draft.version, **self.by(Role.SECRETARIAT))

    def tasks_withdraw(self) -> Call:
        return partial(tasks.withdraw, **self._on(), reason="Trùng việc", **self.by(Role.SECRETARIAT))

    def tasks_accept(self) -> Call:
        return partial(tasks.accept, **self._on(State.NOT_STARTED), **self.by(Role.OFFICER))

    def tasks_assign(self) -> Call:
        return partial(
            tasks.assign, **self._on(), person=self.world.people[Role.OFFICER], **self.by(Role.AGENCY_LEAD)
        )

    def tasks_report(self) -> Call:
        return partial(tasks.report, **self._on(), percent=40, words="Đã khảo sát", **self.by(Role.OFFICER))

    def tasks_submit(self) -> Call:
        files = [tasks.Attachment("ket-qua.txt", "Đã nghiệm thu".encode())]
        return partial(tasks.submit, **self._on(), words="Đã xong", files=files, **self.by(Role.OFFICER))

    def tasks_ask_extension(self) -> Call:
        asked = {"task_id": self._task().pk, "due_after": LATER, "reason": "Chờ vốn"}
        return partial(tasks.ask_extension, **asked, **self.by(Role.OFFICER))

    def tasks_approve(self) -> Call:
        return partial(tasks.approve, self._handed_in(), **self.by(Role.SECRETARIAT))

    def tasks_return_(self) -> Call:
        return partial(tasks.return_, self._handed_in(), reason="Thiếu biên bản", **self.by(Role.SECRETARIAT))

    def tasks_grant_extension(self) -> Call:
        ground = {"due_after": LATER, "granted_by": "Chủ tịch", "document": "12/CV, 08/07/2025"}
        return partial(tasks.grant_extension, **self._on(), **ground, **self.by(Role.STEERING))

    def tasks_refuse_extension(self) -> Call:
        asked: Any = self.tasks_ask_extension()()
        return partial(tasks.refuse_extension, asked.pk, answer="Không đủ lý do", **self.by(Role.STEERING))

    def tasks_comment(self) -> Call:
        return partial(tasks.comment, self._task().pk, text="Cần họp", **self.by(Role.OFFICER))

    def tasks_receive(self) -> Call:
        return partial(importing.receive, self._sheet(), name="mau.xlsx", **self.by(Role.SECRETARIAT))

    def tasks_write_good(self) -> Call:
        who = self.by(Role.SECRETARIAT)
        batch = importing.receive(self._sheet(), name="mau.xlsx", **who)
        return partial(importing.write_good, batch.pk, issue=False, by=who["by"], viewer=who["viewer"])

    def procedures_receive_import(self) -> Call:
        return partial(procedures.receive_import, **self._records(), **self.by(Role.SECRETARIAT))

    def procedures_publish_import(self) -> Call:
        batch = procedures.receive_import(**self._records(), **self.by(Role.SECRETARIAT))
        return partial(procedures.publish_import, batch.pk, valid_from=TODAY, **self.by(Role.SECRETARIAT))

    def procedures_discard_import(self) -> Call:
        batch = procedures.receive_import(**self._records(), **self.by(Role.SECRETARIAT))
        return partial(procedures.discard_import, batch.pk, **self.by(Role.SECRETARIAT))

    def assistant_give_opinion(self) -> Call:
        turn = Turn.objects.create(
            key=uuid4(),
            at=clock.now(),
            audience="public",
            kind="unknown",
            voice="composed",
            found_ms=1,
            total_ms=1,
        )
        said = {
            "is_useful": True,
            "why": "",
            "words": "",
            "question": "Hỏi gì?",
            "answer": {"kind": "unknown"},
        }
        return partial(assistant.give_opinion, turn.key, client_id=uuid4(), **said)

    def assistant_hand_over(self) -> Call:
        said = {"question": "Việc này hỏi ai?", "conversation": [], "contact": "", "client_id": uuid4()}
        return partial(assistant.hand_over, self.world.communes[0], **said)

    def flows_hand_over(self) -> Call:
        unit = self.world.agencies[1]
        giver, receiver = (builders.person(Role.OFFICER, unit) for _ in range(2))
        self.world.task(unit, lead_person=giver)
        post = giver.posts.get()
        return partial(hand_over, post=post, receiver=receiver, day=TODAY, **self.by(Role.ADMINISTRATOR))

    def flows_draft_of_alert(self) -> Call:
        return partial(draft_of_alert, self._alert().pk, self._written(), **self.by(Role.SECRETARIAT))

    def alerts_acknowledge(self) -> Call:
        return partial(alerts.acknowledge, [self._alert().pk], deadline=TODAY, **self.by(Role.OFFICER))

    def alerts_silence(self) -> Call:
        said = {"until": date(2025, 7, 10), "reason": "Đang họp"}
        return partial(alerts.silence, [self._alert().pk], **said, **self.by(Role.OFFICER))

    def alerts_close(self) -> Call:
        return partial(alerts.close, [self._alert().pk], reason="Đã xử lý", **self.by(Role.OFFICER))

    def alerts_note_task(self) -> Call:
        return partial(alerts.note_task, self._alert().pk, self._task().code, **self.by(Role.OFFICER))

    def alerts_put_on_duty(self) -> Call:
        stood = {"first": TODAY, "last": date(2025, 7, 11), "shift": "whole"}
        who = self.world.people[Role.OFFICER]
        return partial(
            alerts.put_on_duty, unit=self.world.agencies[1], person=who, **stood, **self.by(Role.OFFICER)
        )

    def alerts_hand_over_duty(self) -> Call:
        duty: Any = self.alerts_put_on_duty()()
        given = {"to": self.lead, "day": date(2025, 7, 10), "note": "Còn hai cảnh báo"}
        return partial(alerts.hand_over_duty, duty.pk, **given, **self.by(Role.OFFICER))

    def alerts_end_duty(self) -> Call:
        duty: Any = self.alerts_put_on_duty()()
        return partial(alerts.end_duty, duty.pk, **self.by(Role.OFFICER))

    def alerts_urge_by_hand(self) -> Call:
        key = f"task:{self._task().code}"
        subject = Subject(
            object_key=key, label="Việc", path="/", unit_id=self.world.agencies[1].pk, person_id=None, above_id=None,
            is_marked=False, alert_id=None,
        )  # fmt: skip
        return partial(alerts.urge_by_hand, subject, words="Báo cáo ngay", **self.by(Role.SECRETARIAT))

    def sources_submit(self) -> Call:
        sent = {
            "form": BODY["code"],
            "unit": self.world.communes[0],
            "period": Period.parse("2025-06"),
            "values": GOOD,
        }
        more = {"as_of": date(2025, 6, 30), "expected_version": 0}
        return partial(sources.submit, **sent, **more, **self.by(Role.COMMUNE_OFFICER))

    def sources_begin_draft(self) -> Call:
        said = {"name": f"Nguồn {uuid4().hex}", "means": "upload", "code": f"nguon_{uuid4().hex[:8]}"}
        return partial(begin_draft, **said, **self.by(Role.IOC_OPERATOR))

    def sources_begin_revision(self) -> Call:
        body = {"code": f"nguon_{uuid4().hex[:8]}", "connector": {"kind": "upload"}}
        source = Source.objects.create(
            code=body["code"], version=1, body=body, owner="H17.KHCN", next_review=LATER, package=WEB
        )
        return partial(begin_revision, source, **self.by(Role.ADMINISTRATOR))

    def reports_send(self) -> Call:
        due = {"first_period": "2025-06", "due": {"day_of_month": 15}, "kinds": ["department"]}
        owed = template({"text": "Đã làm."}, period="month", schedule=due)
        parcel = reports.Parcel(owed, self.world.agencies[1], Period.parse("2025-06"))
        return partial(reports.send, parcel, expected_version=0, **self.by(Role.AGENCY_LEAD))

    def by(self, role: Role) -> dict[str, Any]:
        """Who acts, and the number of the act."""
        person = self.world.people[role]
        return {"by": person, "viewer": sight(person), "client_id": uuid4()}

    def _records(self) -> dict[str, Any]:
        """A file with one procedure that nobody has sent before."""
        content = lines(record(f"3.{next(self.codes):06}"))
        return {"content": content, "name": "moi.jsonl", "is_complete": False}

    def _task(self, state: str = State.IN_PROGRESS, **more: object) -> Task:
        return self.world.task(self.world.agencies[1], state, **more)

    def _on(self, state: str = State.IN_PROGRESS, **more: object) -> dict[str, int]:
        """A task, and its version as the page showed it: who was seen and is repeated is not called stale."""
        task = self._task(state, **more)
        return {"task_id": task.pk, "version": task.version}

    def _handed_in(self) -> int:
        done: Any = self.tasks_submit()()
        return done.task.pk

    def _alert(self) -> Alert:
        key = f"task:{uuid4()}"
        rule = stored_rule(code=f"quy_tac_{uuid4().hex[:8]}")
        alerts.judge(TODAY, condition(rule, self.world.agencies[1].pk, {key: 2}))
        return Alert.objects.get(object_key=key)

    def _written(self) -> tasks.TaskDraft:
        unit = self.world.agencies[1]
        return tasks.TaskDraft(
            directive_id=self.world.directives["tw"].pk, title="Xây dựng cơ sở dữ liệu đất đai dùng chung",
            lead_unit_id=unit.pk, lead_person_id=self.lead.pk, start_day=TODAY, due_day=date(2025, 12, 30),
            authority="Giám đốc Sở quyết định; vượt thẩm quyền trình Chủ tịch UBND thành phố",
            escalate_to_id=self.world.city.pk, result="01 cơ sở dữ liệu được nghiệm thu, có biên bản",
        )  # fmt: skip

    def _sheet(self) -> bytes:
        directive = self.world.directives["tw"]
        named = {
            "Sổ theo dõi": "tw",
            "Số văn bản giao việc": directive.number,
            "Hạn hoàn thành": "30/12/2025",
        }
        return sheet(ROW | named | {"Nhiệm vụ": f"Việc {uuid4().hex}"})


def sight(person: Person) -> Viewer:
    """What the person may see."""
    found = viewer(person, TODAY)
    assert found is not None
    return found


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
    named = [*vars(Deeds), *vars(DossierDeeds), *vars(OfferDeeds), *vars(QueueDeeds)]
    return [name for name in named if not name.startswith("_") and name != "by"]


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


def together(calls: list[Call]) -> list[object]:
    """Make the calls at the same moment, each on a connection of its own; what came of each."""
    gate, got = Barrier(len(calls)), []

    def make(call: Call) -> None:
        connection.ensure_connection()
        gate.wait()
        try:
            got.append(call())
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is an answer, and the wrong one
            got.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=make, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


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
