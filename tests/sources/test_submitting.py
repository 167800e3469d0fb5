"""Sending returns: versions are kept, retries do not double, nobody overwrites unseen, breaches never block."""

from collections import Counter
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.builders import TODAY, World, world

from namro.audit.models import Entry
from namro.ground import clock
from namro.ground.period import Period
from namro.organisation.queries import viewer
from namro.organisation.terms import Refused, Role
from namro.sources.actions import Parcel, submit, submit_many
from namro.sources.catalog.forms import form_of
from namro.sources.feeds import observations
from namro.sources.models import Finding, Form, Submission
from namro.sources.queries import (
    due_forms,
    findings_of,
    findings_on,
    latest,
    returns,
    stated,
    versions,
    visible_findings,
    visible_submissions,
)
from namro.sources.terms import FormRefused, NewerVersion, ReturnState, SourceState

JUNE = Period.parse("2025-06")
BODY = {
    "code": "trang",
    "title": "Số trang",
    "version": 1,
    "owner": "TU.VP",
    "why": "Để biết.",
    "next_review": "2026-06-30",
    "period": "month",
    "first_period": "2025-05",
    "due": {"working_days": 5},
    "filled_by": {"kinds": ["ward", "commune", "special_zone"]},
    "within": "48",
    "fields": [
        {"code": "tong", "label": "Tổng", "type": "int"},
        {"code": "da", "label": "Đã", "type": "int"},
        {"code": "chua", "label": "Chưa", "type": "int"},
        {"code": "ghi_chu", "label": "Ghi chú", "type": "text", "required": False},
    ],
    "checks": [
        {"code": "cong", "check": "parts_add_up", "total": "tong", "parts": ["da", "chua"]},
        {"code": "nhay", "check": "jump", "field": "tong", "factor": 2},
    ],
}
GOOD = {"tong": "1.000", "da": "600", "chua": "400"}
BAD = {"tong": "1.000", "da": "600", "chua": "300"}


