"""The API: what a key reads, what it does not, how refusals are said."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.api.conftest import Program
from tests.builders import TODAY, World
from tests.pages.indicators.conftest import RATE, figure

from namro.access.models import ApiKey
from namro.access.terms import Scope
from namro.api import keys
from namro.audit.models import Entry
from namro.indicators.actions import load_definitions, store_figures
from namro.indicators.catalog.definitions import definition_of
from namro.organisation.terms import Role
from namro.tasks.models import Participation, Task
from namro.tasks.terms import Involvement, Mark, State

ROOT = "/api/v1"


def codes(client: Client, path: str) -> list[str]:
    """Return the codes of all pages of a list."""
    found: list[str] = []
    join, cursor = "&" if "?" in path else "?", None
    while cursor != "":
        answer = client.get(f"{ROOT}{path}{join}cursor={cursor or ''}").json()
        found += [row["code"] for row in answer["rows"]]
        cursor = answer["next"]
    return found


def refused(answer: Any, status: int) -> str:
    """Return what a problem document says; fails where it is none of that status."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert (said["status"], said["type"]) == (status, "about:blank")
    return str(said["detail"])


def test_without_a_key_nothing_is_read(world: World) -> None:
    for client in (
        Client(),
        Client(headers={"authorization": "Bearer namro_x"}),
        Client(headers={"authorization": "x"}),
    ):
        answer = client.get(f"{ROOT}/tasks")
        assert "Thiếu khóa API" in refused(answer, 401)
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_session_is_no_key(world: World) -> None:
    client = Client()
    client.force_login(world.people[Role.SECRETARIAT], backend="django.contrib.auth.backends.ModelBackend")
    refused(client.get(f"{ROOT}/tasks"), 401)


def test_a_key_reads_within_its_scopes(world: World, program: Program) -> None:
    client = program(world.city, Scope.UNITS_READ)
    assert client.get(f"{ROOT}/units").status_code == 200
    for path, scope in (("tasks", "tasks:read"), ("indicators", "figures:read"), ("alerts", "alerts:read")):
        assert scope in refused(client.get(f"{ROOT}/{path}"), 403)


def test_units_are_those_of_the_key_and_below(world: World, program: Program) -> None:
    assert set(codes(program(world.communes[0]), "/units")) == {"20194"}
    client = program()
    inside = {"48", *(unit.code for unit in (*world.agencies, *world.communes))}
    assert set(codes(client, "/units?size=2")) == inside
    assert codes(client, "/units?below=20194") == ["20194"]
    assert "Không có đơn vị" in refused(client.get(f"{ROOT}/units?below=01"), 422)


def test_tasks_are_those_that_a_page_would_show_but_marked_ones(world: World, program: Program) -> None:
    own, other = world.communes[0], world.communes[1]
    mine = world.tasks(own, [State.IN_PROGRESS, State.IN_PROGRESS_LATE, State.DONE])
    theirs = world.task(other)
    world.task(own, mark=Mark.CONFIDENTIAL)
    world.draft(own)
    client = program(own)
    assert set(codes(client, "/tasks?size=1")) == {task.code for task in mine}
    assert codes(client, "/tasks?state=overdue") == [mine[1].code]
    assert codes(client, "/tasks?register=xp") == []
    assert codes(client, f"/tasks?unit={own.code}&due_from=2026-01-01") == []
    assert client.get(f"{ROOT}/tasks/{theirs.code}").status_code == 404
    marked = Task.objects.get(mark=Mark.CONFIDENTIAL)
    refused(client.get(f"{ROOT}/tasks/{marked.code}"), 404)


def test_a_task_says_its_clears_and_names_no_person(world: World, program: Program) -> None:
    officer = world.people[Role.OFFICER]
    task = world.task(world.communes[0], State.IN_PROGRESS_LATE, lead_person=officer)
    Participation.objects.create(task=task, unit=world.agencies[0], involvement=Involvement.COOPERATING)
    answer = program().get(f"{ROOT}/tasks/{task.code}")
    said = answer.json()
    assert (said["code"], said["state"], said["due_day"], said["as_of"]) == (
        task.code, "in_progress_late", "2025-06-27", TODAY.isoformat()
    )  # fmt: skip
    assert said["lead_unit"] == {"code": "20194", "name": "Phường Hải Vân"}
    assert [unit["code"] for unit in said["cooperating"]] == ["TU.VP"]
    assert officer.full_name not in answer.content.decode()


