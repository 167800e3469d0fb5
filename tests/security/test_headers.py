"""What every answer carries, so that a browser neither runs, frames, guesses nor keeps what it should not."""

from collections.abc import Callable

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from namro.config.urls import PUBLIC
from namro.ground import clock
from namro.organisation.terms import Role
from tests.builders import PASSWORD
from tests.house.building import DAY, Route, routes
from tests.house.place import Place
from tests.house.samples import samples

NOWHERE = ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'")
READERS = (Role.SECRETARIAT, Role.ADMINISTRATOR, Role.INSPECTOR)


@pytest.mark.django_db
def test_a_stranger_gets_them_too() -> None:
    with clock.at(DAY):
        answer = Client().get("/dang-nhap/")
    assert wrong_with(answer) == []
    assert "no-store" in answer["Cache-Control"]


def test_every_page_carries_them(here: Place, enter: Callable[[Role], Client]) -> None:
    sample, clients = samples(here), [enter(role) for role in READERS]
    seen, faults = set(), {}
    for route in routes():
        for client in clients:
            answer = client.get(address(route, sample))
            seen.add(answer.status_code)
            if found := wrong_with(answer, kept=keeps(route)):
                faults[route.name] = found
            if answer.status_code in (200, 405):
                break
    assert faults == {}
    assert seen >= {200, 404, 405}


def keeps(route: Route) -> bool:
    """Whether a browser may keep it: what is the same for everybody."""
    return route.name in PUBLIC | {"boundaries"}


def wrong_with(answer, *, kept: bool = True) -> list[str]:  # type: ignore[no-untyped-def]
    """What an answer lacks."""
    policy = answer.get("Content-Security-Policy", "")
    lacking = [part for part in NOWHERE if part not in policy]
    checks = {
        "strangers": not any(word in policy for word in ("unsafe", "*", "http")),
        "nosniff": answer.get("X-Content-Type-Options") == "nosniff",
        "frame": answer.get("X-Frame-Options") == "DENY",
        "referrer": answer.get("Referrer-Policy") == "same-origin",
        "opener": answer.get("Cross-Origin-Opener-Policy") == "same-origin",
        "kept": kept or "no-store" in answer.get("Cache-Control", ""),
        "server": "X-Powered-By" not in answer,
    }
    return lacking + [name for name, good in checks.items() if not good]


def test_cookies_are_not_for_scripts_nor_for_other_sites(here: Place) -> None:
    client = Client()
    client.get("/dang-nhap/")
    client.post("/dang-nhap/", {"username": here.people[Role.OFFICER].username, "password": PASSWORD})
    assert set(client.cookies) >= {configured.SESSION_COOKIE_NAME, configured.CSRF_COOKIE_NAME}
    for name, morsel in client.cookies.items():
        assert morsel["httponly"], name
        assert morsel["samesite"] in {"Lax", "Strict"}, name


def test_what_was_uploaded_is_handed_out_to_be_kept_not_shown(
    here: Place, enter: Callable[[Role], Client]
) -> None:
    answer = enter(Role.OFFICER).get(f"/nhiem-vu/{here.task.code}/minh-chung/{here.evidence.pk}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_zero_byte_in_an_address_is_no_fault_of_ours(enter: Callable[[Role], Client]) -> None:
    client = enter(Role.INSPECTOR)
    assert client.get("/nhat-ky/?q=%00").status_code == 400
    assert client.get("/nhiem-vu/a%00b/").status_code == 400


def address(route: Route, sample: dict[str, dict[str, object]]) -> str:
    """The address of a route on the loaded place."""
    return reverse(route.name, kwargs={name: sample[route.name][name] for name in route.arguments})
