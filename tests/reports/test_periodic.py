"""Reports owed by a schedule: due on the working calendar, locked when sent, corrected by a new version; the letter of
urging that names what is late."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from tests import builders
from tests.pages.reading import text_of

from namro.alerts.models import Alert, Rule
from namro.alerts.queries.one import LATE_KINDS
from namro.flows.judging import judge_day
from namro.flows.load import load
from namro.flows.reporting import send_report
from namro.ground import clock
from namro.ground.period import Period
from namro.indicators.models import Figure
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Refused, Role
from namro.pages.reports.drawing import pictures
from namro.reports.actions import Parcel
from namro.reports.catalog.templates import TemplateDef
from namro.reports.formulas.freezing import freeze, seal_of, thaw
from namro.reports.models import SentReport
from namro.reports.queries import report, template
from namro.reports.queries.owed import owed_by, periods_owed
from namro.reports.renderers import render
from namro.reports.terms import Format, Report
from namro.sources.terms import ReturnState
from namro.tasks.models import Register
from namro.tasks.terms import State

# One load of the package for all of it; each test takes back what it changed.
pytestmark = pytest.mark.django_db

DANANG = Path(__file__).parents[2] / "packages" / "danang"
DAY, JUNE = date(2025, 7, 9), Period.parse("2025-06")
WORDS = {"ket_qua": "Đã số hóa xong hồ sơ hộ tịch.", "vuong_mac": "Đường truyền yếu ở 2 thôn."}


@pytest.fixture(scope="module", autouse=True)
def danang(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The package without its demo, with one late task of a ward and one officer in it; taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.at(DAY):
        load(DANANG, demo=False)
        registers = {each.code: each for each in Register.objects.all()}
        given = {code: builders.directive(each) for code, each in registers.items()}
        city = Unit.objects.get(code="48")
        small = builders.World(city, city, city, [], [ward()], registers, given)
        officer = builders.person(Role.COMMUNE_OFFICER, ward(), username="can-bo")
        builders.person(Role.SECRETARIAT, Unit.objects.get(code="TU.VP"), username="thu-ky")
        small.task(ward(), State.IN_PROGRESS_LATE, register="xp", title="Số hóa hộ tịch", lead_person=officer)
        yield
        transaction.set_rollback(True)


def ward() -> Unit:
    """The ward that owes."""
    return Unit.objects.get(code="20200", valid_to__isnull=True)


def person(username: str = "can-bo") -> Person:
    """The officer of the ward, or another."""
    return Person.objects.get(username=username)


def sent(version: int = 0, reason: str = "", who: str = "can-bo", **written: str) -> SentReport:
    """Send June's report of the ward."""
    parcel = Parcel(template("monthly"), ward(), JUNE, WORDS | written, reason)
    seen = builders.seen_by(person(who))
    return send_report(parcel, client_id=uuid4(), expected_version=version, by=person(who), viewer=seen)


def test_a_report_is_frozen_whole() -> None:
    made = report(template("urging"), ward(), DAY)
    assert thaw(freeze(made)) == made
    assert isinstance(thaw(freeze(made)), Report)


def test_a_report_is_owed_by_the_working_calendar_until_it_is_sent() -> None:
    assert periods_owed(template("monthly"), DAY) == [JUNE]
    [owed] = owed_by([ward()], DAY)
    assert (owed.due, owed.state) == (date(2025, 7, 15), ReturnState.WAITING)
    [late, *_newer] = owed_by([ward()], date(2025, 8, 20))
    assert (late.period, late.state) == (JUNE, ReturnState.MISSING)
    sent()
    assert [each.state for each in owed_by([ward()], DAY)] == [ReturnState.ON_TIME]


def test_what_was_sent_is_locked_and_says_when_it_is_not_whole() -> None:
    row = sent()
    assert row.is_whole
    assert row.report.sections[-1].title == "Ý kiến của đơn vị"
    assert "Số hóa hộ tịch" in str(row.body)
    with pytest.raises(DatabaseError, match="append"), transaction.atomic():
        SentReport.objects.filter(pk=row.pk).update(due_day=DAY)
    row.body["title"] = "khác"
    assert not row.is_whole


def test_the_seal_does_not_hang_on_the_order_of_keys() -> None:
    assert seal_of({"a": 1, "b": [2]}) == seal_of({"b": [2], "a": 1})


def test_a_correction_is_a_new_version_with_its_reason() -> None:
    first = sent()
    with pytest.raises(Refused, match="ghi lý do"):
        sent(version=1)
    second = sent(version=1, reason="Nhầm số thôn", vuong_mac="3 thôn")
    assert (second.version, second.reason) == (2, "Nhầm số thôn")
    assert SentReport.objects.get(pk=first.pk).is_whole
    with pytest.raises(Refused, match="đã gửi bản 2"):
        sent(version=1, reason="Lại nhầm")


def test_what_must_be_written_is_asked_for_and_strangers_are_refused() -> None:
    with pytest.raises(Refused, match="Kết quả nổi bật"):
        sent(ket_qua=" ")
    with pytest.raises(Refused, match="không giữ chức vụ"):
        sent(who="thu-ky")


def test_a_late_report_calls_and_sending_it_answers_and_closes() -> None:
    late = date(2025, 7, 17)
    with clock.at(late):
        judge_day(late)
        calls = Alert.objects.filter(rule__kind="report_late", state="open")
        assert calls.filter(unit=ward(), value=2, object_key="report:monthly/2025-06").count() == 1
        others = calls.count()
        sent()
        judge_day(late)
        assert not calls.filter(unit=ward()).exists()
        assert calls.count() == others - 1
        assert SentReport.objects.get().is_late


