"""Killed by kill -9 at any moment of a load, or out of disk: the lake keeps its last whole state, the next mends."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from tests.builders import TODAY
from tests.sources import landing
from tests.sources.landing import GOOD, csv, declared, lying, row, shipment

from namro.config import place
from namro.flows.intake import run_source
from namro.ground import clock
from namro.lake import keeping, tables
from namro.outside.folder import inbox
from namro.sources.actions.intake import take_in
from namro.sources.models import Batch, QuarantinedRow, Source

HERE = Path(__file__).parent
MOMENTS = (
    "files are written, the catalogue does not know",
    "the lake has it, the receipt does not",
    "the receipt is closed, the file lies there",
)
BAD = GOOD.replace("T1", "T2").replace("1.5", "99")


@pytest.fixture
def source(
    transactional_db: None, lake: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Source:
    """The test source with a row in the lake, stored for other processes to see."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    landing.world()
    made = declared()
    take_in(made, shipment([row({"Mã trạm": "T0"})]))
    settings.NAMRO_INBOX = place.data_folder() / "inbox"
    inbox("muc_nuoc").mkdir(parents=True, exist_ok=True)
    return made


def killed_at(moment: str) -> None:
    """Start a load in a process of its own and kill it at the moment."""
    named = connection.settings_dict
    url = f"postgresql://{named['USER']}@/{quote(named['NAME'])}?host={quote(str(place.socket_folder()))}"
    environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    child = subprocess.Popen(
        [sys.executable, str(HERE / "killed.py"), moment], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout
    assert child.stdout.readline() == "here\n"
    child.kill()
    child.wait()


def test_a_load_killed_at_any_moment_is_mended_by_the_next(source: Source) -> None:
    box = inbox("muc_nuoc")
    for number, moment in enumerate(MOMENTS):
        before = lying("ma_tram", "muc_nuoc")
        station = GOOD.replace("T1", f"A{number}")
        (box / f"{number}.csv").write_bytes(csv(station, BAD))
        killed_at(moment)
        landed = sorted([*before, (f"A{number}", "1.5")])
        assert lying("ma_tram", "muc_nuoc") == (
            landed if "lake has it" in moment or "closed" in moment else before
        )
        [batch] = run_source("muc_nuoc")
        assert (batch.state, batch.rows_in, batch.rows_landed, batch.rows_quarantined) == (
            "landed",
            2,
            1,
            1,
        ), moment
        assert batch.months == ["2025-07"]
        assert lying("ma_tram", "muc_nuoc") == landed
        assert not list(box.glob("*.csv"))
    assert Batch.objects.count() == 1 + len(MOMENTS)
    assert QuarantinedRow.objects.count() == len(MOMENTS)
    assert not Batch.objects.exclude(state="landed").exists()


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond some kilobytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_fills_while_writing_leaves_what_was_there(source: Source, monkeypatch: Any) -> None:
    many = [row({"Mã trạm": f"S{number}", "Mực nước": str(number % 15)}) for number in range(2000)]
    before = lying("ma_tram")
    parcel = shipment(many)
    with full_disk():
        failed = take_in(source, parcel)
    assert failed.state == "failed"
    assert "Đĩa của hồ số liệu đã đầy" in failed.error
    assert lying("ma_tram") == before
    again = take_in(source, parcel)
    assert (again.pk, again.state, again.rows_landed, again.error) == (failed.pk, "landed", 2000, "")
    assert len(lying("ma_tram")) == 2001
    monkeypatch.setattr(keeping, "GRACE_SECONDS", -1)
    assert keeping.sweep("muc_nuoc") > 0
    assert len(lying("ma_tram")) == 2001
    assert tables.missing_files("muc_nuoc") == []