@pytest.fixture
def place(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """A small world that asks its communes for pages, on the day of the tests."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    declare(BODY)
    return world()


def declare(body: dict) -> None:
    """Store a form."""
    Form.objects.create(
        code=body["code"],
        version=1,
        body=body,
        owner=body["owner"],
        next_review=date(2026, 6, 30),
        package="test",
    )


def send(
    place: World, values: dict, *, version: int = 0, by: Role | None = None, **more: object
) -> Submission:
    """Send the pages of the first commune."""
    person = place.people[by] if by else None
    told = {
        "form": "trang",
        "unit": place.communes[0],
        "period": JUNE,
        "values": values,
        "as_of": date(2025, 6, 30),
        "client_id": uuid4(),
        "expected_version": version,
        "by": person,
        "viewer": viewer(person) if person else None,
    }
    return submit(**told | more)


def test_what_was_sent_is_stored_exactly_with_one_line_in_the_log(place: World) -> None:
    sent = send(place, GOOD, by=Role.COMMUNE_OFFICER)
    assert sent.values == {"tong": "1000", "da": "600", "chua": "400"}
    assert (sent.version, sent.due_day, sent.submitted_day) == (1, date(2025, 7, 7), TODAY)
    (entry,) = Entry.objects.filter(kind="sources.submission")
    assert (entry.by_name, entry.unit_code, entry.before) == (
        str(place.people[Role.COMMUNE_OFFICER]),
        "20194",
        None,
    )
    assert entry.after["values"] == sent.values


def test_a_retry_with_the_same_mark_gives_the_same_row(place: World) -> None:
    mark = uuid4()
    first = send(place, BAD, client_id=mark)
    again = send(place, BAD, client_id=mark)
    assert again.pk == first.pk
    assert (Submission.objects.count(), Finding.objects.count(), Entry.objects.count()) == (1, 1, 1)


def test_a_mark_serves_one_return_only(place: World) -> None:
    mark = uuid4()
    send(place, GOOD, client_id=mark)
    with pytest.raises(Refused, match="đã dùng cho một biểu khác"):
        send(place, GOOD, client_id=mark, unit=place.communes[1])


def test_a_correction_keeps_what_was_sent_before_and_closes_its_findings(place: World) -> None:
    first = send(place, BAD)
    (open_one,) = findings_on(TODAY)
    assert (open_one.check_code, open_one.difference) == ("cong", Decimal(100))
    second = send(place, GOOD, version=1)
    assert [row.values["chua"] for row in versions("trang", place.communes[0], JUNE)] == ["400", "300"]
    assert not findings_on(TODAY).exists()
    (kept,) = findings_of(first)
    assert (kept.closed_day, kept.closed_by) == (TODAY, second)


def test_a_breach_blocks_nothing_and_mends_nothing(place: World) -> None:
    sent = send(place, BAD)
    assert sent.values["chua"] == "300"
    states = {
        o.measure: o.source_state for o in observations(TODAY) if o.unit == "20194" and o.period == "2025-06"
    }
    assert states["bieu.trang.chua"] == SourceState.BREACHED


def test_findings_stay_known_as_of_a_past_day(place: World) -> None:
    with clock.at(date(2025, 7, 4)):
        send(place, BAD)
    send(place, GOOD, version=1)
    assert findings_on(date(2025, 7, 8)).count() == 1
    assert findings_on(date(2025, 7, 3)).count() == 0
    assert findings_on(TODAY).count() == 0


def test_a_correction_of_the_period_before_moves_the_jump_of_the_next(place: World) -> None:
    may = Period.parse("2025-05")
    small = {"tong": "100", "da": "60", "chua": "40"}
    send(place, small, period=may, as_of=date(2025, 5, 31))
    june = send(place, GOOD)
    assert [finding.check_code for finding in findings_on(TODAY)] == ["nhay"]
    mended = send(place, {"tong": "900", "da": "500", "chua": "400"}, period=may, version=1)
    assert not findings_on(TODAY).exists()
    assert findings_of(june).get().closed_by == mended


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_refuses_to_change_what_was_sent(place: World, verb: str) -> None:
    sent = Submission.objects.filter(pk=send(place, GOOD).pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sent.update(values={}) if verb == "update" else sent.delete()


def test_nobody_overwrites_what_another_has_just_sent(place: World) -> None:
    send(place, GOOD, by=Role.COMMUNE_OFFICER)
    with pytest.raises(NewerVersion) as refusal:
        send(place, BAD, by=Role.SECRETARIAT)
    assert refusal.value.current == 1
    assert str(place.people[Role.COMMUNE_OFFICER]) in refusal.value.sentence
    assert "Số liệu bạn vừa nhập vẫn còn trên trang" in refusal.value.sentence
    assert latest("trang", place.communes[0], JUNE).values["chua"] == "400"
    assert send(place, BAD, by=Role.SECRETARIAT, version=1).version == 2


def test_unreadable_boxes_store_nothing(place: World) -> None:
    with pytest.raises(FormRefused) as refusal:
        send(place, GOOD | {"da": "12,5 người"})
    assert refusal.value.problems[0].field == "da"
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"period": Period.parse("2025-Q2")}, "không thu cho quý II/2025"),
        ({"period": Period.parse("2025-04")}, "không thu cho tháng 4/2025"),
        ({"period": Period.parse("2025-08")}, "Chưa đến tháng 8/2025"),
        ({"as_of": date(2025, 7, 10)}, "Ngày số liệu 10/07/2025 chưa đến"),
        ({"as_of": date(2025, 5, 31)}, "Ngày số liệu 31/05/2025 đứng trước tháng 6/2025"),
        ({"form": "khong_co"}, "Không có biểu «khong_co»"),
    ],
)
def test_what_cannot_be_meant_is_refused(place: World, more: dict, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        send(place, GOOD, **more)


@pytest.mark.parametrize(
    ("role", "commune", "may"),
    [
        (Role.COMMUNE_OFFICER, 0, True),
        (Role.COMMUNE_OFFICER, 1, False),
        (Role.SECRETARIAT, 1, True),
        (Role.AGENCY_LEAD, 0, False),
        (Role.STEERING, 0, False),
        (Role.CLERK, 0, False),
        (Role.INSPECTOR, 0, False),
        (Role.ADMINISTRATOR, 0, False),
    ],
)
def test_who_may_send(place: World, role: Role, commune: int, may: bool) -> None:
    unit = place.communes[commune]
    if may:
        assert send(place, GOOD, by=role, unit=unit).submitted_by == place.people[role]
    else:
        with pytest.raises(Refused):
            send(place, GOOD, by=role, unit=unit)
        assert not Submission.objects.exists()


def test_a_form_is_sent_only_for_those_it_is_asked_of(place: World) -> None:
    with pytest.raises(Refused, match="không giao cho Sở Khoa học và Công nghệ"):
        send(place, GOOD, by=Role.SECRETARIAT, unit=place.agencies[1])


def test_returns_of_a_period_by_unit(place: World) -> None:
    with clock.at(date(2025, 7, 7)):
        send(place, GOOD)
    send(place, GOOD, unit=place.communes[1])
    found = {owed.unit.code: owed.state for owed in returns(form_of(BODY), JUNE, None, TODAY)}
    assert found == {
        "20194": ReturnState.ON_TIME,
        place.communes[1].code: ReturnState.LATE,
        "20333": ReturnState.MISSING,
    }
    officer = viewer(place.people[Role.COMMUNE_OFFICER])
    assert [r.unit.code for r in returns(form_of(BODY), JUNE, officer, TODAY)] == ["20194"]


def test_what_a_person_owes(place: World) -> None:
    officer = viewer(place.people[Role.COMMUNE_OFFICER])
    owed = [(r.period.key, r.state) for r in due_forms(officer, TODAY)]
    assert owed == [("2025-05", ReturnState.MISSING), ("2025-06", ReturnState.MISSING)]
    send(place, GOOD)
    owed = [(r.period.key, r.state, r.version) for r in due_forms(officer, TODAY)]
    assert owed == [("2025-05", ReturnState.MISSING, 0), ("2025-06", ReturnState.LATE, 1)]


def test_the_queries_of_what_is_owed_do_not_grow(place: World) -> None:
    officer = viewer(place.people[Role.COMMUNE_OFFICER])

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            due_forms(officer, TODAY)
            returns(form_of(BODY), JUNE, officer, TODAY)
        return len(caught)

    before = queries()
    for number in range(5):
        declare(BODY | {"code": f"trang_{number}"})
    send(place, GOOD)
    assert queries() == before


def test_rows_are_seen_within_reach_only(place: World) -> None:
    send(place, BAD)
    send(place, BAD, unit=place.communes[1])
    officer, secretary = (viewer(place.people[role]) for role in (Role.COMMUNE_OFFICER, Role.SECRETARIAT))
    assert {row.unit.code for row in visible_submissions(officer)} == {"20194"}
    assert visible_submissions(secretary).count() == 2
    assert {row.unit.code for row in visible_findings(officer, TODAY)} == {"20194"}
    assert visible_findings(secretary, TODAY).count() == 2


def test_the_feed_tells_values_gaps_and_punctuality(place: World) -> None:
    send(place, GOOD)
    told = {(o.measure, o.unit, o.period): o for o in observations(TODAY)}
    value = told["bieu.trang.tong", "20194", "2025-06"]
    assert (value.value, value.source_state, value.as_of) == (1000, SourceState.LATE, TODAY)
    other = place.communes[1].code
    send(place, GOOD, version=1)
    again = next(o for o in observations(TODAY) if o.measure == value.measure and o.unit == value.unit)
    assert again.source_state == SourceState.LATE, "a correction does not wash lateness away"
    gap = told["bieu.trang.tong", other, "2025-06"]
    assert (gap.value, gap.source_state, gap.as_of) == (None, SourceState.MISSING, date(2025, 7, 8))
    assert ("bieu.trang.tong", other, "2025-05") not in told, "an older gap is no point in the trend"
    sums = Counter[str]()
    for row in told.values():
        if row.measure in ("bieu.phai_nop", "bieu.da_nop", "bieu.dung_han"):
            sums[row.measure] += int(row.value)
    assert sums == {"bieu.phai_nop": 6, "bieu.da_nop": 1, "bieu.dung_han": 0}


def test_the_feed_tells_what_was_known_on_a_day(place: World) -> None:
    send(place, GOOD)
    assert not any(
        o.measure.startswith("bieu.trang") and o.value is not None for o in observations(date(2025, 7, 8))
    )
    assert stated("trang", "20194", "tong", date(2025, 7, 8)) is None
    assert stated("trang", "20194", "tong", TODAY) == 1000


def test_many_at_once_are_taken_in_once(place: World) -> None:
    def parcels() -> list[Parcel]:
        return [
            Parcel(
                form=form_of(BODY), unit=unit, period=JUNE, values=BAD, as_of=TODAY, client_id=UUID(int=number),
                at=clock.now(), synthetic=True,
            )
            for number, unit in enumerate(place.communes)
        ]  # fmt: skip

    assert submit_many(parcels()) == 3
    assert submit_many(parcels()) == 0
    assert (Submission.objects.count(), Finding.objects.count()) == (3, 3)
    assert Entry.objects.filter(kind="sources.submission").count() == 3
