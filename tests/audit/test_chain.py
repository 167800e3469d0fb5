"""The chain over the log: whoever changes a line, even as the database's own superuser, is found."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from tests import builders

from namro.audit.actions import line, note_checkpoint, noted_checkpoints, record, record_many, seal
from namro.audit.models import Entry, Link
from namro.audit.queries import first_fault, head
from namro.audit.terms import Checkpoint, Fault, Wrong
from namro.ground import clock
from namro.organisation.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(db: None) -> list[Entry]:
    """Seven sealed lines."""
    city = builders.unit("48", "Thành phố Đà Nẵng", "city")
    with clock.at(builders.TODAY):
        made = [
            record(by=None, verb=f"viec-{n}", obj=city, before={"a": n}, after={"đ": "Hải Châu"})
            for n in range(7)
        ]
    assert seal() == 7
    return made


def tamper(statement: str, *values: Any) -> None:
    """Do what only a superuser of the database can: switch the guards off, then write."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def forge(entry_id: int) -> None:
    """Write a line with a number of one's own choice."""
    columns = "at, day, by_name, verb, kind, key, label, unit_code, ground"
    statement = "INSERT INTO audit_entry (id, {0}) SELECT %s, {0} FROM audit_entry LIMIT 1"
    tamper(statement.format(columns), entry_id)


def test_an_untouched_log_is_whole(log: list[Entry]) -> None:
    assert first_fault() is None
    assert head() == Checkpoint(7, Link.objects.get(seq=7).hash)
    assert seal() == 0


@pytest.mark.parametrize(
    "column, value",
    [
        ("verb", "khac"),
        ("by_name", "Người khác"),
        ("ground", "x"),
        ("after", '{"đ": "Sơn Trà"}'),
        ("day", "2025-01-01"),
    ],
)
def test_a_changed_line_is_named(log: list[Entry], column: str, value: str) -> None:
    tamper(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, log[3].pk)  # noqa: S608
    assert first_fault() == Fault(Wrong.CHANGED, 4, log[3].pk)


def test_a_line_deleted_from_the_middle_is_named(log: list[Entry]) -> None:
    tamper("DELETE FROM audit_entry WHERE id = %s", log[2].pk)
    assert first_fault() == Fault(Wrong.LINE_GONE, 3, log[2].pk)


def test_a_line_deleted_with_its_link_is_named(log: list[Entry]) -> None:
    tamper("DELETE FROM audit_entry WHERE id = %s", log[2].pk)
    tamper("DELETE FROM audit_link WHERE seq = 3")
    assert first_fault() == Fault(Wrong.LINK_GONE, 3, 0)


def test_closing_the_gap_in_the_numbers_does_not_help(log: list[Entry]) -> None:
    tamper("DELETE FROM audit_entry WHERE id = %s", log[2].pk)
    tamper("DELETE FROM audit_link WHERE seq = 3")
    for seq in range(4, 8):
        tamper("UPDATE audit_link SET seq = %s WHERE seq = %s", seq - 1, seq)
    assert first_fault() == Fault(Wrong.CHANGED, 3, log[3].pk)


def test_a_link_made_anew_for_a_changed_line_is_found_by_the_next(log: list[Entry]) -> None:
    tamper("UPDATE audit_entry SET verb = 'khac' WHERE id = %s", log[3].pk)
    tamper("UPDATE audit_link SET hash = repeat('0', 64) WHERE seq = 4")
    assert first_fault() == Fault(Wrong.CHANGED, 4, log[3].pk)


def test_a_cut_off_end_is_seen_by_a_checkpoint(log: list[Entry]) -> None:
    kept = head()
    assert kept is not None
    tamper("DELETE FROM audit_entry WHERE id >= %s", log[5].pk)
    tamper("DELETE FROM audit_link WHERE seq >= 6")
    assert first_fault() is None
    assert first_fault([kept]) == Fault(Wrong.CUT_OFF, 7, 0)


