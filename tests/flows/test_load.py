"""A package loads whole or not at all, twice as once; another province loads by a folder of the same form."""

import csv
import hashlib
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from namro.flows.load import load
from namro.flows.management.commands.census import census
from namro.ground import clock
from namro.ground.period import Period
from namro.ground.reviewed import FileRefused
from namro.indicators.models import Figure
from namro.organisation.models import Person, Unit
from namro.organisation.queries import communes_of, demo_accounts, unit_on
from namro.organisation.terms import Refused, Role, UnitKind
from namro.sources.actions import submit as send_return
from namro.sources.models import Batch, QuarantinedRow
from namro.sources.queries import asked_units, form
from namro.sources.terms import BatchState
from namro.tasks.models import Evidence, Extension, Register, Task
from namro.tasks.queries.counting import Counts, daily_counts
from namro.tasks.queries.league import league
from namro.tasks.terms import ExtensionStatus

DANANG = Path(__file__).parents[2] / "packages" / "danang"
DAY = date(2025, 7, 9)
# Of the synthetic sources two small ones: a report in Excel, and a file with words where numbers should be.
SOURCES = ("khu_cong_nghe_cao", "xac_thuc_dinh_danh")
# What is marked for the next judgement is no row of the place: without a river nobody takes the marks away.
MARKS = {"alerts_touched": 0}
PEERS = (UnitKind.PROVINCE, UnitKind.CITY, UnitKind.MINISTRY)


def copy_of_danang(folder: Path) -> Path:
    """The package with the river of its demo day only."""
    copy = shutil.copytree(DANANG, folder / "danang")
    head = yaml.safe_load((copy / "package.yaml").read_text(encoding="utf-8"))
    head["river_days"] = [head["demo_day"]]
    (copy / "package.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    return copy


def counted(register: str, path: str = "") -> Counts:
    units = Unit.objects.filter(path__startswith=path).values_list("pk", flat=True)
    of = Register.objects.get(code=register).pk
    rows = daily_counts(DAY, unit_ids=list(units), register_ids=[of])
    return sum(rows.values(), Counts())


def content() -> dict[str, str]:
    """A digest of every row of the tables in which people's work stands."""
    found = {}
    with connection.cursor() as cursor:
        for table in census():
            if table.startswith(("tasks_", "organisation_")):
                rows = sql.Identifier(table)
                cursor.execute(
                    sql.SQL("SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) FROM {} AS t").format(rows)
                )
                found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.django_db
def test_danang_loads_twice_as_once_and_gives_the_published_counts(
    tmp_path: Path, settings: Any, lake: None
) -> None:
    package = copy_of_danang(tmp_path)
    settings.NAMRO_DEMO_CENTRE, settings.NAMRO_INBOX = ",".join(SOURCES), tmp_path / "inbox"
    with clock.at(DAY):
        load(package, demo=True)
        rows, before = census(), content()
        check_published_counts()
        check_marks_and_files()
        check_sources()
        load(package, demo=True)
    assert census() == rows
    assert content() == before


def check_published_counts() -> None:
    city = unit_on("48", DAY)
    assert city is not None
    ours, country, committee = counted("tw", city.path), counted("tw"), counted("bcd", city.path)
    assert (ours.total, ours.finished, ours.open, ours.overdue) == (75, 32, 43, 2)
    assert (country.total, country.finished, country.open, country.overdue) == (802, 240, 562, 135)
    assert (committee.total, committee.finished, committee.open, committee.overdue) == (62, 19, 43, 2)
    peers = list(Unit.objects.valid_on(DAY).filter(kind__in=PEERS))
    places = [row.unit.code for row in league(peers, {unit.pk: counted("tw", unit.path) for unit in peers})]
    assert places.index("48") < 5
    shares = {
        Decimal(found.finished) / found.total
        for unit in communes_of(city, DAY)
        if (found := counted("xp", unit.path)).total
    }
    assert len(shares) > 20
    assert any(counted("xp", unit.path).total == 0 for unit in communes_of(city, DAY))


def check_sources() -> None:
    """Two years have landed, what was planted wrong is held, and the city has a figure of its latest week and month."""
    landed = Batch.objects.filter(state=BatchState.LANDED).values_list("source__code", "rows_quarantined")
    assert {code for code, _ in landed} == set(SOURCES)
    assert sum(held for _, held in landed) == 9
    assert set(QuarantinedRow.objects.values_list("batch__source__code", flat=True)) == {"xac_thuc_dinh_danh"}
    figures = Figure.objects.filter(indicator="xac_thuc_thanh_cong", unit__code="48", synthetic=True)
    assert figures.filter(period="2023-08").exists()
    assert figures.get(period="2025-06").value > 90
    assert Figure.objects.filter(indicator="lap_day_khu_cong_nghiep", unit__code="20200").count() > 20


def check_marks_and_files() -> None:
    assert not Task.objects.filter(synthetic=False).exists()
    assert not Person.objects.filter(is_demo=False).exists()
    assert [account.role for account in demo_accounts()] == [str(role.label) for role in Role]
    assert set(Extension.objects.values_list("status", flat=True)) == set(ExtensionStatus)
    for evidence in Evidence.objects.order_by("pk")[:20]:
        with default_storage.open(evidence.file.name) as file:
            kept = file.read()
        assert (hashlib.sha256(kept).hexdigest(), len(kept)) == (evidence.sha256, evidence.size)


HUE = {
    "package.yaml": """
code: hue
name: Thành phố Huế
root: "46"
country: {code: VN, name: Việt Nam}
two_tier_from: 2025-07-01
files: {units: units/units.csv}
""",
    "registers.yaml": """
owner: "46"
next_review: 2027-01-01
registers:
  - {code: tw, name: Trung ương giao thành phố Huế, short_name: Trung ương giao}
""",
    "forms/mot_cua.yaml": """
code: mot_cua
title: Hồ sơ một cửa trong tháng
version: 1
owner: "46"
why: Biết nơi nào quá tải.
next_review: 2027-01-01
period: month
first_period: 2025-07
due: {working_days: 5}
filled_by: {kinds: [ward, commune]}
fields:
  - {code: ho_so, label: Hồ sơ tiếp nhận, type: int, unit_of_measure: hồ sơ}
  - {code: truc_tuyen, label: Trong đó trực tuyến, type: int, unit_of_measure: hồ sơ}
checks:
  - {code: khong_qua, check: not_more_than, field: truc_tuyen, limit: ho_so}
""",
}


def hue(folder: Path) -> Path:
    """A small package of another province, made from the same list of units."""
    package = folder / "hue"
    for name, text in HUE.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text, encoding="utf-8")
    (package / "units").mkdir()
    shutil.copy(DANANG / "units" / "units.csv", package / "units" / "units.csv")
    return package


