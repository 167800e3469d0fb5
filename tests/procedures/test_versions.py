"""A file changes the catalogue only when a person publishes it; what was published stays as it was."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.builders import TODAY, World
from tests.procedures.conftest import package
from tests.procedures.records import NAMES, lines, record

from namro.audit.models import Entry
from namro.ground.reviewed import FileRefused
from namro.organisation.queries import viewer
from namro.organisation.terms import Refused, Role
from namro.procedures import actions, queries
from namro.procedures.models import Procedure, ProcedureChange, ProcedureImport, ProcedureVersion
from namro.procedures.terms import ImportState, Part, VersionState

pytestmark = pytest.mark.usefixtures("catalogue")
Receive = Callable[..., ProcedureImport]


def by(world: World, role: Role = Role.SECRETARIAT) -> dict[str, Any]:
    """Who acts, and the number of the act."""
    person = world.people[role]
    return {"by": person, "viewer": viewer(person), "client_id": uuid4()}


@pytest.fixture
def receive(world: World) -> Receive:
    """Send a file in as the secretariat."""

    def sent(content: bytes, **more: Any) -> ProcedureImport:
        return actions.receive_import(
            content, **({"name": "a.jsonl", "is_complete": False} | by(world) | more)
        )

    return sent


def changed() -> bytes:
    """Return a file with one changed, one unchanged and one new procedure."""
    return lines(record("1.000001", result="Giấy khai sinh"), record("1.000002"), record("2.000001"))


def test_the_package_publishes_its_first_catalogue_and_twice_is_as_once(catalogue: Path) -> None:
    before = list(ProcedureVersion.objects.values_list("pk", "digest")), Entry.objects.count()
    assert actions.load_package(catalogue) == {"procedures": len(NAMES), "successions": 2}
    assert (list(ProcedureVersion.objects.values_list("pk", "digest")), Entry.objects.count()) == before
    [batch] = queries.imports()
    assert (batch.state, batch.new, batch.published_by) == (ImportState.PUBLISHED, len(NAMES), None)
    assert Procedure.objects.filter(current__number=1, current__valid_from=date(2025, 7, 1)).count() == len(
        NAMES
    )


def test_a_later_file_of_the_package_waits_for_a_person(catalogue: Path) -> None:
    actions.load_package(
        package(catalogue, lines(*(record(code) for code in list(NAMES)[1:]), record("2.000001")))
    )
    waiting = queries.imports()[0]
    assert (waiting.state, waiting.from_package) == (ImportState.RECEIVED, True)
    assert (waiting.new, waiting.changed, waiting.ended, waiting.same) == (1, 0, 1, 9)
    assert ProcedureVersion.objects.count() == len(NAMES)


def test_a_package_with_a_bad_line_is_refused_with_it(catalogue: Path) -> None:
    with pytest.raises(FileRefused, match="procedures.jsonl, dòng 2: thiếu “name”"):
        actions.load_package(package(catalogue, lines(record(), record("1.000002", name=""))))


def test_an_import_shows_what_it_changes_and_changes_nothing(receive: Receive) -> None:
    batch = receive(changed() + b"\n{}")
    assert (batch.new, batch.changed, batch.ended, batch.same, len(batch.faults)) == (1, 1, 0, 1, 1)
    told = {change.code: (change.kind, change.parts) for change in queries.changes_of(batch)}
    assert told == {"1.000001": ("changed", [Part.RESULT.value]), "2.000001": ("new", [])}
    assert not Procedure.objects.filter(code="2.000001").exists()


def test_what_is_published_holds_from_its_day_and_what_was_stays(world: World, receive: Receive) -> None:
    actions.publish_import(receive(changed()).pk, valid_from=TODAY, **by(world))
    row = queries.procedure("1.000001")
    assert row is not None
    now, before = queries.version_on(row, TODAY), queries.version_on(row, TODAY - timedelta(days=1))
    assert now is not None and before is not None
    assert (now.number, now.body["result"], before.body["result"]) == (2, "Giấy khai sinh", "Giấy chứng nhận")
    assert queries.version_on(row, date(2025, 6, 30)) is None
    latest, first = queries.history_of(row)
    assert (latest.state, first.state, first.valid_to) == (
        VersionState.IN_FORCE,
        VersionState.REPLACED,
        TODAY,
    )
    assert [diff.part for diff in latest.diff] == [Part.RESULT]
    assert row.folded_rest.endswith("giay khai sinh")
    new = queries.procedure("2.000001")
    assert new is not None and new.current is not None and new.current.number == 1


def test_a_whole_catalogue_ends_what_is_not_in_it_and_may_bring_it_back(
    world: World, receive: Receive
) -> None:
    rest = [record(code) for code in list(NAMES)[1:]]
    actions.publish_import(receive(lines(*rest), is_complete=True).pk, valid_from=TODAY, **by(world))
    ended = queries.procedure("1.000001")
    assert ended is not None and ended.current is None
    assert queries.version_on(ended, TODAY) is None
    assert queries.history_of(ended)[0].state is VersionState.ENDED
    assert "1.000001" in [row.code for row in queries.page_of(queries.Asked(ended=True)).procedures]
    actions.publish_import(receive(lines(record())).pk, valid_from=TODAY, **by(world))
    back = queries.procedure("1.000001")
    assert back is not None and back.current is not None and back.current.number == 3


def test_a_code_in_a_bad_line_does_not_end_and_nothing_whole_is_published_with_faults(
    world: World, receive: Receive
) -> None:
    rest = [record(code) for code in list(NAMES)[1:]]
    batch = receive(lines(record(name=""), *rest, record("2.000001")), is_complete=True)
    assert batch.ended == 0
    with pytest.raises(Refused, match="còn 1 dòng sai"):
        actions.publish_import(batch.pk, valid_from=TODAY, **by(world))


def test_publishing_twice_is_as_once_and_a_discarded_import_is_gone(world: World, receive: Receive) -> None:
    batch, other = receive(changed()), receive(lines(record("2.000002")))
    for _ in range(2):
        actions.publish_import(batch.pk, valid_from=TODAY, **by(world))
        actions.discard_import(other.pk, **by(world))
    assert ProcedureVersion.objects.filter(batch=batch).count() == 2
    assert Entry.objects.filter(verb="publish_procedures", by_id__isnull=False).count() == 1
    assert Entry.objects.filter(verb="discard_procedures").count() == 1
    with pytest.raises(Refused, match="đã bỏ"):
        actions.publish_import(other.pk, valid_from=TODAY, **by(world))
    with pytest.raises(Refused, match="đã công bố"):
        actions.discard_import(batch.pk, **by(world))


def test_an_import_that_was_overtaken_is_refused_and_nothing_of_it_is_kept(
    world: World, receive: Receive
) -> None:
    first, second = receive(changed()), receive(lines(record("1.000001", result="Thẻ"), record("2.000003")))
    actions.publish_import(first.pk, valid_from=TODAY, **by(world))
    with pytest.raises(Refused, match=r"1\.000001 đã đổi"):
        actions.publish_import(second.pk, valid_from=TODAY, **by(world))
    assert not Procedure.objects.filter(code="2.000003").exists()


@pytest.mark.parametrize(
    ("content", "valid_from", "said"),
    [
        (changed(), TODAY + timedelta(days=1), "chưa đến"),
        (changed(), date(2025, 6, 30), "không được sớm hơn"),
        (lines(), TODAY, "không thay đổi thủ tục nào"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    world: World, receive: Receive, content: bytes, valid_from: date, said: str
) -> None:
    batch = receive(content)
    with pytest.raises(Refused, match=said):
        actions.publish_import(batch.pk, valid_from=valid_from, **by(world))


@pytest.mark.parametrize("role", [Role.STEERING, Role.OFFICER, Role.CLERK])
def test_who_may_not_is_refused(receive: Receive, world: World, role: Role) -> None:
    batch = receive(changed())
    for verb in (
        lambda: receive(changed(), **by(world, role)),
        lambda: actions.publish_import(batch.pk, valid_from=TODAY, **by(world, role)),
        lambda: actions.discard_import(batch.pk, **by(world, role)),
    ):
        with pytest.raises(Refused, match="Chỉ Tổ thư ký và quản trị"):
            verb()
    assert ProcedureChange.objects.filter(batch=batch).count() == 2


@pytest.mark.parametrize("content", [b"", b"{}", b"\n"])
def test_a_file_without_a_procedure_is_refused(receive: Receive, content: bytes) -> None:
    with pytest.raises(Refused):
        receive(content)


def test_a_version_cannot_be_changed_or_taken_back() -> None:
    rows = ProcedureVersion.objects.all()
    for act in (lambda: rows.update(valid_from=TODAY), lambda: rows._raw_delete("default")):
        with pytest.raises(DatabaseError, match="procedures_procedureversion"), transaction.atomic():
            act()
    assert ProcedureVersion.objects.count() == len(NAMES)
