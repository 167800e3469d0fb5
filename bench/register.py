"""A register of any size over all communes of the country, with histories: by chance from a seed, stored by COPY."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from namro.ground import clock
from namro.ground.text import fold
from namro.organisation.models import Person, Post, Unit
from namro.organisation.queries import first_late_day
from namro.organisation.terms import Role
from namro.tasks.actions.spans import rebuild_tally
from namro.tasks.models import Directive, Register
from namro.tasks.rules import spans_of, standing_after
from namro.tasks.terms import Event, Stage, Verb

UNITS = Path(__file__).parent.parent / "packages" / "danang" / "units" / "units.csv"
TODAY = date(2025, 7, 9)
BATCH = 20_000
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
VERBS = (
    "Xây dựng|Ban hành|Triển khai|Hoàn thành|Rà soát|Số hóa|Kết nối|Nâng cấp|Thí điểm|Đào tạo|Khảo sát|Tổ chức"
).split("|")
THINGS = (
    "cơ sở dữ liệu đất đai|hồ sơ hộ tịch|tài liệu lưu trữ|hạ tầng mạng 5G|trạm phát sóng vùng lõm"
    "|tổ công nghệ số cộng đồng"
    "|dịch vụ công trực tuyến toàn trình|bộ phận một cửa|chữ ký số cho cán bộ|bản đồ ngập lụt|kế hoạch chuyển đổi số"
    "|hệ thống camera giao thông|bệnh án điện tử|học bạ số|quỹ khoa học và công nghệ|phòng thí nghiệm vi mạch"
    "|trung tâm điều hành thông minh|lớp bình dân học vụ số|định danh mức 2 cho người dân|sàn giao dịch nông sản"
).split("|")
WAYS = "giai đoạn 1|giai đoạn 2|đợt 1|đợt 2|năm 2025|theo Nghị quyết 57|dùng chung|liên thông cấp xã".split(
    "|"
)


@dataclass
class Ids:
    """What the pages are asked for."""

    communes: list[Unit] = field(default_factory=list)
    officers: list[Person] = field(default_factory=list)
    secretary: Person | None = None
    heads: list[Person] = field(default_factory=list)
    register: Register | None = None
    directives: list[int] = field(default_factory=list)


def found_country() -> Ids:
    """Việt Nam, the provinces and all communes; an officer for each commune; the secretariat of Đà Nẵng reads all."""
    country = _unit("VN", "Việt Nam", "country", None)
    provinces: dict[str, Unit] = {}
    ids = Ids()
    with UNITS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in (row for row in rows if not row["parent_code"]):
        provinces[row["code"]] = _unit(row["code"], row["name"], row["kind"], country)
    below = [row for row in rows if row["parent_code"]]
    fresh = [_made(row["code"], row["name"], row["kind"], provinces[row["parent_code"]]) for row in below]
    ids.communes = Unit.objects.bulk_create(fresh)
    ids.officers = _people(ids.communes, Role.COMMUNE_OFFICER, "can_bo")
    ids.heads = _people(list(provinces.values()), Role.AGENCY_LEAD, "lanh_dao")
    ids.secretary = _people([provinces["48"]], Role.SECRETARIAT, "thu_ky")[0]
    ids.register = Register.objects.create(code="bench", name="Sổ đo", short_name="Sổ đo")
    ids.directives = [_directive(ids.register, number).pk for number in range(200)]
    return ids


def _made(code: str, name: str, kind: str, parent: Unit | None) -> Unit:
    unit = Unit(code=code, name=name, kind=kind, parent=parent)
    unit.fill_derived(parent.path if parent else "")
    return unit


def _unit(code: str, name: str, kind: str, parent: Unit | None) -> Unit:
    unit = _made(code, name, kind, parent)
    unit.save()
    return unit


def _people(units: list[Unit], role: Role, prefix: str) -> list[Person]:
    people = [Person(username=f"{prefix}_{unit.code}", full_name=f"Người đo {unit.code}") for unit in units]
    made = Person.objects.bulk_create(people)
    posts = [
        Post(person=person, unit=unit, role=role, title=str(role.label), valid_from=date(2025, 1, 1))
        for person, unit in zip(made, units, strict=True)
    ]
    Post.objects.bulk_create(posts)
    return made


def _directive(register: Register, number: int) -> Directive:
    return Directive.objects.create(
        client_id=UUID(int=number), register=register, kind="Kế hoạch", number=f"{number}-KH", issuer="Ban Chỉ đạo",
        day=date(2025, 1, 6), title="Kế hoạch đo", synthetic=True,
    )  # fmt: skip


def life(chance: random.Random) -> list[Event]:
    """The events of one task: issued in the last eighteen months, most done, some late, some extended."""
    issued = TODAY - timedelta(days=chance.randrange(5, 540))
    events = [
        Event(Verb.DRAFT, issued),
        Event(Verb.ISSUE, issued, issued + timedelta(days=chance.randrange(20, 300))),
    ]
    day = issued
    for verb in (Verb.ACCEPT, Verb.REPORT, Verb.REPORT, Verb.SUBMIT, Verb.APPROVE):
        day += timedelta(days=chance.randrange(2, 120))
        if day > TODAY or chance.random() < 0.04:
            break
        if verb == Verb.REPORT and chance.random() < 0.08:
            events.append(Event(Verb.GRANT_EXTENSION, day, day + timedelta(days=60)))
        events.append(Event(verb, day))
    return events


def title(chance: random.Random, commune: str) -> str:
    """A believable title; the words recur as they do in real registers."""
    return f"{chance.choice(VERBS)} {chance.choice(THINGS)} {chance.choice(WAYS)} tại {commune}"


def fill(ids: Ids, start: int, end: int) -> None:
    """Store tasks number `start` to `end` with participations, moments and spans; then the tally of every unit."""
    chance = random.Random(start)
    for first in range(start, end, BATCH):
        _copy_batch([_row(ids, number, chance) for number in range(first, min(first + BATCH, end))])
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin; RESET synchronous_commit")
        cursor.execute("SELECT setval(pg_get_serial_sequence('tasks_task', 'id'), %s)", [end])
    _analyse("tasks_task, tasks_span, tasks_moment, tasks_participation")
    rebuild_tally({(ids.register.pk, unit.pk) for unit in ids.communes} if ids.register else set())
    _analyse("tasks_tally, organisation_unit, organisation_person, organisation_post")


def _analyse(tables: str) -> None:
    """What autovacuum would have done by the time people come in."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {tables}")


