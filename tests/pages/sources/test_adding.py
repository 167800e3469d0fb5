"""A source is added on the web, step by step: by whom, under which name; and it runs like those of a package."""

from collections.abc import Callable

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.pages.sources.adding import COLUMNS, DUTIES, HEAD, NEW, ROWS, Wizard
from tests.sources.landing import csv

from namro.audit.models import Entry
from namro.lake import tables
from namro.organisation.terms import Role
from namro.sources.actions import declare_sources
from namro.sources.catalog.contracts import contract_of
from namro.sources.models import Batch, Source, SourceSample

ENTER = Callable[[Role], Client]
pytestmark = pytest.mark.usefixtures("lake", "world")


def columns_lying(code: str, *columns: str) -> list[tuple[str, ...]]:
    """Return what lies in the lake of a source, as text."""
    import duckdb

    found = tables.files(code)
    read = duckdb.sql("SELECT * FROM read_parquet($1, union_by_name=true)", params=[found])
    return sorted(
        tuple(map(str, row)) for row in read.select(*map(duckdb.ColumnExpression, columns)).fetchall()
    )


def test_from_a_file_to_the_first_rows_in_the_lake(wizard: Wizard) -> None:
    wizard.begin()
    assert wizard.draft.code == "chat_luong_nuoc_sach"
    sent = wizard.upload(csv(*ROWS, head=HEAD))
    assert sent["Location"].endswith("/lay-mau/")
    assert "Đã lấy mẫu 3 dòng" in wizard.get("lay-mau")
    proposed = wizard.get("cot")
    assert "nhận ra đủ 2 đơn vị" in proposed
    assert "phân biệt đủ 3 dòng mẫu" in proposed
    assert wizard.post("cot", **COLUMNS)["Location"].endswith("/kiem-tra/")
    assert "Cả 3 dòng sẽ được nhận. Chưa ghi gì." in wizard.get("kiem-tra")
    assert wizard.post("kiem-tra")["Location"].endswith("/trach-nhiem/")
    assert wizard.post("trach-nhiem", **DUTIES)["Location"].endswith("/nap/")
    assert not Source.objects.exists()
    receipt = wizard.client.post(f"{wizard.page}nap/", follow=True).content.decode()
    assert "Đã nhận trọn 3 dòng" in receipt
    assert columns_lying("chat_luong_nuoc_sach", "diem_lay_mau", "clo_du_mg_l", "dat_quy_chuan", "_unit") == [
        ("N1", "0.350000", "True", "20194"),
        ("N2", "0.410000", "True", "20194"),
        ("N3", "0.120000", "False", "20320"),
    ]
    assert all(
        value.startswith("#") for (value,) in columns_lying("chat_luong_nuoc_sach", "so_cccd_nguoi_lay")
    )
    assert not SourceSample.objects.exists()


def test_the_source_is_one_like_those_of_a_package(wizard: Wizard) -> None:
    wizard.all_but_the_last()
    wizard.post("nap")
    source = Source.objects.get()
    assert (source.package, source.owner, source.version, source.is_active) == ("web", "H17.KHCN", 1, True)
    assert "Chất lượng nước sạch" in wizard.client.get("/nguon/").content.decode()
    # The file that one takes away is what the catalogue reads, and says the same.
    text = wizard.client.get(f"/nguon/{source.code}/hop-dong/").content.decode()
    assert contract_of(yaml.safe_load(text)) == source.definition
    assert Entry.objects.filter(verb="export", key=str(source.pk)).get().after["table"] == "contract"
    # A package that is loaded later leaves it as it is.
    declare_sources([], package="danang")
    source.refresh_from_db()
    assert source.is_active
    # It takes files in by its page from now on.
    more = SimpleUploadedFile("b.csv", csv(ROWS[0].replace("N1", "N9"), head=HEAD))
    wizard.client.post(f"/nguon/{source.code}/", {"file": more})
    assert Batch.objects.filter(state="landed").count() == 2


def test_what_breaks_the_contract_is_told_before_anything_lands(wizard: Wizard) -> None:
    wizard.begin()
    wizard.upload(csv(*ROWS, ROWS[0].replace("20194", "99999"), ROWS[1].replace("0.41", "9"), head=HEAD))
    assert "nhận ra 2 trên 3 đơn vị" in wizard.get("cot")
    assert "99999" in wizard.get("cot")
    wizard.post("cot", **COLUMNS)
    shown = wizard.get("kiem-tra")
    assert "3 trên 5 dòng sẽ được nhận, 2 dòng bị giữ lại." in shown
    assert "Không có đơn vị mã «99999»." in shown
    assert "lớn hơn mức cho phép 5" in shown
    wizard.post("kiem-tra")
    wizard.post("trach-nhiem", **DUTIES)
    wizard.post("nap")
    receipt = Batch.objects.get()
    assert (receipt.rows_landed, receipt.rows_quarantined) == (3, 2)


def test_another_goes_on_and_who_is_late_is_told(wizard: Wizard, signed_in: ENTER) -> None:
    wizard.begin()
    wizard.upload(csv(*ROWS, head=HEAD))
    version = wizard.draft.version
    other = Wizard(signed_in(Role.ADMINISTRATOR), wizard.page)
    assert "Chất lượng nước sạch" in other.client.get(NEW).content.decode()
    assert other.post("cot", **COLUMNS).status_code == 302
    late = wizard.client.post(f"{wizard.page}cot/", COLUMNS | {"version": version, "c3-measure": "ppm"})
    page = late.content.decode()
    assert late.status_code == 422
    assert "vừa lưu bản nháp này" in page
    assert 'value="ppm"' in page
    assert f'name="version" value="{wizard.draft.version}"' in page


def test_who_may_not_run_sources_finds_nothing(wizard: Wizard, signed_in: ENTER) -> None:
    wizard.begin()
    for role in (Role.OFFICER, Role.SECRETARIAT, Role.AGENCY_LEAD):
        other = signed_in(role)
        assert other.get(NEW).status_code == 404
        assert other.get(wizard.page, follow=True).status_code == 404
        assert "Thêm nguồn" not in other.get("/nguon/").content.decode()


def test_codes_are_taken_once(wizard: Wizard) -> None:
    wizard.begin()
    again = wizard.begin()
    assert (again.status_code, "Đã có nguồn mang mã «chat_luong_nuoc_sach»" in again.content.decode()) == (
        422,
        True,
    )
    assert "Mã nguồn gồm 3–40 chữ" in wizard.begin(code="moi").content.decode()
    assert wizard.begin(code="nuoc_2").status_code == 302


def test_a_draft_that_is_given_up_is_gone_with_its_sample(wizard: Wizard) -> None:
    wizard.begin()
    wizard.upload(csv(*ROWS, head=HEAD))
    assert wizard.client.post(f"{wizard.page}bo/")["Location"] == NEW
    assert wizard.client.get(wizard.page).status_code == 404
    assert not SourceSample.objects.exists()
    assert wizard.begin().status_code == 302
