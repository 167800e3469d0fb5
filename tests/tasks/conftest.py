"""A small city with people and one register, for the tests of tasks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import pytest
from tests.builders import seen_by

from namro.ground import clock
from namro.organisation.models import Person, Post, Unit
from namro.organisation.terms import Role, Viewer
from namro.tasks.actions import Attachment, TaskDraft, accept, draft, issue, submit
from namro.tasks.models import Directive, Register, Task

TODAY = date(2025, 3, 3)
PROOF = Attachment("ket-qua.txt", "Kết quả đã nghiệm thu".encode())


@dataclass
class City:
    """The handles that tests hold."""

    units: dict[str, Unit]
    people: dict[str, Person]
    register: Register
    directive: Directive

    def viewer(self, name: str) -> Viewer:
        return seen_by(self.people[name])

    def as_(self, name: str) -> dict[str, object]:
        """The keyword arguments of a verb done by that person, with a fresh client id."""
        return {"by": self.people[name], "viewer": self.viewer(name), "client_id": uuid4()}


TREE = [
    ("VN", "Việt Nam", "country", None),
    ("48", "Thành phố Đà Nẵng", "city", "VN"),
    ("TU.VP", "Văn phòng Thành ủy", "party_body", "48"),
    ("H17.KHCN", "Sở Khoa học và Công nghệ", "department", "48"),
    ("20200", "Phường Hòa Khánh", "ward", "48"),
    ("20950", "Xã Trà Linh", "commune", "48"),
]
PEOPLE = [
    ("secretary", "TU.VP", Role.SECRETARIAT),
    ("chair", "48", Role.STEERING),
    ("lead", "H17.KHCN", Role.AGENCY_LEAD),
    ("officer", "H17.KHCN", Role.OFFICER),
    ("hoa_khanh", "20200", Role.COMMUNE_OFFICER),
    ("tra_linh", "20950", Role.COMMUNE_OFFICER),
    ("inspector", "TU.VP", Role.INSPECTOR),
]


@pytest.fixture
def on_day() -> Iterator[None]:
    """Monday 3 March 2025."""
    with clock.at(TODAY):
        yield


@pytest.fixture
def city(db: None, on_day: None) -> City:
    """The small city."""
    units: dict[str, Unit] = {}
    for code, name, kind, parent in TREE:
        unit = Unit(code=code, name=name, kind=kind, parent=units.get(parent or ""))
        unit.fill_derived(unit.parent.path if unit.parent else "")
        unit.save()
        units[code] = unit
    people = {}
    for name, unit_code, role in PEOPLE:
        person = Person(username=name, full_name=f"Người {name}")
        person.set_unusable_password()
        person.save()
        Post.objects.create(
            person=person,
            unit=units[unit_code],
            role=role,
            title=str(role.label),
            valid_from=date(2025, 1, 1),
        )
        people[name] = person
    register = Register.objects.create(code="bcd", name="Ban Chỉ đạo giao", short_name="Thành phố giao")
    directive = Directive.objects.create(
        client_id=uuid4(), register=register, kind="Kế hoạch", number="01-KH/BCĐ", issuer="Ban Chỉ đạo",
        day=date(2025, 2, 1), title="Kế hoạch thực hiện Nghị quyết 57",
    )  # fmt: skip
    return City(units, people, register, directive)


@pytest.fixture
def drafted(city: City) -> Callable[..., Task]:
    """Write a draft with all clears; keywords change fields."""

    def make(**changed: object) -> Task:
        fields: dict[str, object] = {
            "directive_id": city.directive.pk,
            "title": "Xây dựng cơ sở dữ liệu đất đai dùng chung của thành phố",
            "lead_unit_id": city.units["H17.KHCN"].pk,
            "lead_person_id": city.people["officer"].pk,
            "start_day": TODAY,
            "due_day": date(2025, 6, 30),
            "authority": "Giám đốc Sở quyết định; vượt thẩm quyền trình Chủ tịch UBND thành phố",
            "escalate_to_id": city.units["48"].pk,
            "result": "01 cơ sở dữ liệu đất đai được nghiệm thu, có biên bản",
        }
        asked = TaskDraft(**(fields | changed))  # type: ignore[arg-type]
        return draft(asked, **city.as_("secretary"))  # type: ignore[arg-type]

    return make


@pytest.fixture
def issued(city: City, drafted: Callable[..., Task]) -> Callable[..., Task]:
    """A task given out."""

    def make(**changed: object) -> Task:
        return issue(drafted(**changed).pk, **city.as_("secretary")).task  # type: ignore[arg-type]

    return make


@pytest.fixture
def submitted(city: City, issued: Callable[..., Task]) -> Callable[..., Task]:
    """A task whose result was handed in."""

    def make(**changed: object) -> Task:
        task = issued(**changed)
        accept(task.pk, **city.as_("officer"))  # type: ignore[arg-type]
        return submit(task.pk, words="Đã xong", files=[PROOF], **city.as_("officer")).task  # type: ignore[arg-type]

    return make
