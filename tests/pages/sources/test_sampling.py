"""The sample of a source that is being added: where its table begins, what is none, what is sealed and forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from tests.pages.sources.adding import COLUMNS, DUTIES, HEAD, ROWS, Wizard
from tests.sources.landing import csv, workbook

from namro.audit.models import Entry
from namro.flows.intake import keep_lake
from namro.ground import clock
from namro.sources.models import Batch, Source, SourceSample
from namro.sources.queries.drafts import sample_rows

pytestmark = pytest.mark.usefixtures("lake", "world")


def test_titles_above_the_headings_are_passed_over_and_days_of_excel_are_days(wizard: Wizard) -> None:
    wizard.begin()
    rows = [
        ["SỞ KHOA HỌC VÀ CÔNG NGHỆ"],
        ["Kết quả kiểm nghiệm"],
        [],
        HEAD.split(","),
        *(row.split(",") for row in ROWS),
    ]
    wizard.upload(workbook(rows, merged="A1:F1"), "nuoc.xlsx")
    kept = SourceSample.objects.get()
    assert sample_rows(kept).column_names == HEAD.split(",")
    assert kept.count == 3


def sent(wizard: Wizard, content: bytes, name: str) -> str:
    """What is said about a sample that is refused."""
    answer = wizard.upload(content, name)
    assert answer.status_code == 422
    return str(answer.content.decode())


def test_what_is_no_table_is_refused_in_a_sentence(wizard: Wizard) -> None:
    wizard.begin()
    assert "không phải là bảng số liệu" in sent(wizard, b"%PDF-1.7", "bao-cao.csv")
    assert "bị cắt giữa chừng" in sent(wizard, csv(*ROWS, head=HEAD)[:-4], "a.csv")
    assert "chỉ có dòng tiêu đề" in sent(wizard, csv(head=HEAD), "a.csv")
    assert "rỗng" in sent(wizard, b"", "a.csv")
    assert not SourceSample.objects.exists()
    assert wizard.client.get(f"{wizard.page}cot/")["Location"].endswith("/lay-mau/")


def test_a_table_is_sampled_and_fetched_by_its_own_connector(
    wizard: Wizard, settings: Any, tmp_path: Any
) -> None:
    from namro.flows.intake import fetch

    settings.NAMRO_INBOX = tmp_path
    wizard.begin(means="folder")
    assert str(tmp_path) in wizard.get("ket-noi")
    wizard.post("ket-noi", pattern="*.csv")
    assert "Chưa có tệp nào khớp" in wizard.post("lay-mau").content.decode()
    inbox = tmp_path / wizard.draft.code
    inbox.mkdir()
    (inbox / "a.csv").write_bytes(csv(*ROWS, head=HEAD))
    wizard.post("lay-mau")
    assert (inbox / "a.csv").exists()
    wizard.post("cot", **COLUMNS)
    wizard.post("kiem-tra")
    wizard.post("trach-nhiem", **DUTIES)
    answer = wizard.client.post(f"{wizard.page}nap/", follow=True)
    assert "hệ thống đang lấy lần đầu" in answer.content.decode()
    code = Source.objects.get().code
    seen = wizard.client.post(f"/nguon/{code}/", {"doc": "1"}).content.decode()
    assert "3 dòng dùng được, 0 dòng sai hợp đồng. Chưa ghi gì." in seen
    assert not Batch.objects.exists()
    assert [batch.rows_landed for batch in fetch(code)] == [3]
    assert not (inbox / "a.csv").exists()
    empty = wizard.client.post(f"/nguon/{code}/", {"doc": "1"})
    assert (empty.status_code, "không có dòng nào mới" in empty.content.decode()) == (422, True)


def test_personal_columns_are_sealed_then_hashed_and_shown_covered(wizard: Wizard) -> None:
    wizard.begin()
    wizard.upload(csv(*ROWS, head=HEAD))
    kept = SourceSample.objects.get()
    assert b"048200000001" not in bytes(kept.rows)
    wizard.post("cot", **COLUMNS)
    kept = SourceSample.objects.get()
    assert kept.hidden == ["Số CCCD người lấy"]
    assert all(value.startswith("#") for value in sample_rows(kept)["Số CCCD người lấy"].to_pylist())
    assert "048200000001" not in wizard.get("lay-mau") + wizard.get("cot") + wizard.get("kiem-tra")
    shown = wizard.post("cot", **(COLUMNS | {"c5-personal": ""}))
    assert (shown.status_code, "hãy lấy mẫu lại" in shown.content.decode()) == (422, True)
    assert "048200000001" not in str([entry.after for entry in Entry.objects.all()])


def test_samples_are_forgotten_and_drafts_stay(wizard: Wizard) -> None:
    wizard.begin()
    wizard.upload(csv(*ROWS, head=HEAD))
    for days, left in ((13, 1), (15, 0)):
        SourceSample.objects.update(taken_at=clock.now() - timedelta(days=days))
        keep_lake()
        assert SourceSample.objects.count() == left
    assert wizard.client.get(wizard.page)["Location"].endswith("/lay-mau/")
