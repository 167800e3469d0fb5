"""Who hears: from the words of a rule and the place of a thing in the tree to the people of the day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from namro.alerts.queries.duty import OnDuty, on_duty
from namro.alerts.terms import Audience
from namro.ground import clock
from namro.indicators.queries import definitions
from namro.organisation.models import Unit
from namro.organisation.queries import holders
from namro.organisation.terms import Role

LEADING = (Role.AGENCY_LEAD, Role.STEERING)
WORKING = (Role.OFFICER, Role.COMMUNE_OFFICER)
CITY_DEPTH = 2  # the country, then the province or city


@dataclass(frozen=True)
class Hearer:
    """A person who hears, and why this one."""

    person_id: int
    reason: str


@dataclass(frozen=True)
class Place:
    """Where a thing stands: its unit, who is in charge of it, who stands above, who keeps the rule, its secrecy."""

    unit_id: int
    person_id: int | None
    above_id: int | None
    owner: str = ""
    is_marked: bool = False
    indicator: str = ""


class Audiences:
    """The people of a day by unit and role; reads the posts once, whatever the number of things told.

    Where a unit keeps a roster, those on duty hear in the place of all its officers or operators.
    """

    def __init__(self, day: date, moment: datetime | None = None) -> None:
        self.day, self.moment = day, moment or clock.now()
        self._known: dict[tuple[tuple[str, ...], Place], list[Hearer]] = {}

    def of(self, words: Iterable[str], place: Place) -> list[Hearer]:
        """The people that the words of a rule name, each once, with the first reason that names them.

        What bears a mark of secrecy is told only to the person in charge and to those who lead.
        """
        asked = (tuple(words), place)
        if asked not in self._known:
            self._known[asked] = self._found(*asked)
        return self._known[asked]

    def _found(self, words: Iterable[str], place: Place) -> list[Hearer]:
        found: dict[int, str] = {}
        for word in words:
            for person_id, reason in self._named(Audience(word), place):
                found.setdefault(person_id, reason)
        return [Hearer(person_id, reason) for person_id, reason in found.items()]

    def in_charge(self, place: Place) -> list[Hearer]:
        """The person in charge; where there is none, the officers of the unit; where there are none, its leads."""
        for word in (Audience.PERSON, Audience.OFFICERS, Audience.LEADS, Audience.ABOVE):
            if found := self.of([word], place):
                return found
        return []

    def leads(self, place: Place) -> list[Hearer]:
        """The leads of the unit; where it has none, the authority above."""
        return self.of([Audience.LEADS], place) or self.of([Audience.ABOVE], place)

    def authority(self, place: Place) -> list[Hearer]:
        """Those who lead where the matter climbs to."""
        return self.of([Audience.ABOVE], place)

    def _named(self, word: Audience, place: Place) -> Iterator[tuple[int, str]]:
        if place.is_marked and word in (Audience.OFFICERS, Audience.OPERATORS, Audience.OWNER):
            return
        ways: dict[Audience, Callable[[Place], Iterator[tuple[int, str]]]] = {
            Audience.PERSON: self._person,
            Audience.OFFICERS: self._officers,
            Audience.LEADS: self._leads,
            Audience.ABOVE: self._above,
            Audience.OPERATORS: self._operators,
            Audience.OWNER: self._owner,
        }
        yield from ways[word](place)

    def _person(self, place: Place) -> Iterator[tuple[int, str]]:
        if place.person_id is not None:
            yield place.person_id, "bạn là người phụ trách"

    def off_duty(self, words: Iterable[str], place: Place) -> list[Hearer]:
        """Those who would have heard if nobody stood duty in their place, with the reason why they do not."""
        hearing = {hearer.person_id for hearer in self.of(words, place)}
        usual: list[int] = []
        if self._duty and Audience.OFFICERS in words and self._stands(place.unit_id, place):
            usual += self._working.get(place.unit_id, ())
        if self._duty and Audience.OPERATORS in words:
            for unit_id in self._desks(place.unit_id):
                usual += self._operating[unit_id] if self._stands(unit_id, place) else ()
        return [Hearer(pk, "người đang trong ca trực nhận thay") for pk in usual if pk not in hearing]

    def _officers(self, place: Place) -> Iterator[tuple[int, str]]:
        unit_id = place.unit_id
        for person_id in (standing := self._stands(unit_id, place)):
            yield person_id, f"bạn đang trong ca trực của {self._name(unit_id)}"
        for person_id in () if standing else self._working.get(unit_id, ()):
            yield person_id, f"bạn là chuyên viên của {self._name(unit_id)}"

    def _leads(self, place: Place) -> Iterator[tuple[int, str]]:
        for person_id in self._leading.get(place.unit_id, ()):
            yield person_id, f"bạn là lãnh đạo {self._name(place.unit_id)}"

    def _above(self, place: Place) -> Iterator[tuple[int, str]]:
        """Those who lead the authority that is named; else the nearest unit above with leads; else the secretariat."""
        start = place.above_id or self._parent.get(place.unit_id)
        for unit_id in self._upwards(start):
            if unit_id != place.unit_id and unit_id in self._leading:
                for person_id in self._leading[unit_id]:
                    yield person_id, f"bạn lãnh đạo {self._name(unit_id)}, cấp có thẩm quyền của việc này"
                return
        for person_id in self._in_city(self._secretaries, place.unit_id):
            yield person_id, "không có lãnh đạo nào ở cấp trên; Tổ thư ký nhận thay"

    def _operators(self, place: Place) -> Iterator[tuple[int, str]]:
        for unit_id in self._desks(place.unit_id):
            for person_id in self._stands(unit_id, place) or self._operating[unit_id]:
                yield person_id, "bạn trực trung tâm điều hành"

    def _desks(self, unit_id: int) -> list[int]:
        """The units of the city in which operators work."""
        return [desk for desk in self._operating if self._city(desk) == self._city(unit_id)]

    def _stands(self, unit_id: int, place: Place) -> list[int]:
        """Who stands duty of a unit for the service group of the thing, else for all groups; empty without a roster."""
        duties = self._duty.get(unit_id)
        if not duties:
            return []
        group = self._groups.get(place.indicator, "") if duties.keys() - {""} else ""
        return duties.get(group) or duties.get("", [])

    def _owner(self, place: Place) -> Iterator[tuple[int, str]]:
        unit_id = self._by_code.get(place.owner)
        for people in (self._leading, self._working) if unit_id else ():
            for person_id in people.get(unit_id or 0, ()):
                yield person_id, "đơn vị bạn quản lý quy tắc cảnh báo này"

    def _in_city(self, people: dict[str, list[int]], unit_id: int) -> list[int]:
        return people.get(self._city(unit_id), [])

    def _upwards(self, unit_id: int | None) -> Iterator[int]:
        while unit_id is not None:
            yield unit_id
            unit_id = self._parent.get(unit_id)

    def _name(self, unit_id: int) -> str:
        return self._units[unit_id][1]

    def _city(self, unit_id: int) -> str:
        """The path of the province or city in which a unit stands."""
        return "/".join(self._units[unit_id][2].split("/")[:CITY_DEPTH])

    @cached_property
    def _units(self) -> dict[int, tuple[str, str, str, int | None]]:
        rows = Unit.objects.values_list("pk", "code", "name", "path", "parent_id", "short_name")
        return {pk: (code, short or name, path, parent) for pk, code, name, path, parent, short in rows}

    @cached_property
    def _parent(self) -> dict[int, int | None]:
        return {pk: row[3] for pk, row in self._units.items()}

    @cached_property
    def _by_code(self) -> dict[str, int]:
        current = Unit.objects.filter(valid_to__isnull=True).values_list("code", "pk")
        return dict(current)

    @cached_property
    def _leading(self) -> dict[int, list[int]]:
        return holders(self._units, LEADING, self.day)

    @cached_property
    def _working(self) -> dict[int, list[int]]:
        return holders(self._units, WORKING, self.day)

    @cached_property
    def _secretaries(self) -> dict[str, list[int]]:
        return self._by_city(Role.SECRETARIAT)

    @cached_property
    def _operating(self) -> dict[int, list[int]]:
        return holders(self._units, [Role.IOC_OPERATOR], self.day)

    @cached_property
    def _duty(self) -> OnDuty:
        return on_duty(self.moment)

    @cached_property
    def _groups(self) -> dict[str, str]:
        """The service group of each indicator."""
        return {each.code: each.group for each in definitions()}

    def _by_city(self, role: Role) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for unit_id, people in holders(self._units, [role], self.day).items():
            found[self._city(unit_id)] += people
        return dict(found)