@pytest.mark.django_db
def test_another_province_loads_with_no_change_of_code(tmp_path: Path) -> None:
    package = hue(tmp_path)
    with clock.at(DAY):
        load(package, demo=True)
        rows = census() | MARKS
        load(package, demo=True)
        assert census() | MARKS == rows
        city, day = unit_on("46"), date(2025, 8, 5)
        assert city is not None
        with (package / "units" / "units.csv").open(encoding="utf-8") as lines:
            listed = sum(row["parent_code"] == "46" for row in csv.DictReader(lines))
        communes = list(communes_of(city, DAY))
        assert len(communes) == listed > 30
    with clock.at(day):
        sent = send_return(
            form="mot_cua", unit=communes[0], period=Period.parse("2025-07"),
            values={"ho_so": "120", "truc_tuyen": "90"}, as_of=date(2025, 7, 31), client_id=uuid4(),
            expected_version=0, by=None, viewer=None,
        )  # fmt: skip
    assert sent.unit == communes[0]
    assert set(asked_units(form("mot_cua"), day)) == {
        unit for unit in communes if unit.kind != "special_zone"
    }
    assert list(Register.objects.values_list("name", flat=True)) == ["Trung ương giao thành phố Huế"]
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_without_the_demo_nothing_made_up_comes(tmp_path: Path) -> None:
    with clock.at(DAY):
        load(copy_of_danang(tmp_path), demo=False)
    assert not Person.objects.exists()
    assert not Task.objects.exists()
    assert Register.objects.count() == 3


def test_an_unknown_part_is_refused_by_name(tmp_path: Path) -> None:
    package = hue(tmp_path)
    (package / "bang_tinh.xlsx").write_bytes(b"x")
    with pytest.raises(Refused, match=r"bang_tinh\.xlsx"):
        load(package, demo=False)


def test_a_folder_that_is_no_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"không có tệp package\.yaml"):
        call_command("load", str(tmp_path), verbosity=0)


@pytest.mark.parametrize(
    ("file", "change", "where"),
    [
        ("package.yaml", ('root: "46"', ""), "package.yaml, dòng 2: thiếu “root”"),
        ("package.yaml", ("units/units.csv", "units/khac.csv"), "package.yaml, dòng 7: tệp “units/khac.csv”"),
        ("package.yaml", ("{units:", "{units"), "package.yaml, dòng 7: tệp “” không có"),
        ("package.yaml", ("units.csv}", "units.csv"), "package.yaml, dòng 8"),
        (
            "registers.yaml",
            (", short_name: Trung ương giao", ""),
            "registers.yaml, dòng 5: thiếu “short_name”",
        ),
    ],
)
@pytest.mark.django_db
def test_a_fault_is_told_with_file_and_line_and_nothing_is_kept(
    tmp_path: Path, file: str, change: tuple[str, str], where: str
) -> None:
    package = hue(tmp_path)
    text = (package / file).read_text(encoding="utf-8")
    (package / file).write_text(text.replace(*change), encoding="utf-8")
    with clock.at(DAY), pytest.raises(FileRefused) as refusal:
        load(package, demo=False)
    assert where in str(refusal.value)
    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_a_faulty_form_is_told_by_the_command(tmp_path: Path) -> None:
    package = hue(tmp_path)
    (package / "forms" / "mot_cua.yaml").write_text(
        HUE["forms/mot_cua.yaml"].replace("type: int", "type: chu")
    )
    with clock.at(DAY), pytest.raises(CommandError, match=r"mot_cua\.yaml"):
        call_command("load", str(package), verbosity=0)
    assert not Unit.objects.exists()
