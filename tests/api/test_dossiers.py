"""The program that carries dossiers to the national portal: it learns which are lacking, and says which were taken."""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.api.conftest import words_of
from tests.dossiers.conftest import NOW, Hall, furnish

from namro.access.terms import Scope
from namro.audit.models import Entry
from namro.dossiers.models import Dossier
from namro.ground import clock
from namro.organisation.models import Unit


@pytest.fixture
def hall(db: None, tmp_path: Path) -> Iterator[Hall]:
    with clock.at(NOW):
        yield furnish(tmp_path)


def program(hall: Hall, unit: str, *scopes: Scope) -> Client:
    """A program of the unit, whose key an administrator made."""
    words = words_of(hall.people["administrator"], Unit.objects.get(code=unit), *scopes)
    return Client(headers={"authorization": f"Bearer {words}"})


def tell(client: Client, codes: Collection[str | None]) -> dict[str, Any]:
    body = json.dumps({"codes": list(codes)})
    answer = client.post("/api/v1/dossiers/synchronised", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def waiting(client: Client) -> list[str]:
    return [row["code"] for row in client.get("/api/v1/dossiers/to-synchronise").json()["rows"]]


def test_what_the_portal_took_is_noted_once_and_no_longer_listed(hall: Hall) -> None:
    city, first, second = program(hall, "48"), hall.filed(), hall.received()
    assert waiting(city) == [first.code, second.code]
    with clock.at(NOW.replace(hour=11)):
        assert tell(city, [first.code, "H17.0"]) == {"noted": 1, "before": 0, "unknown": ["H17.0"]}
    with clock.at(NOW.replace(hour=12)):
        assert tell(city, [first.code]) == {"noted": 0, "before": 1, "unknown": []}
    assert waiting(city) == [second.code]
    kept = Dossier.objects.get(pk=first.pk)
    assert kept.synced_at == NOW.replace(hour=11)
    # Nobody's open page grows old by it, and the order of no list changes.
    assert (kept.version_no, kept.touched_at) == (first.version_no, first.touched_at)
    line = Entry.objects.get(verb="synchronise_dossier")
    assert (line.key, line.by_name) == (str(first.pk), "API, Chương trình 48")


def test_a_ward_speaks_for_what_it_settles_and_made_up_dossiers_go_nowhere(hall: Hall) -> None:
    row, neighbour = hall.filed(), program(hall, "20320")
    assert waiting(neighbour) == []
    assert tell(neighbour, [row.code])["unknown"] == [row.code]
    Dossier.objects.filter(pk=row.pk).update(is_synthetic=True)
    own = program(hall, "20200")
    assert (waiting(own), tell(own, [row.code])["noted"]) == ([], 0)
    assert Dossier.objects.get(pk=row.pk).synced_at is None


def test_nothing_of_a_person_leaves_and_the_key_needs_its_scope(hall: Hall) -> None:
    row = hall.filed(filled={"phone": "0905 123 456"})
    text = program(hall, "48").get("/api/v1/dossiers/to-synchronise").content.decode()
    assert str(row.code) in text and "0905" not in text and hall.citizen.name not in text
    other = program(hall, "20200", Scope.UNITS_READ)
    assert other.get("/api/v1/dossiers/to-synchronise").status_code == 403


def test_pages_follow_one_another(hall: Hall) -> None:
    city, codes = program(hall, "48"), [hall.filed().code for _ in range(3)]
    first = city.get("/api/v1/dossiers/to-synchronise?size=2").json()
    rest = city.get(f"/api/v1/dossiers/to-synchronise?size=2&cursor={first['next']}").json()
    assert [row["code"] for row in first["rows"] + rest["rows"]] == codes
    assert rest["next"] == ""