def test_an_end_cut_off_and_written_anew_is_seen_by_a_checkpoint(log: list[Entry]) -> None:
    kept = head()
    assert kept is not None
    tamper("DELETE FROM audit_entry WHERE id = %s", log[6].pk)
    tamper("DELETE FROM audit_link WHERE seq = 7")
    record(by=None, verb="khac", obj=Unit.objects.get())
    seal()
    assert first_fault() is None
    assert first_fault([kept]) == Fault(Wrong.CUT_OFF, 7, 0)


def test_a_line_put_in_afterwards_among_sealed_ones_is_named(log: list[Entry]) -> None:
    before = log[0].pk - 1
    forge(before)
    assert first_fault(settled=timedelta()) == Fault(Wrong.OUTSIDE, 0, before)


def test_a_line_that_was_seen_late_is_sealed_behind_those_that_came_first(log: list[Entry]) -> None:
    """Its number is lower: its transaction lasted longer than others that began later."""
    late = log[0].pk - 1
    forge(late)
    assert seal() == 1
    assert Link.objects.get(entry_id=late).seq == 8
    assert first_fault() is None


def test_a_change_at_the_end_is_found_by_reading_only_the_end(log: list[Entry]) -> None:
    tamper("UPDATE audit_entry SET verb = 'khac' WHERE id = %s", log[6].pk)
    assert first_fault(after=5) == Fault(Wrong.CHANGED, 7, log[6].pk)
    tamper("UPDATE audit_entry SET verb = 'viec-6' WHERE id = %s", log[6].pk)
    assert first_fault(after=5) is None


def test_thousands_of_lines_are_sealed_in_a_few_statements(
    log: list[Entry], django_assert_max_num_queries
) -> None:
    city = Unit.objects.get()
    record_many(line(by=None, verb="nhieu", obj=city) for _ in range(4_000))
    with django_assert_max_num_queries(20):
        assert seal() == 4_000
    assert first_fault() is None


@pytest.mark.parametrize(
    "act", ["UPDATE audit_entry SET verb = ''", "DELETE FROM audit_entry", "DELETE FROM audit_link"]
)
def test_even_the_owner_is_refused_without_switching_the_guards_off(log: list[Entry], act: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)


def test_the_command_says_how_far_the_log_goes_and_keeps_a_checkpoint(
    log: list[Entry], settings: Any, tmp_path: Path
) -> None:
    settings.DATA, out, file = tmp_path, io.StringIO(), tmp_path / "diem-kiem"
    record(by=None, verb="moi", obj=Unit.objects.get())
    call_command("audit_check", checkpoint=file, stdout=out)
    assert "8 dòng" in out.getvalue()
    assert file.read_text().strip() == str(head())


def test_the_command_names_the_fault(log: list[Entry], settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    kept = str(note_checkpoint(tmp_path))
    call_command("audit_check", against=[kept], stdout=io.StringIO())
    tamper("DELETE FROM audit_entry WHERE id = %s", log[6].pk)
    tamper("DELETE FROM audit_link WHERE seq = 7")
    with pytest.raises(CommandError, match="mắt xích 7"):
        call_command("audit_check", stdout=io.StringIO())
    tamper("UPDATE audit_entry SET verb = 'khac' WHERE id = %s", log[1].pk)
    with pytest.raises(CommandError, match=f"Dòng {log[1].pk} "):
        call_command("audit_check", stdout=io.StringIO())
    with pytest.raises(CommandError, match="không phải là điểm kiểm"):
        call_command("audit_check", against=["7:abc"])


def test_a_checkpoint_is_noted_once_for_each_end(log: list[Entry], tmp_path: Path) -> None:
    first = note_checkpoint(tmp_path)
    note_checkpoint(tmp_path)
    record(by=None, verb="moi", obj=Unit.objects.get())
    seal()
    second = note_checkpoint(tmp_path)
    assert noted_checkpoints(tmp_path) == [first, second]
    assert noted_checkpoints(tmp_path / "nowhere") == []
