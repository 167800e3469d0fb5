"""Counts of any day: the running tally says what counting the spans by hand says."""

import random
from datetime import date, timedelta

import pytest
from tests.tasks.conftest import PROOF

from namro.ground import clock
from namro.organisation.models import Unit
from namro.organisation.terms import Refused
from namro.tasks import actions
from namro.tasks.actions import rebuild
from namro.tasks.actions.tally import rebuild_below
from namro.tasks.models import Register, Span, Tally, TallyBelow, Task
from namro.tasks.queries import (
    Counts,
    TaskFilter,
    count_up_to,
    counts_by_register,
    daily_counts,
    longest_overdue,
    page_of,
)
from namro.tasks.terms import STATE_GROUPS, State

pytestmark = pytest.mark.django_db


def lived(city, issued, seed: int = 57) -> list[Task]:
    """Twelve tasks that live through half a year as chance has it, marks included."""
    chance = random.Random(seed)
    tasks = []
    for number in range(12):
        due = date(2025, 3, 20) + timedelta(days=chance.randrange(120))
        mark = "confidential" if number % 5 == 4 else "normal"
        tasks.append(issued(title=f"Việc số {number}", due_day=due, mark=mark))
    for day in range(4, 150, 3):
        with clock.at(date(2025, 3, 3) + timedelta(days=day)):
            live_a_day(city, chance.choice(tasks), chance)
    return tasks


def live_a_day(city, task: Task, chance: random.Random) -> None:
    steps = [
        lambda: actions.accept(task.pk, **city.as_("lead")),
        lambda: actions.report(task.pk, percent=chance.randrange(100), words="đang làm", **city.as_("lead")),
        lambda: actions.submit(task.pk, words="xong", files=[PROOF], **city.as_("lead")),
        lambda: actions.approve(task.pk, **city.as_("secretary")),
        lambda: actions.return_(task.pk, reason="thiếu", **city.as_("secretary")),
        lambda: actions.grant_extension(
            task.pk,
            due_after=clock.today() + timedelta(days=30),
            granted_by="PCT",
            document="CV",
            **city.as_("chair"),
        ),
        lambda: actions.withdraw(task.pk, reason="trùng", **city.as_("secretary")),
    ]
    for step in chance.sample(steps[: 6 if chance.random() < 0.9 else 7], 3):
        try:
            step()
        except Refused:
            continue


def by_hand(day: date) -> dict[str, int]:
    found: dict[str, int] = {}
    for span in Span.objects.all():
        if span.start <= day < span.end:
            found[span.state] = found.get(span.state, 0) + 1
    return found


def test_the_tally_of_each_day_is_the_count_by_hand(city, issued):
    lived(city, issued)
    units, registers = [unit.pk for unit in city.units.values()], [city.register.pk]
    for offset in range(0, 240, 7):
        day = date(2025, 3, 1) + timedelta(days=offset)
        counted = daily_counts(day, unit_ids=units, register_ids=registers)
        total = sum(counted.values(), start=type(next(iter(counted.values()), None))()) if counted else None
        hand = by_hand(day)
        for state in (
            "not_started",
            "not_started_late",
            "in_progress",
            "in_progress_late",
            "done",
            "done_late",
        ):
            assert (getattr(total, state) if total else 0) == hand.get(state, 0), (day, state)


def test_lists_of_every_state_hold_as_many_tasks_as_the_count_says_today_and_then(city, issued):
    lived(city, issued)
    viewer = city.viewer("secretary")
    for today in (date(2025, 5, 5), date(2025, 7, 31)):
        with clock.at(date(2025, 7, 31)):
            counts = counts_by_register(viewer, today, tops=[top(city).pk], register_ids=[city.register.pk])
            counted = counts[city.register.pk]
            for group, states in STATE_GROUPS.items():
                wanted = sum(getattr(counted, state.value) for state in states)
                listed = count_up_to(viewer, TaskFilter(state=group, day=today))
                assert listed == wanted, (today, group)


def top(city) -> Unit:
    """The unit above all others."""
    return min(city.units.values(), key=lambda unit: len(unit.path))


def below_by_hand(unit: Unit, day: date) -> Counts:
    """What all units below lead, one by one."""
    under = Unit.objects.below(unit).exclude(pk=unit.pk).values_list("pk", flat=True)
    counted = daily_counts(
        day, unit_ids=list(under), register_ids=list(Register.objects.values_list("pk", flat=True))
    )
    return sum(counted.values(), Counts())


def carried(unit: Unit, day: date) -> Counts:
    """What the tally below the unit says of the day."""
    found = Counts()
    for mark in (False, True):
        last = TallyBelow.objects.filter(unit=unit, is_marked=mark, day__lte=day).order_by("-day").first()
        found += Counts(*(getattr(last, state.value) for state in State)) if last else Counts()
    return found


def test_what_stands_below_is_carried_up_with_every_act_as_if_counted_anew(city, issued):
    lived(city, issued)
    above = [unit for unit in city.units.values() if Unit.objects.filter(parent=unit).exists()]
    days = [date(2025, 3, 1) + timedelta(days=offset) for offset in range(0, 240, 7)]
    by_acts = {(unit.pk, day): carried(unit, day) for unit in above for day in days}
    assert any(counts.total for counts in by_acts.values())
    for unit in above:
        for day in days:
            assert by_acts[unit.pk, day] == below_by_hand(unit, day), (unit, day)
    rebuild_below()
    assert by_acts == {(unit.pk, day): carried(unit, day) for unit in above for day in days}


