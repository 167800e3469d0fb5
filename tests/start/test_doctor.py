"""The doctor: each part that is broken gets its light, in plain words, with what to do."""

import json
import os
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connection
from tests import builders

from namro.audit.actions import note_checkpoint, record, seal
from namro.audit.models import Link
from namro.config import place
from namro.config.backup import STAMP
from namro.config.doctor import command, database, doors, machine, work
from namro.config.doctor.terms import Finding, Light
from namro.config.readiness import NoDatabase, restoring_mark
from namro.config.roles import give_rights
from namro.ground import clock
from namro.sources.models import FeedRun

GOOD_KEY = "pM3vX0q9LrT7bN2sWc8KdYf5GhJ1aZ6uEiO4-_Vt"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, readable by its owner only."""
    made = tmp_path / "place"
    made.mkdir(mode=0o700)
    monkeypatch.setenv(place.DATA_VARIABLE, str(made))
    return made


def lights(found: list[Finding]) -> dict[str, Light]:
    assert all("/" in each.said for each in found)  # Vietnamese / English
    assert all(each.do for each in found if each.light is not Light.GREEN)
    return {each.part: each.light for each in found}


def light(found: Finding) -> Light:
    return lights([found])[found.part]


def test_a_folder_that_others_can_read_is_red(folder: Path) -> None:
    assert light(machine.data_folder()) is Light.GREEN
    folder.chmod(0o701)  # the database's own account has to walk through
    assert light(machine.data_folder()) is Light.GREEN
    folder.chmod(0o750)
    assert light(machine.data_folder()) is Light.RED


@pytest.mark.parametrize("free, expected", [(100, "green"), (3, "amber"), (0.5, "red")])
def test_disk_and_memory_that_run_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, free: float, expected: str
) -> None:
    size = int(free * machine.GB)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: SimpleNamespace(free=size))
    monkeypatch.setattr(machine, "usable_memory", lambda: size)
    assert light(machine.disk()) is Light(expected)
    assert light(machine.memory()) is (Light.GREEN if free > 2 else Light(expected))


def test_documents_without_a_library_or_a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "PANGO", ("libno-such-thing.so.0",))
    found = machine.documents()
    assert found.light is Light.AMBER
    assert "libno-such-thing" in found.said


@pytest.mark.parametrize(
    "key, demo, expected",
    [
        (GOOD_KEY, False, "green"),
        ("", False, "red"),
        ("", True, "green"),
        ("qwerty", False, "red"),
        ("ab" * 40, False, "red"),
    ],
)
def test_a_key_that_can_be_guessed(
    monkeypatch: pytest.MonkeyPatch, key: str, demo: bool, expected: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    found = doors.secret_key(demo=demo)
    assert light(found) is Light(expected)
    assert not key or key not in found.said


def test_a_demo_that_the_network_can_reach(folder: Path, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    assert light(doors.reach(demo=True)) is Light.GREEN
    assert light(doors.reach(demo=False)) is Light.AMBER
    (folder / "up.lock").write_text("http://0.0.0.0:8057 (pid 7)")
    assert light(doors.reach(demo=True)) is Light.RED
    (folder / "up.lock").write_text("http://127.0.0.1:8057 (pid 7)")
    assert light(doors.reach(demo=True)) is Light.GREEN
    settings.ALLOWED_HOSTS = ["namro.danang.gov.vn"]
    assert light(doors.reach(demo=True)) is Light.RED
    assert light(doors.reach(demo=False)) is Light.GREEN


def test_passwords_in_the_clear(settings: Any) -> None:
    settings.HTTPS = False
    assert light(doors.https(demo=False)) is Light.RED
    assert light(doors.https(demo=True)) is Light.GREEN
    settings.HTTPS = True
    assert light(doors.https(demo=False)) is Light.GREEN


def test_a_day_that_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMRO_TODAY", "2025-07-09")
    assert light(doors.day(demo=True)) is Light.GREEN
    assert light(doors.day(demo=False)) is Light.RED
    monkeypatch.setenv("NAMRO_TODAY", "hôm qua")
    assert light(doors.day(demo=True)) is Light.RED
    monkeypatch.delenv("NAMRO_TODAY")
    assert light(doors.day(demo=False)) is Light.GREEN


def test_mail_that_is_not_set_up_or_not_encrypted(settings: Any) -> None:
    settings.NAMRO_MAIL = False
    assert light(doors.mail(demo=False)) is Light.AMBER
    assert light(doors.mail(demo=True)) is Light.GREEN
    settings.NAMRO_MAIL, settings.EMAIL_HOST, settings.EMAIL_USE_TLS = True, "mail.gov.vn", False
    assert light(doors.mail(demo=False)) is Light.AMBER
    settings.EMAIL_USE_TLS = True
    assert light(doors.mail(demo=False)) is Light.AMBER  # the sender is nobody
    settings.NAMRO_MAIL_FROM = "Năm Rõ <khong-tra-loi@mail.gov.vn>"
    assert light(doors.mail(demo=False)) is Light.GREEN


@pytest.fixture
def server(db: None) -> psycopg.Connection:
    connection.ensure_connection()
    return connection.connection


@pytest.mark.parametrize(
    "name, value, expected",
    [("fsync", "off", "red"), ("synchronous_commit", "off", "red"), ("max_connections", "20", "amber"),
     ("server_encoding", "SQL_ASCII", "red")],
)  # fmt: skip
def test_a_server_that_forgets(
    server: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    assert light(database.server(server)) is Light.GREEN
    truth = database._setting
    monkeypatch.setattr(database, "_setting", lambda at, asked: value if asked == name else truth(at, asked))
    assert light(database.server(server)) is Light(expected)


def test_an_old_server_and_clocks_apart(server: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    assert light(database.clocks(server)) is Light.GREEN
    monkeypatch.setattr(database, "OLDEST_SERVER", 99)
    assert light(database.server(server)) is Light.RED
    monkeypatch.setattr(database.time, "time", lambda: 0.0)
    assert light(database.clocks(server)) is Light.RED


def test_tables_of_another_version(server: psycopg.Connection) -> None:
    assert light(database.tables(server)) is Light.GREEN
    server.execute("DELETE FROM django_migrations WHERE app = 'reports'")
    assert light(database.tables(server)) is Light.RED
    server.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('tasks', '9999_later', now())")
    assert "mới hơn" in database.tables(server).said


def test_a_role_that_may_too_much_or_too_little(
    server: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(place.PROGRAM_VARIABLE, "postgresql://namro_doctor_app@/postgres")
    assert light(database.role(server)) is Light.RED  # there is none yet
    give_rights(server)
    assert light(database.role(server)) is Light.GREEN
    server.execute("REVOKE SELECT ON tasks_task FROM namro_doctor_app")
    assert light(database.role(server)) is Light.RED
    server.execute("GRANT DELETE ON audit_entry TO namro_doctor_app")
    assert light(database.role(server)) is Light.AMBER
    monkeypatch.setenv(place.PROGRAM_VARIABLE, f"postgresql://{server.info.user}@/postgres")
    assert light(database.role(server)) is Light.AMBER


def test_a_worker_that_is_not_there(server: psycopg.Connection) -> None:
    assert light(work.worker(demo=False)) is Light.AMBER
    server.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert light(work.worker(demo=False)) is Light.GREEN
    server.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'x', 'failed')"
    )
    assert light(work.worker(demo=False)) is Light.AMBER


def test_a_river_that_dried_up_or_a_feed_that_failed(server: psycopg.Connection) -> None:
    with clock.at(builders.TODAY):
        assert light(work.river(demo=False)) is Light.AMBER
        run = FeedRun.objects.create(feed="tasks", day=builders.TODAY, state="ok", ended_at=clock.now())
        assert light(work.river(demo=False)) is Light.GREEN
        FeedRun.objects.filter(pk=run.pk).update(day=builders.TODAY - timedelta(days=5))
        assert light(work.river(demo=False)) is Light.AMBER
        FeedRun.objects.filter(pk=run.pk).update(state="failed")
        assert light(work.river(demo=False)) is Light.RED


@pytest.mark.parametrize(
    "days, faulty, expected", [(0, 0, "green"), (3, 0, "amber"), (30, 0, "red"), (0, 2, "amber")]
)
def test_a_backup_that_is_old_or_not_whole(folder: Path, days: int, faulty: int, expected: str) -> None:
    assert light(work.backup(demo=False)) is Light.RED
    assert light(work.backup(demo=True)) is Light.GREEN
    told = {"at": time.time() - days * 86_400 - 60, "file": "/a", "faulty": faulty}
    (folder / STAMP).write_text(json.dumps(told))
    assert light(work.backup(demo=False)) is Light(expected)


def test_a_log_that_was_changed(server: psycopg.Connection, folder: Path, settings: Any) -> None:
    settings.DATA = folder
    record(by=None, verb="x", obj=builders.unit("48", "Thành phố Đà Nẵng", "city"))
    seal()
    note_checkpoint(folder)
    assert light(work.log(demo=False)) is Light.GREEN
    server.execute("SET LOCAL session_replication_role = replica")
    Link.objects.all().delete()
    assert light(work.log(demo=False)) is Light.RED
    (folder / "audit-checkpoints").write_text("nothing\n")
    assert "điểm kiểm" in work.log(demo=False).said


def test_a_place_where_nothing_is_yet_is_told_so_and_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(place.DATA_VARIABLE, str(tmp_path / "nowhere"))
    monkeypatch.delenv(place.OWNER_VARIABLE, raising=False)
    assert lights(list(command.examine()))["database"] is Light.AMBER
    assert not (tmp_path / "nowhere").exists()


def test_a_half_restored_place(folder: Path) -> None:
    restoring_mark().write_text("")
    assert lights(list(command.examine()))["restore"] is Light.RED


def test_a_database_that_does_not_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(place.OWNER_VARIABLE, "postgresql://nobody@127.0.0.1:9/nothing")
    with pytest.raises(SystemExit) as ended:
        command.doctor(["--json"])
    told = {each["part"]: each["light"] for each in json.loads(capsys.readouterr().out)}
    assert told["database"] == "red"
    assert ended.value.code == 1


def test_a_part_that_cannot_be_looked_at_is_red_and_the_rest_goes_on() -> None:
    def broken() -> Finding:
        raise NoDatabase("mất kết nối")

    assert "mất kết nối" in command._looked("river", broken).said
    assert command._looked("river", broken).light is Light.RED


def test_everything_is_looked_at_on_a_place_that_stands(
    server: psycopg.Connection,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SECRET_KEY", "")
    monkeypatch.setenv("NAMRO_TODAY", "2025-07-09")
    found = lights(list(command._with_django(server, demo=False)))
    assert set(found) == {
        "secret_key", "server", "clock", "tables", "role", "reach", "https", "day", "mail", "worker", "river", "backup",
        "log", "lake",
    }  # fmt: skip
    assert found["secret_key"] is found["day"] is Light.RED
    assert os.environ["SECRET_KEY"] == ""
