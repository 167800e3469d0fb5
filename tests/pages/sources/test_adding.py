"""A source is added on the web, step by step: what is proposed, refused, kept; and it runs like those of a package."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import World
from tests.pages.sources.adding import COLUMNS, DUTIES, HEAD, NEW, ROWS, Wizard
from tests.sources.landing import csv, workbook

from namro.audit.models import Entry
from namro.flows.intake import keep_lake
from namro.ground import clock
from namro.lake import tables
from namro.organisation.models import Person
from namro.organisation.queries import viewer
from namro.organisation.terms import Refused, Role
from namro.sources.actions import declare_sources
from namro.sources.actions.drafts import begin_draft, declare_draft, save_draft
from namro.sources.catalog.contracts import contract_of
from namro.sources.models import Batch, Source, SourceDraft, SourceSample
from namro.sources.queries.drafts import sample_rows
from namro.sources.terms.drafts import StaleDraft

ENTER = Callable[[Role], Client]
pytestmark = pytest.mark.usefixtures("lake", "world")


@pytest.fixture
def wizard(signed_in: ENTER) -> Wizard:
    """An operator of the centre."""
    return Wizard(signed_in(Role.IOC_OPERATOR))


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


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"time": "Điểm lấy mẫu"}, "phải có kiểu Ngày"),
    ({"unit": "Số CCCD người lấy"}, "không thể là dữ liệu cá nhân"),
    ({"c1-take": ""}, "Cột đơn vị phải là một cột được lấy"),
    ({"c0-needed": ""}, "Cột ngày phải có ở mọi dòng"),
    ({"c0-key": "", "c2-key": ""}, "cùng nhau chỉ đúng một dòng"),
    ({"c5-key": "on", "c5-personal": "drop"}, "không thể là khóa"),
    ({"c3-low": "6"}, "mức thấp nhất lớn hơn"),
    ({"c3-high": "nhiều"}, "không phải là số"),
    ({"time": ""}, "Hãy điền mục này"),
]


@pytest.mark.parametrize(("said", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_a_choice_that_makes_no_contract_is_refused_and_kept(
    wizard: Wizard, said: dict[str, Any], told: str
) -> None:
    wizard.begin()
    wizard.upload(csv(*ROWS, head=HEAD))
    answer = wizard.post("cot", **{key: value for key, value in (COLUMNS | said).items() if value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert 'value="mg/l"' in page
    assert "columns" not in wizard.draft.body


CONNECTIONS: list[tuple[str, dict[str, str], str]] = [
    ("sql", {"url_env": "DATABASE_URL", "table": "a"}, "Chỉ dùng biến môi trường có tên bắt đầu bằng NGUON_"),
    ("sql", {"url_env": "NGUON_A", "table": "a; DROP TABLE b"}, "Tên bảng chỉ gồm"),
    ("rest", {"url": "ftp://a.vn/"}, "phải bắt đầu bằng https://"),
    ("rest", {"url": "https://an:matkhau@a.vn/"}, "Không ghi tài khoản, mật khẩu trong địa chỉ"),
    ("rest", {"url": "http://169.254.169.254/latest"}, "của chính hạ tầng máy chủ"),
    ("rest", {"url": "http://a.vn/x", "token_env": "NGUON_A"}, "chỉ được gửi qua https"),
    ("rest", {"url": "https://a.vn/x", "token_env": "SECRET_KEY"}, "Chỉ dùng biến môi trường"),
    ("s3", {"bucket": "Kho Của Tôi", "pattern": "*.csv"}, "Tên kho S3"),
    ("folder", {"pattern": "../*.csv"}, "không được ra ngoài thư mục"),
    ("push", {"secret_env": "SECRET_KEY"}, "Chỉ dùng biến môi trường"),
]


@pytest.mark.parametrize(("means", "said", "told"), CONNECTIONS, ids=[told for _, _, told in CONNECTIONS])
def test_a_way_in_that_is_none_or_leads_to_our_own_secrets_is_refused(
    wizard: Wizard, means: str, said: dict[str, str], told: str
) -> None:
    wizard.begin(means=means)
    answer = wizard.post("ket-noi", **said)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert "connector" not in wizard.draft.body


def test_the_page_says_which_variables_are_set(wizard: Wizard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NGUON_KHO_NUOC", "postgresql://an:bi-mat@kho/nuoc")
    wizard.begin(means="sql")
    wizard.post("ket-noi", url_env="NGUON_KHO_KHAC", table="nuoc")
    page = wizard.get("ket-noi")
    assert "NGUON_KHO_NUOC" in page
    assert "chưa đặt" in page
    assert "bi-mat" not in page
    refused = wizard.post("lay-mau")
    assert refused.status_code == 422
    assert "Chưa đặt biến môi trường NGUON_KHO_KHAC" in refused.content.decode()


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


def test_a_newer_contract_is_a_new_version_of_the_same_source(wizard: Wizard) -> None:
    wizard.all_but_the_last()
    wizard.post("nap")
    code = Source.objects.get().code
    wizard.page = wizard.client.post(f"/nguon/{code}/sua/")["Location"].removesuffix("ket-noi/")
    wizard.upload(csv(*ROWS, head=HEAD))
    assert 'value="mg/l"' in wizard.get("cot")
    changed = COLUMNS | {"c4-type": "text"}
    wizard.post("cot", **changed)
    assert wizard.client.post(f"{wizard.page}nap/")["Location"].endswith("/kiem-tra/")
    wizard.post("kiem-tra")
    refused = wizard.post("nap")
    assert (refused.status_code, "đã lưu với kiểu khác" in refused.content.decode()) == (422, True)
    wizard.post("cot", **(COLUMNS | {"c3-high": "10"}))
    wizard.post("kiem-tra")
    wizard.post("nap")
    source = Source.objects.get()
    assert (source.version, source.definition.by_name["clo_du_mg_l"].maximum) == (2, 10)


class TestTakenOver:
    """A package may take a source of the web over, with a contract that is not older."""

    def test_a_package_takes_it_over_and_its_batches_stay(self, wizard: Wizard) -> None:
        wizard.all_but_the_last()
        wizard.post("nap")
        source = Source.objects.get()
        declare_sources([(source.definition, source.body)], package="danang")
        source.refresh_from_db()
        assert (source.package, source.batches.count()) == ("danang", 1)
        assert wizard.client.post(f"/nguon/{source.code}/sua/").status_code == 404

    def test_an_older_file_or_another_package_is_refused(self, wizard: Wizard) -> None:
        wizard.all_but_the_last()
        wizard.post("nap")
        Source.objects.update(version=3)
        source = Source.objects.get()
        older = [(source.definition, source.body)]
        with pytest.raises(Refused, match="đã ở phiên bản 3, tệp trong gói mới là phiên bản 1"):
            declare_sources(older, package="danang")
        Source.objects.update(package="hue")
        with pytest.raises(Refused, match="đã thuộc gói «hue»"):
            declare_sources(older, package="danang")


class TestVerbs:
    """The verbs themselves, as a program would call them."""

    def test_begun_twice_is_begun_once(self, world: World) -> None:
        act = who(world, Role.ADMINISTRATOR) | {"name": "Nước sạch", "means": "upload", "client_id": uuid4()}
        assert begin_draft(**act).pk == begin_draft(**act).pk
        assert SourceDraft.objects.count() == 1

    def test_without_leave_nothing_is_done(self, world: World) -> None:
        with pytest.raises(Refused, match="trực trung tâm điều hành và quản trị"):
            begin_draft(name="Nước", means="upload", client_id=uuid4(), **who(world, Role.OFFICER))

    def test_the_house_s_own_tables_are_not_for_the_web(self, world: World) -> None:
        with pytest.raises(Refused, match="chọn một cách lấy"):
            begin_draft(name="Nước", means="own", client_id=uuid4(), **who(world, Role.ADMINISTRATOR))

    def test_half_a_contract_is_not_declared_nor_one_that_was_not_seen(self, world: World) -> None:
        act = who(world, Role.ADMINISTRATOR)
        draft = begin_draft(name="Nước sạch", means="upload", client_id=uuid4(), **act)
        with pytest.raises(Refused, match="còn bước chưa xong"):
            declare_draft(draft, version=draft.version, **act)
        with pytest.raises(StaleDraft):
            declare_draft(draft, version=draft.version - 1, **act)
        with pytest.raises(StaleDraft):
            save_draft(draft, {"name": "x"}, version=draft.version - 1, **act)
        assert not Source.objects.exists()


def who(world: World, role: Role) -> dict[str, Any]:
    """Who acts."""
    person: Person = world.people[role]
    found = viewer(person, clock.today())
    assert found is not None
    return {"by": person, "viewer": found}
