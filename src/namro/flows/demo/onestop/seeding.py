"""Seeding a half-year of a unit's one-stop desk: the same words make the same rows; a second time makes none."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from django.db import transaction

from namro.dossiers.actions.bulk import copy_rows, new_ids, record_load
from namro.dossiers.actions.numbering import raise_counters, written_code
from namro.dossiers.actions.people import digest_of
from namro.dossiers.models import (
    Apology,
    Applicant,
    Dossier,
    DossierEvent,
    Feedback,
    Payment,
    Satisfaction,
    SeedRun,
    Supplement,
)
from namro.dossiers.terms import ApplicantKind
from namro.flows.demo.onestop import rows
from namro.flows.demo.onestop.around import FEEDBACK, announcements, feedback, limits
from namro.flows.demo.onestop.filing import Days, Filing, filings
from namro.flows.demo.onestop.lives import Telling, tell
from namro.flows.demo.onestop.place import Place, place_of
from namro.flows.demo.onestop.plan import Plan, read_plan
from namro.ground import clock
from namro.ground.period import Kind, Period
from namro.organisation.models import Unit
from namro.organisation.queries import city_of, working_calendar
from namro.quality.actions import ReportedRow, put_announcements, put_reported
from namro.queues.actions import seed_history
from namro.queues.models import Office

FILE = Path("demo") / "onestop.yaml"
FIRST_DAY, MONTHS = date(2025, 7, 1), 6  # the half-year of the source
APPLICANT = "id kind name identity_digest identity_tail phone email birth_day unit_id is_synthetic".split()
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Seeded:
    """What a seeding came to; `is_new` is false where the same had been made before."""

    run: SeedRun
    is_new: bool
    seconds: float


def plan_of(package: Path, months: int = MONTHS) -> Plan:
    """Return the plan of a package for so many months; FileRefused where its file is wrong."""
    return read_plan(package / FILE).scaled(months, MONTHS)


def seed_onestop(unit: Unit, plan: Plan, last: date, *, progress: Progress | None = None) -> Seeded:
    """Make the dossiers of a unit from FIRST_DAY to a day; Refused where the catalogue lacks a procedure of the plan.

    What would happen on the last day itself is left for the people who look.
    """
    began, say = time.perf_counter(), progress or (lambda done, what: None)
    key = {"unit": unit, "first_day": FIRST_DAY, "last_day": last, "seed": f"{plan.seed}/{plan.dossiers}"}
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)  # two seedings of a unit come one after the other
        known = SeedRun.objects.filter(**key).first()
        if known is not None:
            return Seeded(known, is_new=False, seconds=time.perf_counter() - began)
        run = SeedRun(**key, made_at=clock.now())
        run.counts = _made(unit, plan, Days(FIRST_DAY, last, working_calendar()), str(key["seed"]), say)
        run.save()
        record_load(run)
    return Seeded(run, is_new=True, seconds=time.perf_counter() - began)


def _made(unit: Unit, plan: Plan, days: Days, seed: str, say: Progress) -> dict[str, int]:
    place = place_of(unit, plan, days.last)
    filed = filings(plan, place.online_sorts, days, rows.dice(seed, unit.code, "filings"))
    say(0.1, "lượt nộp")
    people = _applicants(unit, filed, seed)
    written = _written(
        place, plan, filed, people, datetime.combine(days.last, datetime.min.time(), clock.VIETNAM), seed
    )
    say(0.6, "diễn biến hồ sơ")
    _copy(written)
    say(0.8, "lượt xếp hàng")
    tickets = _queued(unit, days)
    say(0.9, "phản ánh, công bố")
    said = _around(unit, plan, days, seed)
    raise_counters()
    return {
        "dossiers": len(written.dossiers), "online": plan.online, "events": len(written.events), "feedback": said,
        "supplements": len(written.supplements), "payments": len(written.payments), "applicants": len(people),
        "ratings": len(written.satisfactions), "apologies": len(written.apologies),
        "tickets": tickets,
    }  # fmt: skip


def _applicants(unit: Unit, filed: list[Filing], seed: str) -> list[int]:
    """Put the made-up applicants; nobody bears the name of a person."""
    count = max((each.applicant for each in filed), default=-1) + 1
    ids = new_ids(Applicant, count)
    kind = ApplicantKind.CITIZEN.value
    told = (
        (
            pk,
            kind,
            name(n),
            digest_of(kind, f"{seed}{unit.code}{n}"),
            f"{n % 10_000:04d}",
            "",
            "",
            None,
            unit.pk,
            True,
        )
        for n, pk in enumerate(ids)
    )
    copy_rows(Applicant, APPLICANT, told)
    return ids


def name(number: int) -> str:
    """Return the name of a made-up applicant."""
    return f"Công dân mẫu {number + 1:05d}"


def _written(
    place: Place, plan: Plan, filed: list[Filing], people: list[int], cut: datetime, seed: str
) -> rows.Written:
    """Tell every life, in the order in which the dossiers were filed."""
    written = rows.Written()
    serials: dict[date, int] = defaultdict(int)
    for pk, filing in zip(new_ids(Dossier, len(filed)), filed, strict=True):
        day = filing.at.date()
        serials[day] += 1
        code = written_code(place.unit.code, day, serials[day], place.rules.code_prefix)
        random: Random = rows.dice(seed, code)
        telling = Telling(filing, place.kinds[filing.sort.code], place, plan, random)
        named = rows.Named(pk, code, people[filing.applicant], name(filing.applicant))
        rows.write(written, telling, tell(telling), named, cut)
    return written


def _copy(written: rows.Written) -> None:
    copy_rows(Dossier, rows.DOSSIER, written.dossiers)
    copy_rows(DossierEvent, rows.EVENT, written.events)
    copy_rows(Supplement, rows.SUPPLEMENT, written.supplements)
    copy_rows(Payment, rows.PAYMENT, written.payments)
    copy_rows(Satisfaction, rows.SATISFACTION, written.satisfactions)
    copy_rows(Apology, rows.APOLOGY, written.apologies)


def _queued(unit: Unit, days: Days) -> int:
    """Put the numbers that people drew on those days, where the unit has an office in which they wait."""
    office = Office.objects.filter(unit=unit).first()
    return seed_history(office, days.first, days.last - timedelta(days=1)) if office else 0


def _around(unit: Unit, plan: Plan, days: Days, seed: str) -> int:
    """Put feedback of the unit, announcements of its city and national counts; returns how much feedback."""
    said = feedback(plan, unit, days, limits(), rows.dice(seed, unit.code, "feedback"))
    copy_rows(Feedback, FEEDBACK, said)
    city = city_of(unit)
    told = announcements(plan, days, rows.dice(seed, city.code, "announcements"))
    put_announcements(city, told, is_synthetic=True)
    put_reported(_reported(unit, plan, days, rows.dice(seed, unit.code, "reported")), is_synthetic=True)
    return len(said)


def _reported(unit: Unit, plan: Plan, days: Days, random: Random) -> list[ReportedRow]:
    """The national report differs a little from what the portal counts; its last year is there as a whole."""
    found = [ReportedRow(unit.pk, Period.parse(str(days.first.year - 1)), plan.last_year)]
    counted = Dossier.objects.filter(unit=unit, received_at__isnull=False)
    month = Period.containing(Kind.MONTH, days.first)
    while month.start <= days.last - timedelta(days=1):
        received = counted.filter(
            received_at__gte=datetime.combine(month.start, datetime.min.time(), clock.VIETNAM),
            received_at__lt=datetime.combine(month.next().start, datetime.min.time(), clock.VIETNAM),
        ).count()
        found.append(ReportedRow(unit.pk, month, round(received * random.uniform(0.985, 1.02))))
        month = month.next()
    return found
