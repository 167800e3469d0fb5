"""What is read of dossiers: lists by group and cursor, by words and code, where they wait, what the public sees."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.dossiers.conftest import NOW, Hall

from namro.dossiers import actions
from namro.dossiers.models import SeedRun
from namro.dossiers.queries import today
from namro.dossiers.queries.finding import Asked, Times
from namro.dossiers.queries.one import one
from namro.dossiers.queries.paging import counts, page_of
from namro.dossiers.queries.papers import papers_of, reusable_papers
from namro.dossiers.queries.workload import load_by_unit, load_of_unit
from namro.dossiers.terms import Group
from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.organisation.terms import Viewer

LATER = NOW + timedelta(days=7)


def reader(hall: Hall, name: str) -> Viewer:
    found = hall.hand(name).viewer
    assert found is not None
    return found


def codes(hall: Hall, who: str, asked: Asked, **more: object) -> list[str]:
    return [row.code for row in page_of(reader(hall, who), asked, **more).dossiers]  # type: ignore[arg-type]


@pytest.fixture
def filled(hall: Hall) -> dict[str, str]:
    """One dossier a group, by its group; the late one is looked at a week later."""
    waiting, stopped, decided = hall.filed(), hall.received(), hall.at_last_desk()
    actions.ask_supplement(stopped.pk, words="Thiếu giấy chứng sinh", **hall.by("clerk"))
    actions.decide(decided.pk, **hall.by("head"))
    late = hall.at_desk()
    actions.claim(late.pk, **hall.by("settler"))
    with clock.at(LATER - timedelta(days=5)):
        risky = hall.received(procedure_code="1.000003")
    with clock.at(LATER):
        fresh = hall.received(procedure_code="1.000005")
    gone = hall.filed()
    actions.withdraw(gone.pk, **hall.by("citizen"))
    rows = {"waiting": waiting, "stopped": stopped, "decided": decided, "late": late, "risky": risky}
    return {name: row.code or "" for name, row in (rows | {"fresh": fresh, "gone": gone}).items()}


def test_each_group_holds_its_own_what_is_due_first(hall: Hall, filled: dict[str, str]) -> None:
    with clock.at(LATER):
        groups = {group: codes(hall, "clerk", Asked(group)) for group in Group}
        held = counts(reader(hall, "clerk"), Asked(words="không đếm theo chữ"))
    assert groups[Group.RUNNING] == [filled["late"], filled["risky"], filled["fresh"]]
    assert groups[Group.LATE] == [filled["late"]]
    assert groups[Group.AT_RISK] == [filled["risky"]]
    assert groups[Group.TO_RECEIVE] == [filled["waiting"]]
    assert groups[Group.STOPPED] == [filled["stopped"]]
    assert groups[Group.TO_HAND_OVER] == [filled["decided"]]
    assert groups[Group.FINISHED] == [filled["gone"]]
    assert held == {group: len(found) for group, found in groups.items()}
    assert sorted(groups[Group.ALL]) == sorted(filled.values())


def test_pages_join_without_gap_or_double(hall: Hall, filled: dict[str, str]) -> None:
    for group in (Group.ALL, Group.RUNNING):
        whole, joined, after = codes(hall, "inspector", Asked(group)), [], ""
        while True:
            page = page_of(reader(hall, "inspector"), Asked(group), after=after, size=2)
            joined += [row.code for row in page.dossiers]
            if not (after := page.after):
                break
        assert joined == whole
    assert codes(hall, "clerk", Asked(Group.ALL), after="không phải con trỏ") == codes(
        hall, "clerk", Asked(Group.ALL)
    )


def test_found_by_words_without_marks_and_by_the_beginning_of_a_code(
    hall: Hall, filled: dict[str, str]
) -> None:
    every = Asked(Group.ALL, words="dang ky khai sinh mo")
    assert len(codes(hall, "clerk", every)) == 5
    assert codes(hall, "inspector", every) == codes(hall, "clerk", every)
    assert codes(hall, "inspector", Asked(Group.ALL, words="cap doi can cuo")) == [filled["risky"]]
    assert codes(hall, "inspector", Asked(Group.ALL, words="cap doi can cuoc")) == [filled["risky"]]
    assert codes(hall, "clerk", Asked(Group.ALL, words="h17.20200-250716")) == [filled["fresh"]]
    assert codes(hall, "clerk", Asked(Group.ALL, words="khai tử tuất")) == []


def test_who_sees_what(hall: Hall, filled: dict[str, str]) -> None:
    assert codes(hall, "other_clerk", Asked(Group.ALL)) == []
    assert codes(hall, "administrator", Asked(Group.ALL)) == []
    assert counts(reader(hall, "administrator"), Asked())[Group.ALL] == 0
    draft = hall.draft(channel="desk", applicant_id=hall.neighbour.pk)
    carried = actions.receive_at_desk(draft, **hall.by("other_clerk"))
    assert codes(hall, "other_clerk", Asked(Group.ALL, for_others=True)) == [carried.code]
    assert codes(hall, "other_clerk", Asked(Group.ALL, unit_id=hall.units["20200"].pk)) == []
    assert one(reader(hall, "other_clerk"), carried.code or "") == carried
    assert one(reader(hall, "other_clerk"), filled["late"]) is None


def test_where_dossiers_wait(hall: Hall, filled: dict[str, str]) -> None:
    with clock.at(LATER):
        times = Times.read()
        (ward,) = load_by_unit(reader(hall, "inspector"), times)
        desks = load_of_unit(reader(hall, "head"), hall.units["20200"].pk, times)
    assert (ward.load.running, ward.load.late, ward.load.at_risk) == (3, 1, 1)
    assert (ward.to_receive, ward.stopped, ward.to_hand_over) == (1, 1, 1)
    assert [(str(row.desk), str(row.holder), row.load.running) for row in desks] == [
        ("Thẩm tra, dự thảo kết quả", "Người settler", 1),
        ("None", "None", 2),
    ]
    assert desks[0].load.over_share == 1
    assert load_of_unit(reader(hall, "other_head"), hall.units["20200"].pk, times) == []


def test_what_the_public_sees_names_nobody(hall: Hall, filled: dict[str, str]) -> None:
    code = filled["stopped"]
    typed = Client().get(reverse("track"), {"ma": f" {code.lower()} "})
    assert typed.headers["Location"] == reverse("tracked", args=[code])
    page = Client().get(reverse("tracked", args=[code])).content.decode()
    for shown in (code, "Hồ sơ chờ bạn bổ sung", "Nộp hồ sơ", "Tiếp nhận hồ sơ", "Yêu cầu bổ sung hồ sơ"):
        assert shown in page
    for secret in (hall.citizen.name, "Người clerk", "Thiếu giấy"):
        assert secret not in page
    assert Client().get(reverse("tracked", args=["H17.20200-250709-9999"])).status_code == 404


def test_a_list_costs_as_many_queries_however_long_it_is(hall: Hall, filled: dict[str, str]) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            for row in page_of(reader(hall, "clerk"), Asked(Group.ALL)).dossiers:
                assert row.procedure.name
                assert all(map(str, (row.unit.label, row.applicant, row.desk, row.holder)))
        return len(seen)

    before = asked()
    for _ in range(3):
        hall.filed()
    assert asked() == before


def test_papers_handed_in_before_are_offered_again(hall: Hall) -> None:
    draft = actions.save_draft(hall.draft(), **hall.by("citizen"))
    names = [paper.name for paper in papers_of(draft.version)]
    assert names == ["Tờ khai", "Giấy chứng sinh", "Lời khai của người làm chứng"]
    paper = actions.take_paper("2", "giay.pdf", b"%PDF-1.7 mot to giay")
    actions.attach(draft.pk, paper=paper, **hall.by("citizen"))
    assert reusable_papers(hall.citizen) == []  # a draft was not handed in yet
    actions.submit(draft.pk, **hall.by("citizen"))
    (held,) = reusable_papers(hall.citizen)
    again = actions.save_draft(hall.draft(), **hall.by("citizen"))
    done = actions.reuse_paper(again.pk, key="2", file_id=held.pk, **hall.by("citizen"))
    assert done.dossier.reused_papers == 1
    assert again.files.get().reused_from == held
    assert reusable_papers(hall.neighbour) == []


def test_pages_read_as_on_the_last_day_that_made_up_dossiers_tell_of(hall: Hall) -> None:
    assert today.notice() == ""
    assert today.now() == NOW
    SeedRun.objects.create(
        unit=hall.units["20200"], first_day=NOW.date(), last_day=NOW.date() + timedelta(days=30), seed="x",
        made_at=NOW,
    )  # fmt: skip
    assert today.now() == NOW + timedelta(days=30)
    assert today.now().tzinfo == VIETNAM
    assert today.notice() == ("Hồ sơ mô phỏng từ 09/07/2025 đến 08/08/2025; trang đọc như ngày 08/08/2025.")