def test_the_letter_names_what_is_late_and_until_when_to_answer() -> None:
    letter = report(template("urging"), ward(), DAY)
    assert letter.is_letter
    assert letter.head.to == f"Kính gửi: Ủy ban nhân dân {ward().name[0].lower()}{ward().name[1:]}"
    assert letter.annex == ()
    word = Document(io.BytesIO(render(letter, Format.DOCX, pictures())))
    text = "\n".join(line.text for line in word.paragraphs)
    cells = "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert "còn 1 nhiệm vụ đã quá hạn" in text
    assert "trước ngày 16/07/2025" in text.replace("\n", " ")
    assert "V/v đôn đốc" in cells
    assert "Số hóa hộ tịch" in cells
    assert "PHỤ LỤC" not in text
    assert b"K\xc3\xadnh g\xe1\xbb\xadi" in render(letter, Format.HTML, pictures())


def test_the_letter_names_the_warnings_that_stood_on_its_day_and_no_secret_one() -> None:
    noticed = {"path": "/", "level": 3, "value": 9, "opened_at": clock.now(), "unit": ward()}
    rule = Rule.objects.exclude(kind__in=LATE_KINDS).order_by("code").first()
    assert rule is not None
    for number, (since, closed, is_marked) in enumerate(
        [
            (DAY, None, False),
            (DAY, None, True),
            (date(2025, 7, 10), None, False),
            (JUNE.start, JUNE.start, False),
        ]
    ):
        Alert.objects.create(
            rule=rule, object_key=f"x:{number}", object_label=f"Chuyện {number}", since=since, is_marked=is_marked,
            state="closed" if closed else "open", **noticed,
            closed_at=closed and datetime.combine(closed, time(9), clock.VIETNAM),
        )  # fmt: skip
    text = render(report(template("urging"), ward(), DAY), Format.HTML, pictures()).decode()
    assert "còn 1 cảnh báo sớm đang mở" in text
    assert [f"Chuyện {number}" in text for number in range(4)] == [True, False, False, False]


def test_the_monthly_report_tells_the_desk_of_its_own_month() -> None:
    month, july = template("monthly"), Period.parse("2025-07")
    assert "tại một cửa" not in _html(month)
    rated = [("ho_so_phuc_vu_dung_han", "", 1_154, 1_200), ("ho_so_phuc_vu_truc_tuyen", "", 700, 1_000)]
    scored = [("chat_luong_phuc_vu", "", 86, 100), ("chat_luong_phuc_vu", "so_hoa", 11, 22)]
    for indicator, breakdown, top, bottom in rated + scored:
        for period, more in ((JUNE, 0), (july, 5)):
            Figure.objects.create(
                indicator=indicator, unit=ward(), period_kind="month", period_start=period.start, period=period.key,
                breakdown=breakdown, value=Decimal(top + more) * 100 / bottom, numerator=top + more,
                denominator=bottom, as_of=DAY, source="Hồ sơ một cửa", version=1,
            )  # fmt: skip
    text = " ".join(re.sub("<[^>]+>", "", _html(month)).split()).replace("\N{NO-BREAK SPACE}", " ")
    assert "tiếp nhận 1.200 hồ sơ trong tháng 6" in text
    assert "1.154 hồ sơ đã xong đúng hạn hoặc còn trong hạn (96,2 %), 46 hồ sơ trễ" in text
    assert "700 hồ sơ nộp trực tuyến, bằng 70,0 % hồ sơ" in text
    assert "86,00 trên 100" in text
    assert "Số hóa hồ sơ 50,00" in text


def _html(found: TemplateDef) -> str:
    return render(report(found, ward(), DAY), Format.HTML, pictures()).decode()


def enter(who: str) -> Client:
    """Sign a person in."""
    client = Client()
    client.force_login(person(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_officer_sends_it_on_the_page_and_finds_it_locked() -> None:
    client, address = enter("can-bo"), "/bao-cao/dinh-ky/monthly/2025-06/20200/"
    with clock.at(DAY):
        assert address in text_of(client, "/bao-cao/")
        assert "Xem trước phần số liệu" in text_of(client, address)
        refused = client.post(address, {"client_id": uuid4(), "version": 0, "vuong_mac": "giữ lại"})
        assert refused.status_code == 422
        assert "giữ lại" in refused.content.decode()
        assert client.post(address, WORDS | {"client_id": uuid4(), "version": 0}).status_code == 302
        page = text_of(client, address)
        row = SentReport.objects.get()
        assert row.seal in page
        assert "Đường truyền yếu ở 2 thôn." in page
        handed = client.get(f"/bao-cao/da-gui/{row.pk}/tai/?dang=json")
        assert handed.status_code == 200


def test_the_secretariat_sees_who_has_sent_and_who_gets_a_letter() -> None:
    client = enter("thu-ky")
    with clock.at(DAY):
        sent()
        page = text_of(client, "/bao-cao/dinh-ky/monthly/")
        assert "1 trong " in page
        with CaptureQueriesContext(connection) as captured:
            assert "1 đơn vị" in text_of(client, "/bao-cao/don-doc/") or "đơn vị có việc" in text_of(
                client, "/bao-cao/don-doc/"
            )
        assert len(captured) < 60
        assert client.post("/bao-cao/dinh-ky/monthly/2025-06/20200/").status_code == 404