@dataclass
class Made:
    """One task as rows of its tables."""

    task: dict[str, Any]
    partner: int | None
    events: list[Event]
    spans: list[tuple[str, date, date]]


def _row(ids: Ids, number: int, chance: random.Random) -> Made:
    place = chance.randrange(len(ids.communes))
    unit, officer = ids.communes[place], ids.officers[place]
    events = life(chance)
    trail = standing_after(events, first_late_day)
    standing = trail[-1][1]
    due = next(event.due for event in reversed(events) if event.due)
    days = {event.verb: event.day for event in events}
    handed_in = standing.stage in (Stage.SUBMITTED, Stage.DONE)
    words = title(chance, unit.name)
    task = {
        "id": number, "client_id": UUID(int=10**12 + number), "code": f"DO-25-{number:07d}",
        "directive_id": chance.choice(ids.directives), "register_id": ids.register.pk if ids.register else 0,
        "parent_id": None, "title": words, "detail": "", "lead_unit_id": unit.pk, "lead_person_id": officer.pk,
        "supervisor_unit_id": unit.parent_id, "start_day": events[0].day, "due_day": due,
        "original_due_day": events[1].due, "authority": "Chủ tịch UBND cấp xã quyết định",
        "escalate_to_id": unit.parent_id, "result": "01 báo cáo nghiệm thu", "proof_kind": "product",
        "proof_indicator": "", "proof_target": None, "mark": "normal", "stage": str(standing.stage), "percent": 0,
        "issued_day": events[1].day, "submitted_day": days.get(Verb.SUBMIT) if handed_in else None,
        "done_day": days.get(Verb.APPROVE), "done_late": standing.done_late, "late_from": standing.late_from,
        "version": len(events), "created_at": datetime.combine(events[0].day, datetime.min.time(), ZONE),
        "synthetic": True, "folded": fold(f"DO-25-{number:07d} {words} 01 báo cáo nghiệm thu"),
    }  # fmt: skip
    partner = chance.choice(ids.communes).pk if chance.random() < 0.1 else None
    return Made(task, partner, events, [(s.state, s.start, s.end) for s in spans_of(trail)])


MOMENT_IDS = count(1)


def _copy_batch(made: list[Made]) -> None:
    _copy("tasks_task", list(made[0].task), (list(row.task.values()) for row in made))
    _copy("tasks_participation", "task_id unit_id involvement".split(), _participations(made))
    _copy("tasks_moment", "task_id verb day at from_stage to_stage due_day note data".split(), _moments(made))
    _copy("tasks_span", "task_id register_id lead_unit_id is_marked state start end".split(), _spans(made))


def _participations(made: list[Made]) -> Iterator[list[Any]]:
    for row in made:
        yield [row.task["id"], row.task["lead_unit_id"], "lead"]
        if row.partner and row.partner != row.task["lead_unit_id"]:
            yield [row.task["id"], row.partner, "cooperating"]


def _moments(made: list[Made]) -> Iterator[list[Any]]:
    for row in made:
        for event in row.events:
            at = datetime.combine(event.day, datetime.min.time(), ZONE)
            yield [row.task["id"], event.verb, event.day, at, "", "", event.due, "", "{}"]


def _spans(made: list[Made]) -> Iterator[list[Any]]:
    for row in made:
        for state, start, end in row.spans:
            yield [
                row.task["id"],
                row.task["register_id"],
                row.task["lead_unit_id"],
                False,
                str(state),
                start,
                end,
            ]


def _copy(table: str, columns: list[str], rows: Iterator[list[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        # Rows are consistent by construction: their foreign keys need no check one by one.
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([str(value) if isinstance(value, Verb) else value for value in row])


def today() -> Any:
    """The clock of the measurement."""
    return clock.at(TODAY)