def test_a_unit_that_moves_takes_its_tasks_along_once_the_tree_is_loaded_anew(city, issued):
    issued()
    unit, day = city.units["H17.KHCN"], clock.today()
    old = unit.parent
    other = next(u for u in city.units.values() if u.pk not in {unit.pk, old.pk} and u.parent_id)
    Unit.objects.filter(pk=unit.pk).update(parent=other)
    rebuild_below()
    assert carried(other, day).total == 1


def test_rebuilding_changes_nothing(city, issued):
    tasks = lived(city, issued)
    before = sorted(
        Tally.objects.values_list("register", "unit", "is_marked", "day", "done", "in_progress_late")
    )
    spans = sorted(Span.objects.values_list("task", "state", "start", "end"))
    columns = sorted(Task.objects.values_list("pk", "stage", "late_from", "done_late"))
    rebuild([task.pk for task in tasks])
    assert before == sorted(
        Tally.objects.values_list("register", "unit", "is_marked", "day", "done", "in_progress_late")
    )
    assert spans == sorted(Span.objects.values_list("task", "state", "start", "end"))
    assert columns == sorted(Task.objects.values_list("pk", "stage", "late_from", "done_late"))


def test_who_may_not_see_marked_tasks_does_not_count_them(city, issued):
    issued()
    issued(mark="confidential", lead_person_id=city.people["lead"].pk)
    everything = {"tops": [top(city).pk], "register_ids": [city.register.pk]}
    day = clock.today()
    assert counts_by_register(city.viewer("lead"), day, **everything)[city.register.pk].total == 2
    assert counts_by_register(city.viewer("officer"), day, **everything)[city.register.pk].total == 1
    assert len(page_of(city.viewer("officer"), TaskFilter()).tasks) == 1


ASKED = [
    TaskFilter(),
    TaskFilter(state="open"),
    TaskFilter(state="in_time", words="viec"),
    TaskFilter(day=date(2025, 3, 4), state="open"),
]


@pytest.mark.parametrize("asked", ASKED)
def test_pages_follow_each_other_without_gap_or_repetition(city, issued, asked):
    for number in range(7):
        issued(title=f"Việc {number}", due_day=date(2025, 6, 30) if number < 4 else date(2025, 5, 5))
    viewer, after, seen = city.viewer("secretary"), "", []
    while True:
        page = page_of(viewer, asked, after=after, size=3)
        seen += [task.pk for task in page.tasks]
        after = page.after
        if not after:
            break
    assert sorted(seen) == sorted(Task.objects.values_list("pk", flat=True))
    assert len(seen) == 7


def test_common_words_are_found_by_walking_and_say_the_same(city, issued, monkeypatch):
    for number in range(7):
        issued(title=f"Số hóa đợt {number}")
    issued(title="Phủ sóng")
    viewer, asked = city.viewer("secretary"), TaskFilter(words="số hóa")
    by_index = [t.pk for t in page_of(viewer, asked).tasks]
    assert len(by_index) == 7
    first = page_of(viewer, asked, size=3)
    second = page_of(viewer, asked, size=3, after=first.after)
    assert [t.pk for t in first.tasks + second.tasks] == by_index[:6]
    monkeypatch.setattr("namro.tasks.queries.paging.MOST_FOUND", 5)
    assert count_up_to(viewer, asked) == 6


def test_found_with_and_without_marks_and_by_the_beginning_of_a_word(city, issued):
    task = issued(title="Số hóa tài liệu lưu trữ của huyện Đại Lộc cũ")
    issued(title="Phủ sóng 4G cho các thôn vùng lõm")
    viewer = city.viewer("secretary")
    for words in ("số hóa", "so hoa tai lieu", "SỐ HOÁ", "dai loc", "lưu tr", "so hoa tai li"):
        assert [t.pk for t in page_of(viewer, TaskFilter(words=words)).tasks] == [task.pk], words
    assert page_of(viewer, TaskFilter(words="&|!' :*")).tasks is not None


def test_a_unit_sees_its_own_and_those_it_cooperates_in(city, issued):
    mine = issued(cooperating_ids=(city.units["20200"].pk,))
    issued(title="Việc khác")
    officer = city.viewer("hoa_khanh")
    for involvement, found in (("", [mine.pk]), ("cooperating", [mine.pk]), ("lead", [])):
        assert [t.pk for t in page_of(officer, TaskFilter(involvement=involvement)).tasks] == found
    assert page_of(city.viewer("tra_linh"), TaskFilter(involvement="")).tasks == []


def test_the_longest_overdue_of_a_past_day_are_those_of_its_list(city, issued):
    lived(city, issued)
    found = 0
    with clock.at(date(2025, 7, 31)):
        for who in ("secretary", "officer"):
            viewer = city.viewer(who)
            for offset in range(0, 140, 10):
                asked = TaskFilter(
                    state="overdue", unit_id=top(city).pk, day=date(2025, 3, 10) + timedelta(days=offset)
                )
                listed = sorted((task.since, task.pk) for task in page_of(viewer, asked).tasks)
                longest = [(task.since, task.pk) for task in longest_overdue(viewer, asked, 3)]
                assert longest == listed[:3], (who, asked.day)
                found += len(longest)
    assert found
