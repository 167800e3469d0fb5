"""Filing as fast as it goes, by several processes, one killed in the middle: what is lost, what is doubled."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, connections
from django.db.models import Count

from bench.onestop_filling import NOW, City
from namro.audit.models import Entry
from namro.dossiers.actions import Draft, Hand, file
from namro.dossiers.models import Applicant, Dossier, DossierEvent
from namro.ground import clock

WORKERS = 4
RUNS = multiprocessing.get_context("fork")


def file_many(city: City, count: int) -> dict[str, Any]:
    """File so many dossiers of all units; a worker is killed with -9 half-way, another does its share again from its
    beginning, as clients do who never heard an answer."""
    numbers = [uuid4() for _ in range(count)]
    shares = [numbers[worker::WORKERS] for worker in range(WORKERS)]
    with TemporaryDirectory() as folder:
        answered = [Path(folder) / str(worker) for worker in range(WORKERS + 1)]
        connections.close_all()
        started = time.perf_counter()
        workers = [_begin(city, share, to) for share, to in zip(shares, answered, strict=False)]
        _wait_for(answered[0], len(shares[0]) // 2)
        os.kill(workers[0].pid or 0, signal.SIGKILL)
        workers[0].join()
        workers.append(_begin(city, shares[0], answered[-1]))
        for worker in workers[1:]:
            worker.join()
        seconds = time.perf_counter() - started
        accepted = {UUID(line) for to in answered for line in to.read_text().split()}
    return {
        "filings_per_s": round(count / seconds),
        "killed": workers[0].exitcode,
        **_found(numbers, accepted),
    }


def _begin(city: City, share: Sequence[UUID], answered: Path) -> Any:
    answered.touch()
    worker = RUNS.Process(target=_file_share, args=(city, share, answered))
    worker.start()
    return worker


def _file_share(city: City, share: Sequence[UUID], answered: Path) -> None:
    """File each number and write it down once the answer came."""
    hand = Hand.of_applicant(Applicant.objects.get(pk=city.applicants[0][0]))
    with clock.at(NOW.date()), answered.open("a") as lines:
        for place, number in enumerate(share):
            unit = city.units[place % len(city.units)]
            file(Draft(city.procedures[place % 200].code, unit.pk), hand=hand, client_id=number)
            lines.write(f"{number}\n")
            lines.flush()


def _wait_for(answered: Path, count: int) -> None:
    while len(answered.read_text().split()) < count:
        time.sleep(0.01)


def _found(numbers: Sequence[UUID], accepted: set[UUID]) -> dict[str, int]:
    """How many accepted dossiers are not there whole, and how many of anything are there twice."""
    rows = dict(Dossier.objects.filter(client_id__in=numbers).values_list("client_id", "pk"))
    events = _twice_or_none(DossierEvent.objects.filter(dossier__client_id__in=numbers), "dossier_id")
    keys = [str(pk) for pk in rows.values()]
    lines = _twice_or_none(Entry.objects.filter(kind="dossiers.dossier", key__in=keys), "key")
    whole = {number for number, pk in rows.items() if events.get(pk) and lines.get(str(pk))}
    return {
        "filed": len(numbers), "accepted": len(accepted), "lost": len(set(numbers) - whole | accepted - whole),
        "doubled": sum(n - 1 for n in (*events.values(), *lines.values())),
    }  # fmt: skip


def _twice_or_none(rows: Any, by: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))


def say(words: str) -> None:
    """Tell whoever waits how far it is."""
    sys.stderr.write(f"{words}\n")


def settle() -> None:
    """Let the database know what was filled in, as its own housekeeping would by and by."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
