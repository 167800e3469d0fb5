"""A year of dossiers over the units of Đà Nẵng: by chance from a seed, stored by COPY."""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from bench.register import UNITS
from namro.dossiers import actions
from namro.dossiers.actions.bulk import copy_rows, new_ids
from namro.dossiers.actions.numbering import raise_counters, written_code
from namro.dossiers.formulas.words import fold_words
from namro.dossiers.models import Applicant, DeskStep, Dossier, DossierEvent
from namro.dossiers.terms import Channel, Outcome, State, Verb
from namro.ground.clock import VIETNAM
from namro.organisation.models import Person, Post, Unit
from namro.organisation.terms import Role
from namro.procedures.actions import load_package as load_procedures
from namro.procedures.models import Procedure
from namro.quality.actions import load_package as load_quality

PACKAGE = UNITS.parents[1]
NOW = datetime(2025, 12, 31, 10, tzinfo=VIETNAM)
FIRST_DAY = date(2025, 1, 1)
SEED, DAYS, BATCH = 118, 365, 20_000
APPLICANTS = 200_000
FAMILY, GIVEN = (
    "Lò|Giàng|Vàng|Sùng|Hồ|Bríu|Zơ Râm|Coor".split("|"),
    "Mơ|Sử|Páo|Dế|Nhiên|Thơ|Bốn|Lích|Nhàn|Đới".split("|"),
)
MIDDLE = "Thị|Văn|A|Mí|Xuân|Thanh|Ngọc|Minh|Hoài|Khánh|Bảo|Gia|Tường|Phước".split("|")
DOSSIER = (
    "id client_id code procedure_id version_id unit_id received_unit_id applicant_id channel state desk_id desk_since "
    "desk_due_at holder_id submitted_at received_at promised_at due_at stopped_since decided_at finished_at handed_at "
    "touched_at late_on supplements outcome limit_words limit_is_default fee fee_paid_at paid_online "
    "is_eligible_online needs_paper_result result_is_electronic is_digitised certified_copies reused_papers "
    "uses_population_data synced_at filled version_no is_synthetic folded"
).split()
EVENT = "dossier_id at verb state_before state_after detail".split()
# Where dossiers stand on the last day: most are done, those of the last weeks are on their way.
RUNNING_DAYS = 14
ON_THE_WAY = (State.SUBMITTED, State.RECEIVED, State.CHECKED, State.IN_PROCESS, State.IN_PROCESS, State.IN_PROCESS,
              State.SUPPLEMENT_ASKED, State.DECIDED)  # fmt: skip


@dataclass
class City:
    """What the measurement asks for."""

    units: list[Unit] = field(default_factory=list)
    clerks: list[Person] = field(default_factory=list)
    officers: dict[int, Person] = field(default_factory=dict)
    reader: Person = field(default_factory=Person)
    procedures: list[Procedure] = field(default_factory=list)
    desks: list[DeskStep] = field(default_factory=list)
    applicants: list[tuple[int, str]] = field(default_factory=list)
    serials: dict[tuple[int, date], int] = field(default_factory=dict)


def found_city() -> City:
    """Đà Nẵng with its 94 units, a clerk and an officer for each, the catalogue, and those who file."""
    city, top = City(), _made("48", "Thành phố Đà Nẵng", "city", None)
    top.save()
    with UNITS.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["parent_code"] == "48"]
    city.units = Unit.objects.bulk_create([_made(row["code"], row["name"], row["kind"], top) for row in rows])
    city.clerks = [_person(unit, Role.CLERK) for unit in city.units]
    city.officers = {unit.pk: _person(unit, Role.COMMUNE_OFFICER) for unit in city.units}
    city.reader = _person(top, Role.SECRETARIAT)
    load_procedures(PACKAGE)
    actions.load_package(PACKAGE)
    load_quality(PACKAGE, top)
    _read_catalogue(city)
    return city


def kept_city() -> City:
    """The city of an earlier measurement whose database was kept (`--keep`), with its dossiers."""
    city = City(units=list(Unit.objects.filter(parent__isnull=False).order_by("pk")))
    held = {
        role: list(Post.objects.filter(role=role).select_related("person").order_by("pk")) for role in Role
    }
    city.clerks = [post.person for post in held[Role.CLERK]]
    city.officers = {post.unit_id: post.person for post in held[Role.COMMUNE_OFFICER]}
    city.reader = held[Role.SECRETARIAT][0].person
    city.applicants = list(Applicant.objects.order_by("pk").values_list("pk", "name"))
    _read_catalogue(city)
    return city


def _read_catalogue(city: City) -> None:
    city.procedures = list(Procedure.objects.filter(current__isnull=False, levels__contains=["xa"]))
    city.desks = list(DeskStep.objects.all())


def _made(code: str, name: str, kind: str, parent: Unit | None) -> Unit:
    unit = Unit(code=code, name=name, kind=kind, parent=parent)
    unit.fill_derived(parent.path if parent else "")
    return unit


def _person(unit: Unit, role: Role) -> Person:
    person = Person.objects.create(username=f"{role}_{unit.code}", full_name=f"Người đo {unit.code}")
    title, since = str(role.label), date(2025, 1, 1)
    Post.objects.create(person=person, unit=unit, role=role, title=title, valid_from=since)
    return person