def test_a_past_day_is_read_as_it_was(world: World, program: Program) -> None:
    task = world.task(world.communes[0], State.IN_PROGRESS_LATE)
    client = program()
    said = client.get(f"{ROOT}/tasks?as_of=2025-06-01").json()
    assert [(row["code"], row["state"]) for row in said["rows"]] == [(task.code, "in_progress")]
    assert client.get(f"{ROOT}/tasks/{task.code}?as_of=2025-06-01").json()["state"] == "in_progress"
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert "chưa đến" in refused(client.get(f"{ROOT}/tasks?as_of={tomorrow}"), 422)


@pytest.mark.parametrize(
    "query",
    ["size=0", "size=abc", "state=lost", "cursor=x", "cursor=2025-99-99_1", "as_of=hom-qua", "unit=khong-co"],
)
def test_what_cannot_be_is_refused(world: World, program: Program, query: str) -> None:
    refused(program().get(f"{ROOT}/tasks?{query}"), 422)


def test_lists_cost_the_same_however_long(
    world: World, program: Program, django_assert_max_num_queries: Any
) -> None:
    client = program()
    world.tasks(world.communes[0], [State.IN_PROGRESS] * 30)
    client.get(f"{ROOT}/tasks")
    with django_assert_max_num_queries(12):
        assert len(client.get(f"{ROOT}/tasks").json()["rows"]) == 30


def test_the_minute_of_a_key_has_an_end(world: World, program: Program, monkeypatch: Any) -> None:
    monkeypatch.setattr(keys, "MOST_A_MINUTE", 2)
    client = program()
    with time_machine.travel(1_760_000_000, tick=False):  # within one minute, however slow the machine
        answers = [client.get(f"{ROOT}/units") for _ in range(3)]
    assert [answer.status_code for answer in answers[:2]] == [200, 200]
    assert "quá nhiều" in refused(answers[2], 429)
    assert answers[2]["Retry-After"] == "60"


def test_use_is_put_down(world: World, program: Program) -> None:
    client = program()
    for _ in range(3):
        client.get(f"{ROOT}/units")
    assert ApiKey.objects.get().used_at is not None
    assert Entry.objects.filter(verb="use_key").count() == 1


def test_there_is_no_writing(world: World, program: Program) -> None:
    client = program()
    for path in ("tasks", "units", "alerts", "indicators"):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(f"{ROOT}/{path}").status_code == 405


def test_nothing_there_is_said_as_a_problem(world: World) -> None:
    refused(Client().get(f"{ROOT}/khong-co"), 404)
    refused(Client().post(f"{ROOT}/khong-co/gi-ca"), 404)


def test_the_description_is_open_to_read_and_names_the_refusals(db: None) -> None:
    said = Client().get(f"{ROOT}/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert {*said["paths"]} == {
        f"{ROOT}/{path}"
        for path in (
            "units", "tasks", "tasks/{code}", "indicators", "indicators/{code}/figures", "alerts",
            "sources/{code}/batches", "dossiers/to-synchronise", "dossiers/synchronised",
        )
    }  # fmt: skip
    answers = said["paths"][f"{ROOT}/tasks"]["get"]["responses"]
    assert {*answers} == {"200", "400", "401", "403", "404", "422", "429"}
    assert {*answers["422"]["content"]} == {"application/problem+json"}


def test_figures_say_whence_they_are(world: World, program: Program) -> None:
    load_definitions([(definition_of(RATE), RATE)], package="mau")
    parts = {"20194": (1, 3), "20320": (3, 4), "20333": (1, 1)}
    store_figures([figure("ty_le_trang", code, "2025-06", part) for code, part in parts.items()], day=TODAY)
    client = program()
    assert codes(client, "/indicators") == ["ty_le_trang"]
    first = client.get(f"{ROOT}/indicators/ty_le_trang/figures?size=2").json()
    second = client.get(f"{ROOT}/indicators/ty_le_trang/figures?size=2&cursor={first['next']}").json()
    rows = [*first["rows"], *second["rows"]]
    assert {row["unit"]["code"]: row["value"] for row in rows} == {
        "20194": "33.3",
        "20320": "75.0",
        "20333": "100.0",
    }
    assert second["next"] == ""
    assert {(row["source"], row["as_of"], row["version"], row["period"]) for row in rows} == {
        ("Biểu (mẫu)", "2025-07-04", 2, "2025-06")
    }
    refused(client.get(f"{ROOT}/indicators/khong-co/figures"), 404)
    assert "Kỳ" in refused(client.get(f"{ROOT}/indicators/ty_le_trang/figures?period=2025-99"), 422)
