"""Two wards with their desks, an agency, three procedures and the package's own routes, on a working day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests import builders
from tests.builders import World, seen_by, unit
from tests.dossiers.feedback_desk import SENT, at
from tests.procedures.conftest import package
from tests.procedures.records import lines, record

from namro.dossiers import actions
from namro.dossiers.actions import Draft, Hand
from namro.dossiers.actions.feedback_limits import load_feedback
from namro.dossiers.models import Applicant, Dossier
from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.organisation.models import Person, Post, Unit
from namro.organisation.terms import Role, UnitKind
from namro.procedures.actions import load_package as load_procedures

PACKAGE = Path(__file__).parents[2] / "packages" / "danang"
# A Wednesday, ten in the morning.
NOW = datetime(2025, 7, 9, 10, tzinfo=VIETNAM)
BIRTH = "1.000001"
PEOPLE = {
    "clerk": ("20200", Role.CLERK),
    "settler": ("20200", Role.OFFICER),
    "colleague": ("20200", Role.OFFICER),
    "head": ("20200", Role.AGENCY_LEAD),
    "other_clerk": ("20320", Role.CLERK),
    "other_head": ("20320", Role.COMMUNE_OFFICER),
    "inspector": ("48", Role.INSPECTOR),
    "administrator": ("48", Role.ADMINISTRATOR),
}


@dataclass
class Hall:
    """The handles that tests hold."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    citizen: Applicant = field(default_factory=Applicant)
    neighbour: Applicant = field(default_factory=Applicant)

    def hand(self, name: str) -> Hand:
        """The hand of a person of the hall, or of one of the two citizens."""
        if name in ("citizen", "neighbour"):
            return Hand.of_applicant(getattr(self, name))
        who = self.people[name]
        return Hand.of_officer(who, seen_by(who, NOW.date()))  # whatever day the clocks of a walk say

    def by(self, name: str) -> dict[str, Any]:
        """The keywords of a verb done by that hand for the first time."""
        return {"hand": self.hand(name), "client_id": uuid4()}

    def draft(self, **changed: Any) -> Draft:
        """A birth to be registered at the first ward."""
        said = {"procedure_code": BIRTH, "unit_id": self.units["20200"].pk}
        return Draft(**(said | changed))

    def filed(self, **changed: Any) -> Dossier:
        """A dossier that the citizen filed online."""
        return actions.file(self.draft(**changed), **self.by("citizen"))

    def received(self, **changed: Any) -> Dossier:
        return actions.receive(self.filed(**changed).pk, **self.by("clerk")).dossier

    def at_desk(self, **changed: Any) -> Dossier:
        """A dossier that waits at the first desk of its route."""
        actions.check((dossier := self.received(**changed)).pk, **self.by("clerk"))
        return actions.send(dossier.pk, **self.by("clerk")).dossier

    def at_last_desk(self, **changed: Any) -> Dossier:
        return actions.move_on(self.at_desk(**changed).pk, **self.by("settler")).dossier


def furnish(folder: Path, city: Unit | None = None) -> Hall:
    """Store the hall, in the city where there is one already; call it with the clock on the day of NOW."""
    hall = Hall()
    city = city or unit("48", "Thành phố Đà Nẵng", UnitKind.CITY, unit("VN", "Việt Nam", UnitKind.COUNTRY))
    hall.units = {"48": city}
    for code, name, kind in (
        ("20200", "Phường Hòa Khánh", UnitKind.WARD),
        ("20320", "Xã Hòa Vang", UnitKind.COMMUNE),
        ("H17.TP", "Sở Tư pháp", UnitKind.DEPARTMENT),
    ):
        hall.units[code] = unit(code, name, kind, city)
    for name, (code, role) in PEOPLE.items():
        hall.people[name] = _person(name, hall.units[code], role)
    load_procedures(package(folder, lines(record(BIRTH), record("1.000003"), record("1.000005"))))
    actions.load_package(PACKAGE)
    hall.citizen = actions.applicant_of(kind="citizen", number="048099000001", name="Lò Thị Mơ")
    hall.neighbour = actions.applicant_of(kind="citizen", number="048099000002", name="Giàng A Sử")
    return hall


def _person(name: str, of: Unit, role: Role) -> Person:
    person = Person(username=name, full_name=f"Người {name}")
    person.set_unusable_password()
    person.save()
    Post.objects.create(person=person, unit=of, role=role, title=str(role.label), valid_from=date(2025, 1, 1))
    return person


@pytest.fixture
def on_day() -> Iterator[None]:
    """The clock stands at NOW."""
    with clock.at(NOW):
        yield


@pytest.fixture
def hall(db: None, on_day: None, tmp_path: Path) -> Hall:
    """The hall, furnished."""
    return furnish(tmp_path)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """A small world with the package's limits of feedback, at nine of the day."""
    with clock.at(at(SENT)):
        load_feedback(PACKAGE)
        yield builders.world()
