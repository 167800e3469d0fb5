"""Each page asks the database a bounded number of times, and no more often when there are more rows."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from namro.config.urls import PUBLIC
from namro.organisation.terms import Role
from tests.house.building import routes
from tests.house.place import Place
from tests.house.samples import samples

# Queries of one GET of the page by a reader who sees everything, with session, person, viewer and frame (ten) in it.
BOUNDS = {
    "home": 40,
    "desk": 30,
    "tasks": 30,
    "task": 30,
    "league": 20,
    "indicators": 30,
    "indicator": 40,
    "units": 20,
    "unit": 40,
    "administration": 30,
    "person": 20,
    "audit": 15,
    "centre": 40,
    "centre_unit": 40,
    "quality_score": 45,
}
ELSEWHERE = 30
ADMINISTRATORS = ("administration", "person", "person_new", "dead_letters", "webhooks", "api_keys", "api_account_new",
                  "api_key_new", "post_hand_over")  # fmt: skip
RUNNERS = ("source_new", "source_draft_step", "source_contract")
INSPECTORS = ("audit", "audit_exports")
READERS = dict.fromkeys(ADMINISTRATORS, Role.ADMINISTRATOR) | dict.fromkeys(INSPECTORS, Role.INSPECTOR)
READERS |= dict.fromkeys(RUNNERS, Role.IOC_OPERATOR)


# Name, address and reader.
Page = tuple[str, str, Client]


def pages(here: Place) -> Iterator[Page]:
    """Yield name, address and reader of every page that answers a GET with 200."""
    clients: dict[Role, Client] = {}
    sample = samples(here)
    for route in routes():
        role = READERS.get(route.name, Role.SECRETARIAT)
        if role not in clients:
            clients[role] = Client()
            clients[role].force_login(here.people[role], backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(route.name, kwargs={name: sample[route.name][name] for name in route.arguments})
        if route.name not in PUBLIC and clients[role].get(address).status_code == 200:
            yield route.name, address, clients[role]


def queries_of(client: Client, address: str) -> int:
    """Count the queries of one request."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_no_page_asks_more_often_than_stated_nor_when_there_is_more(here: Place) -> None:
    here.more(60)  # enough to fill every list: a full one may ask once how many there are
    visited = list(pages(here))  # so that what a first visit leaves behind is there for both counts
    few = {name: queries_of(client, address) for name, address, client in visited}
    here.more(60)
    many = {name: queries_of(client, address) for name, address, client in visited}
    assert {name: n for name, n in many.items() if n > BOUNDS.get(name, ELSEWHERE)} == {}
    assert {name: (few[name], n) for name, n in many.items() if n > few[name]} == {}
    assert set(BOUNDS) <= set(many)
