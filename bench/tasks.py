"""`./namro bench tasks`: a register of up to 1,000,000 tasks over 3,321 communes; pages, counts, find, import."""

import os
import random
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.test.utils import override_settings

from bench.measure import measured
from bench.register import THINGS, TODAY, Ids, fill, found_country, today
from bench.sheets import import_rows
from namro.ground.text import fold
from namro.organisation.models import Person
from namro.organisation.queries import viewer as viewer_of_person
from namro.tasks.queries import Counts, counts_by_unit, league

SIZES = (10_000, 100_000, 1_000_000)
RUNS = 100
ROWS = 10_000  # of the imported sheet; no more than the register has
SEED = 57
SPARSE_WORDS = (
    "kết nối phòng thí nghiệm vi mạch",
    "5g avuong",
    "trà linh",
    "bệnh án điện tử giai đoạn 2 tại xã",
)
REDMINE = {
    "note": "Redmine 5.0 on PostgreSQL, the same kind of machine, 1 M issues; stated in the issue, not measured here",
    "overdue_list_p95_ms": 420, "sorted_by_due_p95_ms": 877, "unit_head_overdue_p95_ms": 243,
    "full_text_p95_ms": 3800, "one_ward_summary_ms": 350, "whole_city_summary_ms": 99_000, "queries": "25-34",
}  # fmt: skip


def run(sizes: Iterable[int] = SIZES, runs: int = RUNS) -> dict[str, Any]:
    """Grow one register through the sizes and measure each page at each; the database must be empty."""
    report: dict[str, Any] = {"seed": SEED, "cores": os.cpu_count(), "sizes": {}, "compared": REDMINE}
    with today(), override_settings(ALLOWED_HOSTS=["testserver"]):
        ids, filled = found_country(), 1
        for size in sizes:
            started = time.perf_counter()
            fill(ids, filled, size + 1)
            filled = size + 1
            _say(f"{size:,} tasks stored in {time.perf_counter() - started:.0f} s")
            report["sizes"][str(size)] = {name: _measured(page, runs) for name, page in pages(ids).items()}
        report["growth"] = growth(report["sizes"])
        report["import"] = import_rows(ids, secretary_of(ids), min(ROWS, filled))
    return report


def pages(ids: Ids) -> dict[str, Callable[[int], None]]:
    """Each page as a function of the run's number, so that no two runs ask for the same."""
    boss = _signed_in(secretary_of(ids))
    chance = random.Random(SEED)
    officers = [_signed_in(chance.choice(ids.officers)) for _ in range(20)]
    heads = [_signed_in(person) for person in ids.heads[:10]]
    communes = [chance.choice(ids.communes).code for _ in range(50)]
    words = [chance.choice(THINGS) for _ in range(40)]
    return {
        "list_commune_officer": lambda i: _get(officers[i % 20], "/nhiem-vu/"),
        "list_secretariat": lambda i: _get(boss, "/nhiem-vu/"),
        "list_secretariat_overdue": lambda i: _get(boss, "/nhiem-vu/?trang_thai=overdue"),
        "list_secretariat_filtered": lambda i: _get(
            boss, f"/nhiem-vu/?so=bench&trang_thai=open&tu={_day(i)}"
        ),
        "list_secretariat_one_commune": lambda i: _get(boss, _overdue_of(communes[i % 50])),
        "list_unit_head_overdue": lambda i: _get(heads[i % 10], "/nhiem-vu/?trang_thai=overdue"),
        "list_as_of_past_day": lambda i: _get(boss, f"/nhiem-vu/?ngay={_past(i)}&trang_thai=overdue"),
        "find_with_marks": lambda i: _get(boss, "/nhiem-vu/", q=words[i % 40]),
        "find_without_marks": lambda i: _get(boss, "/nhiem-vu/", q=fold(words[i % 40])),
        "find_rare": lambda i: _get(boss, "/nhiem-vu/", q=SPARSE_WORDS[i % 4]),
        "find_commune_officer": lambda i: _get(officers[i % 20], "/nhiem-vu/", q=fold(words[i % 40])),
        "league_of_the_city": lambda i: _get(boss, f"/xep-hang/?so=bench&nhom=xa-phuong&ngay={_past(i)}"),
        "league_all_units": lambda i: _league(ids, _past(i)),
        "counts_as_of_past_day_home": lambda i: _get(boss, f"/?ngay={_past(i)}"),
        "counts_as_of_past_day_all_units": lambda i: _count(ids, _past(i)),
        "desk_officer": lambda i: _get(officers[i % 20], "/ban-lam-viec/"),
        "desk_secretariat": lambda i: _get(boss, "/ban-lam-viec/"),
    }


def _league(ids: Ids, day: date) -> None:
    """Rank all 3,321 communes of the country; no page shows so many, so the query is measured by itself."""
    rows = league(ids.communes, _count(ids, day))
    if len(rows) != len(ids.communes):
        raise RuntimeError("the league lost a unit")


def _count(ids: Ids, day: date) -> dict[int, Counts]:
    viewer = viewer_of_person(secretary_of(ids))
    if viewer is None or ids.register is None:
        raise RuntimeError("the country was not founded")
    units = [unit.pk for unit in ids.communes]
    return counts_by_unit(viewer, day, unit_ids=units, register_ids=[ids.register.pk])


def growth(sizes: dict[str, dict[str, Any]]) -> dict[str, float]:
    """How much slower each page's p50 is at the largest size than at the smallest."""
    first, last = next(iter(sizes.values())), list(sizes.values())[-1]
    return {name: round(last[name]["p50_ms"] / max(first[name]["p50_ms"], 0.1), 2) for name in first}


def secretary_of(ids: Ids) -> Person:
    """The secretariat of the whole."""
    if ids.secretary is None:
        raise RuntimeError("the country was not founded")
    return ids.secretary


def _overdue_of(commune: str) -> str:
    return f"/nhiem-vu/?don_vi={commune}&trang_thai=overdue"


def _measured(page: Callable[[int], None], runs: int) -> dict[str, Any]:
    return dict(measured(page, runs))


def _signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _get(client: Client, path: str, **query: str) -> None:
    answer = client.get(path, query or None)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    _ = answer.content


def _day(number: int) -> str:
    return (TODAY + timedelta(days=number % 90)).isoformat()


def _past(number: int) -> date:
    return TODAY - timedelta(days=3 + number * 3 % 300)


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
