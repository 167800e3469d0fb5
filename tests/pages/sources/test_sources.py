"""The pages of the sources: who sees which, a file tried and taken in, held rows mended and sent again."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import World
from tests.pages.reading import text_of
from tests.sources.landing import GOOD, csv, declared, lying

from namro.audit.models import Entry
from namro.organisation.terms import Role
from namro.sources.models import Batch

ENTER = Callable[[Role], Client]
SOURCE = "/nguon/muc_nuoc/"
BAD = GOOD.replace("T1", "T2").replace("1.5", "-99")


@pytest.fixture(autouse=True)
def _declared(lake: None, world: World) -> None:
    """The test source, owned by the Department of Science and Technology."""
    declared(unit={"column": "ma_xa", "codes": "units"})


def file(content: bytes, name: str = "a.csv") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def test_each_sees_the_sources_that_they_may(signed_in: ENTER) -> None:
    for role in (Role.IOC_OPERATOR, Role.STEERING, Role.AGENCY_LEAD, Role.OFFICER):
        assert "Trạm đo mực nước" in text_of(signed_in(role), "/nguon/")
        assert "0 trên 1 nguồn gửi đúng hẹn" in text_of(signed_in(role), "/nguon/")
    assert "Chưa có nguồn số liệu nào" in text_of(signed_in(Role.COMMUNE_OFFICER), "/nguon/")
    assert signed_in(Role.COMMUNE_OFFICER).get(SOURCE).status_code == 404
    assert "Gửi tệp cho nguồn này" in text_of(signed_in(Role.OFFICER), SOURCE)
    assert "Gửi tệp cho nguồn này" not in text_of(signed_in(Role.STEERING), SOURCE)
    assert signed_in(Role.STEERING).post(SOURCE, {"file": file(csv(GOOD))}).status_code == 404


def test_a_file_is_tried_then_taken_in(signed_in: ENTER) -> None:
    client = signed_in(Role.OFFICER)
    seen = client.post(SOURCE, {"file": file(csv(GOOD, BAD)), "thu": "1"}).content.decode()
    assert "1 dòng dùng được, 1 dòng sai hợp đồng. Chưa ghi gì." in seen
    assert "nhỏ hơn mức cho phép −2" in seen
    assert not Batch.objects.exists()
    broken = client.post(SOURCE, {"file": file(csv(GOOD)[:-5]), "thu": "1"})
    assert broken.status_code == 422
    assert "dòng cuối không xuống dòng" in broken.content.decode()
    answer = client.post(SOURCE, {"file": file(csv(GOOD, BAD))}, follow=True)
    batch = Batch.objects.get()
    assert answer.redirect_chain == [(f"{SOURCE}lo/{batch.pk}/", 302)]
    assert "Đã nhận 1 dòng, giữ lại 1 dòng sai hợp đồng" in answer.content.decode()
    assert lying("ma_tram") == [("T1",)]
    assert "1 trên 1 nguồn gửi đúng hẹn" in text_of(client, "/nguon/")
    assert batch.by is not None
    assert client.post(SOURCE, {"file": file(b"x\n", "a.pdf")}, follow=True).status_code == 200
    assert "không có cột nào của hợp đồng" in text_of(client, SOURCE)


def test_held_rows_are_downloaded_mended_and_sent_again(signed_in: ENTER) -> None:
    client = signed_in(Role.OFFICER)
    client.post(SOURCE, {"file": file(csv(GOOD, BAD, BAD.replace("T2", "T3")))})
    page = f"{SOURCE}lo/{Batch.objects.get().pk}/"
    taken = client.get(f"{page}dong-cach-ly/").content.decode()
    assert "'-99" in taken
    assert Entry.objects.get(verb="export").after == {"table": "quarantine", "rows": 2}
    number = uuid4()
    mended = "".join(
        line for line in taken.replace("'-99", "9").splitlines(keepends=True) if "T3" not in line
    )
    for _ in range(2):
        answer = client.post(page, {"file": file(mended.encode()), "client_id": number}, follow=True)
    assert "Đã nhận trọn 1 dòng" in answer.content.decode()
    assert lying("ma_tram", "muc_nuoc") == [("T1", "1.5"), ("T2", "9")]
    shown = text_of(client, page)
    assert "Đã gửi lại" in shown
    assert "Tải 1 dòng chờ sửa" in shown
    again = client.post(page, {"file": file(mended.encode()), "client_id": uuid4()})
    assert (again.status_code, "không còn trong danh sách cách ly" in again.content.decode()) == (422, True)
    other = client.post(page, {"file": file(csv(GOOD)), "client_id": uuid4()})
    assert "không có cột “Dòng”" in other.content.decode()
    assert signed_in(Role.CLERK).get(f"{page}dong-cach-ly/").status_code == 404
