"""The hall of the dossiers' own tests, and a browser in which somebody has come in by the sandbox's identity."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from tests.dossiers.conftest import NOW, Hall, furnish

from namro.ground import clock

MADE_UP = {"kind": "citizen", "number": "048099000001", "name": "Lò Thị Mơ"}
SOMEBODY_ELSE = {"kind": "citizen", "number": "048099000002", "name": "Giàng A Sử"}
Enter = Callable[..., Client]


@pytest.fixture
def hall(db: None, tmp_path: Path) -> Iterator[Hall]:
    """The hall, on a Wednesday at ten."""
    with clock.at(NOW):
        yield furnish(tmp_path)


@pytest.fixture
def come_in(hall: Hall) -> Enter:
    """Come in from outside, by every step that a person takes."""

    def enter(who: dict[str, str] = MADE_UP) -> Client:
        client = Client()
        there = client.get("/cong-dan/vao/?di=1&next=/ho-so-cua-toi/").headers["Location"]
        assert there.startswith("/dinh-danh-thu/")
        back = client.post(there, who).headers["Location"]
        assert client.get(back).headers["Location"] == "/ho-so-cua-toi/"
        return client

    return enter


def hidden(text: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, name
    return found[1]
