"""Each role × each route: the answer stands in one reviewed table, and a route without a row fails."""

from pathlib import Path

import yaml
from django.db import transaction
from django.test import Client
from django.urls import reverse

from namro.organisation.terms import Role
from tests.house.building import routes
from tests.house.place import Place
from tests.house.samples import samples

TABLE = yaml.safe_load((Path(__file__).parent / "permission_matrix.yaml").read_text(encoding="utf-8"))
ROLES = [Role(name) for name in TABLE["roles"]]
METHODS = ("GET", "POST")
NOT_ALLOWED = [405] * len(ROLES)


def test_the_table_has_every_role_and_a_row_for_every_route() -> None:
    assert set(ROLES) == set(Role)
    written = {key.split()[0] for key in TABLE["answers"]}
    assert written == {route.name for route in routes()}
    assert {key.split()[1] for key in TABLE["answers"]} <= set(METHODS)
    assert all(len(row) == len(ROLES) for row in TABLE["answers"].values())


def test_every_role_gets_the_answer_of_the_table(here: Place) -> None:
    given = answers(here)
    expected = {key: TABLE["answers"].get(key, NOT_ALLOWED) for key in given}
    assert {key: row for key, row in given.items() if row != expected[key]} == {}


def answers(here: Place) -> dict[str, list[int]]:
    """Return the status each role gets from each route by each method; nothing that was sent is kept."""
    clients = [_signed_in(here, role) for role in ROLES]
    addresses = _addresses(here)
    return {
        f"{name} {method}": [_status(client, method, address) for client in clients]
        for name, address in addresses.items()
        for method in METHODS
    }


def _addresses(here: Place) -> dict[str, str]:
    sample = samples(here)
    return {
        route.name: reverse(route.name, kwargs={part: sample[route.name][part] for part in route.arguments})
        for route in routes()
    }


def _signed_in(here: Place, role: Role) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(here.people[role], backend="django.contrib.auth.backends.ModelBackend")
    client.get(
        reverse("account")
    )  # the session notes when it was last used: once, not within each savepoint anew
    return client


def _status(client: Client, method: str, address: str) -> int:
    """Send one request inside a savepoint that is taken back, so that no role meets what another did."""
    before = dict(client.cookies)
    mark = transaction.savepoint()
    answer = client.generic(method, address)
    transaction.savepoint_rollback(mark)
    client.cookies.load({name: morsel.value for name, morsel in before.items()})
    return answer.status_code
