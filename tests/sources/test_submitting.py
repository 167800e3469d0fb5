"""Sending returns: versions are kept, retries do not double, nobody overwrites unseen, and who may send."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.builders import TODAY, World
from tests.sources.material import BAD, BODY, GOOD, JUNE, send

from namro.audit.models import Entry
from namro.ground import clock
from namro.ground.period import Period
from namro.organisation.terms import Refused, Role
from namro.sources.actions import Parcel, submit_many
from namro.sources.catalog.forms import form_of
from namro.sources.models import Finding, Submission
from namro.sources.queries import findings_of, findings_on, latest, versions
from namro.sources.terms import FormRefused, NewerVersion


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
