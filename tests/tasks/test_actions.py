"""What people do to tasks, on a real database."""

import threading
from datetime import date
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.tasks.conftest import PROOF

from namro.audit.models import Entry
from namro.ground import clock
from namro.organisation.terms import Refused
from namro.tasks import actions
from namro.tasks.models import Moment, Span, Task
from namro.tasks.terms import Stage

pytestmark = pytest.mark.django_db


def test_a_task_goes_from_draft_to_done_and_every_step_is_on_record(city, submitted):
    task = submitted()
    done = actions.approve(task.pk, **city.as_("secretary")).task
    assert done.stage == Stage.DONE
    assert list(Moment.objects.filter(task=task).values_list("verb", flat=True)) == [
        "draft", "issue", "accept", "submit", "approve",
    ]  # fmt: skip
    logged = Entry.objects.filter(kind="tasks.task", key=str(task.pk)).order_by("id")
    assert [entry.verb for entry in logged] == ["draft", "issue", "accept", "submit", "approve"]
    assert logged[4].before["stage"] == "submitted"
    assert logged[4].after["stage"] == "done"


def test_the_same_act_sent_twice_after_a_power_cut_counts_once(city, issued):
    task = issued()
    once = city.as_("officer")
    first = actions.accept(task.pk, **once)
    second = actions.accept(task.pk, **once)
    assert second.repeated
    assert second.moment.pk == first.moment.pk
    assert Moment.objects.filter(task=task, verb="accept").count() == 1


def test_a_draft_written_twice_with_one_id_is_one_task(city, drafted):
    first = drafted()
    again = actions.draft(
        actions.TaskDraft(directive_id=city.directive.pk, title="khác"),
        client_id=first.client_id,
        by=city.people["secretary"],
        viewer=city.viewer("secretary"),
    )
    assert again.pk == first.pk


def test_two_people_at_once_the_second_is_told_who_was_first(city, issued):
    task = issued()
    actions.accept(task.pk, version=task.version, **city.as_("lead"))
    with pytest.raises(Refused, match="Người lead"):
        actions.report(task.pk, percent=10, words="bắt đầu", version=task.version, **city.as_("officer"))


@pytest.mark.parametrize(
    ("clear", "changed"),
    [
        ("người", {"lead_person_id": None}),
        ("thẩm quyền", {"authority": "", "escalate_to_id": None}),
        ("kết quả", {"result": ""}),
    ],
)
def test_a_task_is_not_issued_while_a_clear_is_missing(city, drafted, clear, changed):
    task = drafted(**changed)
    with pytest.raises(Refused, match=clear):
        actions.issue(task.pk, **city.as_("secretary"))
    assert Task.objects.get(pk=task.pk).stage == Stage.DRAFT


def test_a_result_needs_evidence(city, issued):
    task = issued()
    actions.accept(task.pk, **city.as_("officer"))
    with pytest.raises(Refused, match="minh chứng"):
        actions.submit(task.pk, words="xong", **city.as_("officer"))
    task.refresh_from_db()
    assert task.stage == Stage.ACCEPTED


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bao-cao.pdf", b"MZ\x90\x00\x03 program"),
        ("anh.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("so-lieu.xlsx", b"PK\x03\x04 not really a zip"),
        ("rong.pdf", b""),
    ],
)
def test_a_disguised_file_is_refused_by_its_content_and_nothing_is_kept(city, issued, name, content):
    task = issued()
    actions.accept(task.pk, **city.as_("officer"))
    with pytest.raises(Refused, match=name), transaction.atomic():
        actions.submit(
            task.pk, words="xong", files=[PROOF, actions.Attachment(name, content)], **city.as_("officer")
        )
    assert not Task.objects.get(pk=task.pk).evidence.exists()


def test_a_commune_cannot_open_or_touch_another_units_task(city, issued):
    task = issued()
    with pytest.raises(Task.DoesNotExist):
        actions.accept(task.pk, **city.as_("hoa_khanh"))