def put_applicants(city: City, count: int) -> None:
    """Store so many made-up people who file."""
    chance, ids = random.Random(SEED), new_ids(Applicant, count)
    city.applicants = [(pk, _name(chance)) for pk in ids]
    columns = "id kind name identity_digest identity_tail phone email is_synthetic".split()
    rows = (
        (pk, "citizen", name, f"{pk:064}", f"{pk % 10_000:04}", "", "", True) for pk, name in city.applicants
    )
    copy_rows(Applicant, columns, rows)


def _name(chance: random.Random) -> str:
    return " ".join(chance.choice(part) for part in (FAMILY, MIDDLE, MIDDLE, GIVEN))


def fill(city: City, count: int) -> None:
    """Store so many dossiers with the events by which they are tracked, and let the codes go on behind them."""
    chance, left = random.Random(SEED), count
    while left:
        some = min(BATCH, left)
        lives = [_life(city, chance, pk) for pk in new_ids(Dossier, some)]
        copy_rows(Dossier, DOSSIER, (_row(life) for life in lives))
        copy_rows(DossierEvent, EVENT, (event for life in lives for event in _events(life)))
        left -= some
    raise_counters()


def _row(life: dict[str, Any]) -> list[Any]:
    return [life.get(column) for column in DOSSIER]


def _life(city: City, chance: random.Random, pk: int) -> dict[str, Any]:
    """One dossier by column: filed on a day of the year, done a few days later, late one time in fifteen."""
    unit = city.units[min(int(chance.expovariate(1 / 30)), len(city.units) - 1)]
    procedure = city.procedures[min(int(chance.expovariate(1 / 40)), len(city.procedures) - 1)]
    applicant_id, name = chance.choice(city.applicants)
    filed = _moment(chance)
    due, took = filed + timedelta(days=chance.randrange(2, 20)), chance.randrange(1, RUNNING_DAYS)
    is_late = chance.random() < 1 / 15
    code = _code(city, unit, filed.date())
    life = {
        "id": pk, "client_id": UUID(int=pk), "code": code, "procedure_id": procedure.pk,
        "version_id": procedure.current_id, "unit_id": unit.pk,
        "received_unit_id": unit.pk if chance.random() > 0.03 else chance.choice(city.units).pk,
        "applicant_id": applicant_id, "channel": Channel.ONLINE if chance.random() < 0.6 else Channel.DESK,
        "submitted_at": filed, "folded": fold_words(code, procedure.name, name), "fee": 0, **PLAIN,
    }  # fmt: skip
    done = max(due + timedelta(days=1), filed) if is_late else min(filed + timedelta(days=took), due)
    whole = done < NOW - timedelta(days=1)
    return life | (_ended(filed, due, done, is_late) if whole else _running(city, chance, unit, filed, due))


PLAIN: dict[str, Any] = {
    "supplements": 0, "limit_words": "5 Ngày làm việc", "limit_is_default": False, "paid_online": False,
    "is_eligible_online": True, "needs_paper_result": False, "is_digitised": True, "certified_copies": 0,
    "reused_papers": 0, "uses_population_data": False, "filled": "{}", "version_no": 1, "is_synthetic": True,
    "result_is_electronic": True,
}  # fmt: skip


def _moment(chance: random.Random) -> datetime:
    day = datetime.combine(FIRST_DAY + timedelta(days=chance.randrange(DAYS - 1)), NOW.time(), VIETNAM)
    return day + timedelta(seconds=chance.randrange(6 * 3600))


def _code(city: City, unit: Unit, day: date) -> str:
    serial = city.serials[unit.pk, day] = city.serials.get((unit.pk, day), 0) + 1
    return written_code(unit.code, day, serial, "H17")


def _ended(filed: datetime, due: datetime, done: datetime, is_late: bool) -> dict[str, Any]:
    return {
        "state": State.RESULT_GIVEN, "received_at": filed, "promised_at": due, "due_at": due, "decided_at": done,
        "finished_at": done, "handed_at": done, "touched_at": done, "outcome": Outcome.GRANTED,
        "late_on": due.date() if is_late else None,
    }  # fmt: skip


def _running(city: City, chance: random.Random, unit: Unit, filed: datetime, due: datetime) -> dict[str, Any]:
    state = chance.choice(ON_THE_WAY)
    if state == State.SUBMITTED:
        return {"state": state, "touched_at": filed}
    stands: dict[str, Any] = {
        "state": state,
        "received_at": filed,
        "promised_at": due,
        "due_at": due,
        "touched_at": filed,
    }
    if state == State.IN_PROCESS:
        held = city.officers[unit.pk].pk if chance.random() < 0.5 else None
        stands |= {
            "desk_id": chance.choice(city.desks).pk,
            "desk_since": filed,
            "desk_due_at": due,
            "holder_id": held,
        }
    if state == State.SUPPLEMENT_ASKED:
        stands["stopped_since"] = filed
    if state == State.DECIDED:
        stands |= {"decided_at": filed, "finished_at": filed, "outcome": Outcome.GRANTED}
    return stands


def _events(life: dict[str, Any]) -> Iterator[Sequence[Any]]:
    """The events of a dossier, as far as it came."""
    pk, filed = life["id"], life["submitted_at"]
    yield pk, filed, Verb.SUBMIT, "", State.SUBMITTED, "{}"
    if life["state"] != State.SUBMITTED:
        yield pk, filed, Verb.RECEIVE, State.SUBMITTED, State.RECEIVED, "{}"
    if life.get("finished_at"):
        yield pk, life["finished_at"], Verb.DECIDE, State.IN_PROCESS, State.DECIDED, "{}"
