"""Every way into the house is guarded or public by name, and no form is taken from another house."""

import pytest
from django.test import Client
from django.urls import reverse

from namro.config.urls import KEYED, PUBLIC
from namro.organisation.terms import Role
from tests.house.building import Route, routes
from tests.house.place import Place
from tests.house.samples import samples

# Open to whoever is signed in, with or without a post.
SIGNED_IN = {"sign_out"}


def test_every_route_has_one_name() -> None:
    names = [route.name for route in routes()]
    assert "" not in names
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_a_route_is_guarded_or_public_by_name(route: Route) -> None:
    is_open = getattr(route.view, "login_required", True) is False
    assert is_open == (route.name in PUBLIC | KEYED)
    assert is_open or hasattr(route.view, "needs") or route.name in SIGNED_IN


def test_the_list_of_public_routes_names_only_routes() -> None:
    assert {*PUBLIC, *SIGNED_IN, *KEYED} - {route.name for route in routes()} == set()


def test_no_form_is_taken_without_its_token(here: Place) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(here.people[Role.ADMINISTRATOR], backend="django.contrib.auth.backends.ModelBackend")
    sample = samples(here)
    taken = {
        route.name: answer.status_code
        for route in routes()
        if (answer := client.post(_address(route, sample))).status_code != 403
    }
    # Machines show a key, which no other house can make a browser send: a source's batch, the word of the national
    # portal. A payment gateway signs what it says.
    assert taken == dict.fromkeys(KEYED, 405) | {
        "api_nothing": 404,
        "api_batches": 401,
        "api_dossiers_synchronised": 401,
        "payment_notice": 401,
    }


def _address(route: Route, sample: dict[str, dict[str, object]]) -> str:
    return reverse(route.name, kwargs={name: sample[route.name][name] for name in route.arguments})


def test_a_stranger_is_led_to_the_door_by_every_other_route(here: Place) -> None:
    sample = samples(here)
    for route in routes():
        answer = Client().get(_address(route, sample))
        if route.name in KEYED:
            # One that is only written to knows no other way; what it answers then stands in the matrix.
            assert answer.status_code in (401, 405), route.name
        elif route.name not in PUBLIC:
            assert answer.status_code == 302, route.name
            assert answer["Location"].startswith("/dang-nhap/"), route.name
