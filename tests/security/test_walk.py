"""A walk by chance over every page and form, as each role: whatever is typed or asked for, no answer is our own fault.

The seed is fixed, so that what is found once is found again.
"""

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import reverse

from namro.organisation.terms import Role
from tests.house.building import routes
from tests.house.place import Place
from tests.house.samples import samples

SEED = 57
PAGES_A_ROLE = 6
FORMS_A_PAGE = 4
# What people paste, what machines send, and what breaks the careless.
GARBAGE = (
    "", " ", "0", "-1", "1", "99999999999999999999", "1e309", "NaN", "½", "１２", "٣", "true", "null", "None", "[]",
    "{}", "31/02/2025", "09/07/2025", "0000-00-00", "9999-12-31", "31/12/9999", "01/01/0001", "2025-07-09T00:00:00Z",
    "' OR 1=1 --", "%", "_", "\\", "%s%n", "{{7*7}}", "../../etc/passwd", "<script>alert(1)</script>", "\x00", "a\x00b",
    "Đà Nẵng", "Đà Nẵng".encode("utf-16").decode("latin-1"), "\u202e\u200b\ufeff", "😀" * 50, "à" * 5_000,
    "\r\nSet-Cookie: a=b", "=1+1", "00000000-0000-0000-0000-000000000000", "H17.KHCN", "48", "2025-13", "2025-H3",
    "trinh",
)  # fmt: skip

# By what our pages ask.
NAMES = (
    "q", "ngay", "so", "trang_thai", "don_vi", "vai_tro", "nguoi", "van_ban", "tu", "den", "sau", "trang", "ky", "muc",
    "loai", "viec", "truoc", "cap", "nhom", "dang", "ban", "sua", "phan_to", "code", "lead_unit", "client_id",
    "version", "task", "alert", "verb", "next",
)  # fmt: skip
KEPT_BY_ADMINISTRATORS = [
    "/quan-tri/", "/quan-tri/nguoi/moi/", "/nhat-ky/", "/nhat-ky/xuat-du-lieu/", "/quan-tri/khoa-api/",
    "/thong-bao/hop-thu-chet/", "/thong-bao/diem-nhan/",
]  # fmt: skip


@dataclass
class Form:
    """A form of a page: where it goes, how, and its fields with what they may hold."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """Reads the forms and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.links: list[str] = []
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.found.append(Form(told.get("action", ""), told.get("method", "get").lower()))
        elif tag == "a":
            self.links.append(told.get("href", ""))
        elif self.found:
            self._field(tag, told)

    def _field(self, tag: str, told: dict[str, str]) -> None:
        form, name = self.found[-1], told.get("name", "")
        if tag == "select":
            self._select = name
        if tag == "option" and self._select:
            form.fields.setdefault(self._select, []).append(told.get("value", ""))
        elif told.get("type") == "file" and name:
            form.files.add(name)
        elif tag in {"input", "textarea", "select", "button"} and name:
            form.fields.setdefault(name, []).append(told.get("value", ""))


@dataclass
class Walk:
    """A walker of one role, and every fault met."""

    client: Client
    chance: random.Random
    faults: list[str]

    def pages(self, first: list[str]) -> None:
        """Open pages, follow links by chance, and send their forms with anything in them."""
        waiting, seen = list(first), set()
        for _ in range(PAGES_A_ROLE):
            if not waiting:
                return
            path = waiting.pop(self.chance.randrange(len(waiting)))
            page = self.ask("get", path)
            if page.status_code != 200 or "text/html" not in page.get("Content-Type", ""):
                continue
            read = Forms()
            read.feed(page.content.decode())
            seen.add(path)
            waiting += [link for link in ours(path, read.links) if link not in seen][:5]
            for form in self.chance.sample(read.found, min(FORMS_A_PAGE, len(read.found))):
                self.send(path, form)

    def send(self, path: str, form: Form) -> None:
        """Send a form: some fields as they were, some with garbage, some missing, some twice, some files."""
        values: dict[str, Any] = {name: self.typed(given) for name, given in form.fields.items()}
        kept = {name: value for name, value in values.items() if self.chance.random() > 0.1}
        for name in form.files:
            kept[name] = SimpleUploadedFile(self.chance.choice(GARBAGE) or "x", self.chance.randbytes(40))
        self.ask(form.method, urljoin(path, form.action) or path, kept)

    def typed(self, given: list[str]) -> list[str]:
        count = self.chance.choice((1, 1, 1, 2))
        return [self.chance.choice(GARBAGE if self.chance.random() < 0.5 else given) for _ in range(count)]

    def ask(self, method: str, path: str, values: dict[str, Any] | None = None) -> Any:
        """Ask, take back what it did, and note what went wrong inside."""
        with transaction.atomic():
            answer = getattr(self.client, method)(path, values)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            self.faults.append(f"{method} {path} {values}")
        return answer


def ours(path: str, links: list[str]) -> Iterator[str]:
    """The links that stay in the house."""
    for link in links:
        parts = urlsplit(urljoin(path, link))
        if not parts.netloc and not parts.scheme and parts.path.startswith("/"):
            yield parts._replace(fragment="").geturl()


@pytest.mark.parametrize("role", list(Role))
def test_no_page_and_no_form_ends_in_a_fault_of_ours(
    here: Place, enter: Callable[[Role], Client], role: Role
) -> None:
    faults: list[str] = []
    causes: list[str] = []

    def note(sender: Any, **more: Any) -> None:
        causes.append(repr(sys.exc_info()[1])[:200])

    got_request_exception.connect(note)
    walk = Walk(enter(role), random.Random(f"{SEED} {role}"), faults)
    walk.pages(starts(here))
    got_request_exception.disconnect(note)
    assert list(zip(faults, causes, strict=False)) == []


def test_no_address_ends_in_a_fault_whatever_is_asked_of_it(
    here: Place, enter: Callable[[Role], Client]
) -> None:
    """Every route by GET with every name our pages ask by, and by POST with nothing and with anything."""
    chance, faults = random.Random(SEED), []
    typed = [text for text in GARBAGE if "\x00" not in text]  # the door refuses it before any page
    for role, pages in ((Role.SECRETARIAT, starts(here)), (Role.ADMINISTRATOR, KEPT_BY_ADMINISTRATORS)):
        walk = Walk(enter(role), chance, faults)
        for path in pages:
            for method in ("get", "post"):
                walk.ask(method, path, {name: chance.choice(typed) for name in chance.sample(NAMES, 10)})
    assert faults == []


def starts(here: Place) -> list[str]:
    """Every route, as an address of the loaded place."""
    sample = samples(here)
    return [
        reverse(route.name, kwargs={name: sample[route.name][name] for name in route.arguments})
        for route in routes()
        if route.name not in {"sign_out", "health"}
    ]
