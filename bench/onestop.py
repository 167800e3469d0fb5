"""`./namro bench onestop`: a year of up to 1,000,000 dossiers over 94 units; pages, find, the index, filing."""

import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.test import Client
from django.test.utils import override_settings

from bench.measure import measured, percentile
from bench.onestop_filing import file_many, say, settle
from bench.onestop_filling import (
    APPLICANTS,
    NOW,
    PACKAGE,
    SEED,
    City,
    fill,
    found_city,
    kept_city,
    put_applicants,
)
from namro.dossiers.models import Dossier
from namro.dossiers.terms import Channel
from namro.flows.serving import figure_service
from namro.ground import clock
from namro.ground.period import Period
from namro.ground.text import fold
from namro.indicators.actions.packages import load_definitions
from namro.indicators.catalog.definitions import read_definitions
from namro.indicators.models import Figure
from namro.organisation.models import Person
from namro.quality.queries.scoring import scores, span_of
from namro.sources.queries import known_measures

SIZES = (1_000_000,)
RUNS = 100
FILINGS = 6_000
CODES = 50
INDEX, OWNER = PACKAGE / "indicators" / "mot_cua" / "chat_luong_phuc_vu.yaml", "H17.HCC"
# All that is asked here comes from one address.
PLACE: dict[str, Any] = {"ALLOWED_HOSTS": ["testserver"], "NAMRO_OUTSIDE_PER_ADDRESS": 10**9}


def run(sizes: Iterable[int] = SIZES, runs: int = RUNS) -> dict[str, Any]:
    """Fill a year to each size and measure; the last size is told first. A database that was kept is measured as it is,
    with all that was filed in it since."""
    report: dict[str, Any] = {"seed": SEED, "cores": os.cpu_count(), "sizes": {}}
    with clock.at(NOW), override_settings(**PLACE):
        for city, size in _filled(list(sizes), kept=Dossier.objects.count()):
            settle()
            figures = {"figures_of_index_s": _figured()}
            told = {name: _measured(name, page, runs) for name, page in pages(city).items()}
            report["sizes"][str(size)] = told | figures | {"index_s": _index_seconds(city)}
        return _told(report, file_many(city, min(FILINGS, size)))


def _filled(sizes: Sequence[int], kept: int) -> Iterator[tuple[City, int]]:
    """The city with so many dossiers, one size after the other; with those that were kept, where there are any."""
    if kept:
        yield kept_city(), kept
        return
    city, filled = found_city(), 0
    put_applicants(city, min(APPLICANTS, max(sizes)))
    for size in sizes:
        started = time.perf_counter()
        fill(city, size - filled)
        filled = size
        say(f"{size:,} dossiers stored in {time.perf_counter() - started:.0f} s")
        yield city, size


def _told(report: dict[str, Any], filed: dict[str, Any]) -> dict[str, Any]:
    """The line that the issue asks for, then everything else."""
    last = list(report["sizes"].values())[-1]
    named = {name: _worst(last, name) for name in ("list", "track", "find", "workload")}
    return {
        **{f"{name}_p95_ms": worst for name, worst in named.items()}, "index_s": last["index_s"],
        "filings_per_s": filed["filings_per_s"], "lost": filed["lost"], "doubled": filed["doubled"],
        **report, "filing": filed,
    }  # fmt: skip


def _measured(name: str, page: Callable[[int], None], runs: int) -> dict[str, Any]:
    found = dict(measured(page, runs))
    say(f"{name}: {found}")
    return found


def _worst(pages_: dict[str, Any], name: str) -> float:
    """The slowest p95 among the pages of a kind."""
    return max(page["p95_ms"] for key, page in pages_.items() if key.startswith(f"{name}_"))


def pages(city: City) -> dict[str, Callable[[int], None]]:
    """Each page as a function of the run's number, so that no two runs ask for the same."""
    chance = random.Random(SEED)
    boss, clerks = _signed_in(city.reader), [_signed_in(chance.choice(city.clerks)) for _ in range(20)]
    codes = _codes(chance)
    names = [fold(chance.choice(city.applicants)[1]) for _ in range(40)]
    common = [fold(chance.choice(city.procedures[:40]).name) for _ in range(40)]
    held = [person.pk for person in chance.sample(list(city.officers.values()), 40)]
    public = Client()
    return {
        "list_clerk": lambda i: _get(clerks[i % 20], "/mot-cua/"),
        "list_clerk_running": lambda i: _get(clerks[i % 20], "/mot-cua/?nhom=running"),
        "list_whole_city_running": lambda i: _get(boss, "/mot-cua/?nhom=running"),
        "list_whole_city_late": lambda i: _get(boss, "/mot-cua/?nhom=late"),
        "list_whole_city_all": lambda i: _get(boss, "/mot-cua/?nhom=all"),
        "list_one_unit": lambda i: _get(boss, "/mot-cua/", nhom="all", don_vi=city.units[i % 94].code),
        "list_by_channel": lambda i: _get(boss, "/mot-cua/", nhom="all", cach=Channel.values[i % 3]),
        "list_by_holder": lambda i: _get(boss, "/mot-cua/", nhom="all", nguoi=held[i % 40]),
        "track_by_code": lambda i: _get(public, f"/tra-cuu/{codes[i % CODES]}/"),
        "find_by_name": lambda i: _get(boss, "/mot-cua/", q=names[i % 40]),
        "find_by_procedure": lambda i: _get(boss, "/mot-cua/", q=common[i % 40][:60]),
        "find_by_both": lambda i: _get(boss, "/mot-cua/", q=f"{names[i % 40]} khai sinh"),
        "find_clerk": lambda i: _get(clerks[i % 20], "/mot-cua/", q=names[i % 40]),
        "workload_city": lambda i: _get(boss, "/mot-cua/khoi-luong/"),
        "workload_unit": lambda i: _get(boss, "/mot-cua/khoi-luong/", don_vi=city.units[i % 94].code),
        "score_all_units": lambda i: _get(boss, "/chat-luong-phuc-vu/", thang=f"2025-{i % 12 + 1:02}"),
        "score_unit": lambda i: _get(
            boss, f"/chat-luong-phuc-vu/{city.units[i % 94].code}/2025-{i % 12 + 1:02}/"
        ),
        "score_city": lambda i: _get(boss, f"/chat-luong-phuc-vu/48/2025-{i % 12 + 1:02}/"),
    }


def _codes(chance: random.Random) -> Sequence[str]:
    ids = [chance.randrange(1, Dossier.objects.count()) for _ in range(CODES)]
    rows = Dossier.objects.filter(pk__in=ids, code__isnull=False).values_list("code", flat=True)
    return [code for code in rows if code] * CODES


def _figured() -> float:
    """Store the figures of the index, from which the list of all units is read; seconds."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(INDEX, folder)
        read, _warnings = read_definitions(
            Path(folder), today=clock.today(), units={OWNER}, measures=known_measures()
        )
    load_definitions(read, package="bench")
    started = time.perf_counter()
    if not figure_service() and not Figure.objects.exists():
        raise RuntimeError("no figure of the index came about")
    return round(time.perf_counter() - started, 2)


def _index_seconds(city: City) -> float:
    """Seconds for the index of all units and all months of the year, the middle of three."""
    months = [span_of(Period.parse(f"2025-{month:02}")) for month in range(1, 13)]
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        scores(city.units, months, {})
        taken.append(time.perf_counter() - started)
    return round(percentile(taken, 0.5), 2)


def _signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _get(client: Client, path: str, **query: str) -> None:
    answer = client.get(path, query or None)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} {query} answered {answer.status_code}")
    _ = answer.content