def test_a_cooperating_commune_sees_the_task_but_does_not_lead_it(city, issued):
    task = issued(cooperating_ids=(city.units["20200"].pk,))
    with pytest.raises(Refused, match="đơn vị khác"):
        actions.accept(task.pk, **city.as_("hoa_khanh"))


def test_an_extension_names_who_granted_it_and_the_lateness_before_it_stays(city, issued):
    task = issued()
    actions.accept(task.pk, **city.as_("officer"))
    with clock.at(date(2025, 7, 10)):
        asked = actions.ask_extension(
            task.pk, due_after=date(2025, 8, 29), reason="Mất điện ba ngày", **city.as_("officer")
        )
        with pytest.raises(Refused, match="văn bản"):
            actions.grant_extension(
                task.pk,
                due_after=date(2025, 8, 29),
                granted_by="Phó Chủ tịch",
                document=" ",
                **city.as_("chair"),
            )
        granted = actions.grant_extension(
            task.pk, due_after=date(2025, 8, 29), granted_by="Phó Chủ tịch UBND", document="Công văn 12/UBND",
            **city.as_("chair"),
        )  # fmt: skip
    assert granted.pk == asked.pk
    assert granted.due_before == date(2025, 6, 30)
    states = list(Span.objects.filter(task=task).order_by("start").values_list("state", "start"))
    assert ("not_started_late", date(2025, 7, 1)) in states
    assert states[-2:] == [("not_started", date(2025, 7, 10)), ("not_started_late", date(2025, 8, 30))]


def test_granting_twice_with_one_id_extends_once(city, issued):
    task = issued()
    once = city.as_("chair")
    ground = {"due_after": date(2025, 8, 29), "granted_by": "Phó Chủ tịch", "document": "CV 12"}
    first = actions.grant_extension(task.pk, **ground, **once)
    second = actions.grant_extension(task.pk, **ground, **once)
    assert first.pk == second.pk
    assert Moment.objects.filter(task=task, verb="grant_extension").count() == 1


def test_the_secretariat_does_not_grant_extensions(city, issued):
    with pytest.raises(Refused, match="Ban Chỉ đạo"):
        actions.grant_extension(
            issued().pk, due_after=date(2025, 8, 29), granted_by="x", document="y", **city.as_("secretary")
        )


def test_a_returned_result_must_say_why(city, submitted):
    task = submitted()
    with pytest.raises(Refused, match="lý do"):
        actions.return_(task.pk, reason=" ", **city.as_("secretary"))
    back = actions.return_(task.pk, reason="Thiếu biên bản nghiệm thu", **city.as_("secretary"))
    assert back.task.stage == Stage.IN_PROGRESS


def test_history_cannot_be_changed_even_by_hand(city, issued):
    task = issued()
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        Moment.objects.filter(task=task).update(day=date(2020, 1, 1))
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()


def test_the_ended_unit_and_the_country_may_not_lead(city, drafted):
    with pytest.raises(Refused, match="không phải cơ quan thực hiện"):
        drafted(lead_unit_id=city.units["VN"].pk, lead_person_id=None)
    old = city.units["20950"]
    old.valid_to = date(2025, 2, 1)
    old.save()
    with pytest.raises(Refused, match="đã chấm dứt"):
        drafted(lead_unit_id=old.pk, lead_person_id=None)


def test_issuing_many_says_for_each_why_it_did_not_go(city, drafted):
    good, bad = drafted(), drafted(result="")
    issued_now, refused = actions.issue_many([good.pk, bad.pk], **city.as_("secretary"))
    assert [task.pk for task in issued_now] == [good.pk]
    assert [task_id for task_id, _ in refused] == [bad.pk]


@pytest.mark.django_db(transaction=True)
def test_ten_people_pressing_the_same_button_at_once_accept_once(city, issued):
    task = issued()
    client_id, results = uuid4(), []
    arguments = {"by": city.people["officer"], "viewer": city.viewer("officer"), "client_id": client_id}

    def press() -> None:
        try:
            with clock.at(date(2025, 3, 3)):
                results.append(actions.accept(task.pk, **arguments).repeated)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(10)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(results) == [False] + [True] * 9
    assert Moment.objects.filter(task=task, verb="accept").count() == 1
