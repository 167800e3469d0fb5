"""The people of the demo: one named account a role, and made-up people for every unit that has work to do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from namro.ground.reviewed import demand, read_reviewed
from namro.ground.text import slug
from namro.organisation.actions import put_people
from namro.organisation.models import Person, Post, Unit
from namro.organisation.terms import AGENCY_KINDS, COMMUNE_KINDS, PROVINCE_KINDS, Role, UnitKind

MOST_OFFICERS = 2


def load_people(file: Path, units: Mapping[str, Unit], root: Unit) -> int:
    """Put the demo's people; those who exist stay as they are. Returns how many were made."""
    said = read_reviewed(file)
    demand(file, said, "password", "accounts", "generated")
    rows = [*_accounts(said["accounts"], said["generated"]["since"], units)]
    held = {(row["unit"].pk, row["role"]) for row in rows}
    rows += _generated(said["generated"], _in_order(units, root), held)
    return put_people(rows, password=said["password"], is_demo=True)


def demo_password(folder: Path) -> str:
    """The one password of all demo accounts of a package."""
    return str(read_reviewed(folder / "demo" / "people.yaml")["password"])


def _accounts(
    entries: Iterable[Mapping[str, Any]], since: date, units: Mapping[str, Unit]
) -> Iterator[dict[str, Any]]:
    for entry in entries:
        unit = units[str(entry["unit"])]
        yield {
            "username": entry["username"],
            "full_name": entry["name"],
            "unit": unit,
            "role": Role(entry["role"]),
            "title": entry["title"],
            "valid_from": max(since, unit.valid_from or since),
        }


def _in_order(units: Mapping[str, Unit], root: Unit) -> list[Unit]:
    """The units that need people: those of the root, and the ministries and provinces with which it is compared."""
    apart = (UnitKind.COUNTRY, UnitKind.DISTRICT, UnitKind.TOWNSHIP)
    kept = [unit for unit in units.values() if unit.kind not in apart and unit.pk != root.pk]
    return sorted(kept, key=lambda unit: unit.code)


def _generated(
    said: Mapping[str, Any], units: Iterable[Unit], held: set[tuple[int, Role]]
) -> Iterator[dict[str, Any]]:
    names, since = _names(said), said["since"]
    for unit in units:
        for role, title, username in _posts(said, unit):
            name = next(names)
            if (unit.pk, role) in held:
                continue
            yield {
                "username": username,
                "full_name": name,
                "unit": unit,
                "role": role,
                "title": title,
                "valid_from": max(since, unit.valid_from or since)
                if unit.kind not in PROVINCE_KINDS
                else since,
            }


def _posts(said: Mapping[str, Any], unit: Unit) -> list[tuple[Role, str, str]]:
    """The posts of a unit: role, title, sign-in name."""
    titles, code = said["titles"], slug(unit.code)
    if unit.kind in COMMUNE_KINDS:
        return [(Role.COMMUNE_OFFICER, titles["commune_officer"], f"xp-{code}")]
    if unit.kind not in AGENCY_KINDS:
        return [(Role.OFFICER, titles["contact"], f"tw-{code}")]
    officers = 1 + Random(f"{said['seed']}/{unit.code}").randrange(MOST_OFFICERS)  # noqa: S311 - repeatable
    lead = (Role.AGENCY_LEAD, titles["agency_lead"], f"{code}-ld")
    return [lead, *((Role.OFFICER, titles["officer"], f"{code}-cv{n}") for n in range(1, officers + 1))]


def _names(said: Mapping[str, Any]) -> Iterator[str]:
    """Every family, middle and given name once, in an order that the seed decides."""
    every = [" ".join(parts) for parts in product(said["family"], said["middle"], said["given"])]
    Random(said["seed"]).shuffle(every)  # noqa: S311 - repeatable on purpose
    return iter(every)


@dataclass(frozen=True)
class Cast:
    """Who acts in the stories: people by unit and role."""

    by_post: Mapping[tuple[int, str], list[Person]]
    by_role: Mapping[str, list[Person]]

    @classmethod
    def of_demo(cls) -> "Cast":
        """Everybody of the demo, in the order in which they were made."""
        by_post: dict[tuple[int, str], list[Person]] = {}
        by_role: dict[str, list[Person]] = {}
        for post in Post.objects.filter(person__is_demo=True).select_related("person").order_by("pk"):
            by_post.setdefault((post.unit_id, post.role), []).append(post.person)
            by_role.setdefault(post.role, []).append(post.person)
        return cls(by_post, by_role)

    def officer(self, unit: Unit, random: Random) -> Person | None:
        """Somebody of the unit who does the work."""
        for role in (Role.OFFICER, Role.COMMUNE_OFFICER, Role.AGENCY_LEAD):
            if people := self.by_post.get((unit.pk, role)):
                return random.choice(people)
        return None

    def head(self, unit: Unit) -> Person | None:
        """Who answers for the unit."""
        for role in (Role.AGENCY_LEAD, Role.COMMUNE_OFFICER, Role.OFFICER):
            if people := self.by_post.get((unit.pk, role)):
                return people[0]
        return None

    def first(self, role: Role) -> Person | None:
        """The first person of a role."""
        return next(iter(self.by_role.get(role, ())), None)
