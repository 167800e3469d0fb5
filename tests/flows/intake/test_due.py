"""When a source is fetched: by one caller, sooner after a fault; and its lake is kept at night."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from tests.flows.intake.conftest import run
from tests.sources.landing import GOOD, csv, lying

from namro.flows.intake import claim_due, fetch, keep_lake, run_source
from namro.ground import clock
from namro.lake import tables
from namro.organisation.terms import Refused
from namro.sources.models import Source

pytestmark = pytest.mark.usefixtures("lake")


def test_a_source_is_due_to_one_caller_only(box: Path) -> None:
    source = Source.objects.get()
    assert list(claim_due()) == []
    Source.objects.update(next_run=clock.now() - timedelta(days=3))
    due = claim_due()
    assert next(due) == "muc_nuoc"
    assert list(claim_due()) == []
    source.refresh_from_db()
    assert clock.now() < source.next_run <= clock.now() + timedelta(days=1)
    with pytest.raises(Refused, match="khong_co"):
        run_source("khong_co")


def test_what_failed_is_due_again_within_the_hour(box: Path) -> None:
    due = Source.objects.get().next_run
    (box / "a.csv").write_bytes(csv(GOOD))
    fetch("muc_nuoc")
    assert Source.objects.get().next_run == due
    (box / "b.csv").write_bytes(b"x")
    with pytest.raises(CommandError, match="Có lô không nhận được"):
        call_command("take_in", "muc_nuoc", stdout=StringIO())
    assert Source.objects.get().next_run <= min(due, clock.now() + timedelta(hours=1))


def test_the_lake_is_kept_each_night(box: Path) -> None:
    for number in range(10):
        (box / f"{number}.csv").write_bytes(csv(GOOD.replace("T1", f"T{number}")))
    run()
    before = lying("ma_tram")
    keep_lake()
    assert len(tables.files("muc_nuoc")) == 1
    assert lying("ma_tram") == before
