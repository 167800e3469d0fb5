"""Loads a city's package into the place: every domain takes its part, then, in a demo, the made-up life of the city."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from namro.alerts import actions as alerts
from namro.assistant import actions as assistant
from namro.delivery import actions as delivery
from namro.dossiers import actions as dossiers
from namro.flows.daily import run_day
from namro.flows.demo import forms as demo_forms
from namro.flows.demo.centre.loading import load_centre
from namro.flows.demo.offers import load_offers
from namro.flows.demo.people import load_people
from namro.flows.demo.tasks import load_tasks
from namro.flows.jobs import forecast_figures, try_rules
from namro.ground.days import format_day
from namro.ground.reviewed import FileRefused, demand, read_reviewed
from namro.indicators import actions as indicators
from namro.jobs import enqueue
from namro.offers import actions as offers
from namro.organisation import actions as organisation
from namro.organisation.queries import current_by_code
from namro.organisation.terms import Refused
from namro.procedures import actions as procedures
from namro.quality import actions as quality
from namro.queues import actions as queues
from namro.reports import actions as reports
from namro.sources import actions as sources
from namro.tasks.actions import loading as tasks

Progress = Callable[[float, str], None]

PARTS = frozenset(
    "package.yaml README.md SOURCE.md units calendar.yaml clarity.yaml clears.yaml registers.yaml indicators forms "
    "alerts alerting.yaml delivery.yaml targets reports facts.yaml stated sources groups.yaml charts "
    "annotations.yaml indices peers.yaml procedures dossiers queues quality offers law assistant demo".split()
)
NEEDED = ("code", "name", "root", "country", "two_tier_from", "files")
NEEDED_BY_DEMO = ("demo_day", "river_days")
# People in line on so many days before the demo's: enough to tell a wait and to count how often it was right.
QUEUE_DAYS = 28


@dataclass(frozen=True)
class Package:
    """The folder of a city and what its head file says."""

    folder: Path
    head: dict[str, Any]

    @classmethod
    def open(cls, folder: Path) -> "Package":
        """Read the head; refuses a folder that is none, or that holds what no part of the program reads."""
        head_file = folder / "package.yaml"
        if not head_file.is_file():
            raise Refused(
                f"Thư mục {folder} không có tệp package.yaml; hãy chỉ đúng thư mục gói của địa phương."
            )
        unknown = sorted(part.name for part in folder.iterdir() if part.name not in PARTS)
        if unknown:
            raise Refused(
                f"Gói {folder.name} có phần không được biết đến: {', '.join(unknown)}. Hãy xóa hoặc đổi tên; một gói "
                f"gồm: {', '.join(sorted(PARTS))}."
            )
        head = read_reviewed(head_file)
        demand(head_file, head, *NEEDED, *(NEEDED_BY_DEMO if (folder / "demo").is_dir() else ()))
        _check_files(folder, head_file, head)
        return cls(folder, head)

    @property
    def has_demo(self) -> bool:
        """Whether the package brings made-up people and their work."""
        return (self.folder / "demo").is_dir()

    @property
    def root(self) -> str:
        """The code of the city itself."""
        return str(self.head["root"])


def _check_files(folder: Path, head_file: Path, head: dict[str, Any]) -> None:
    line = head["files"]["__line__"]
    named = [value for key, value in head["files"].items() if key != "__line__"]
    for path in [path for value in named for path in (value if isinstance(value, list) else [value])]:
        if not isinstance(path, str) or not (folder / path).is_file():
            raise FileRefused(head_file, line, f"tệp “{path or ''}” không có trong gói")


Step = Callable[[Package, Progress], dict[str, int]]


def load(folder: Path, *, demo: bool, progress: Progress | None = None) -> dict[str, int]:
    """Load a package; twice is as once. Nothing is kept of a package in which something is wrong.

    With `demo`, its made-up part comes too and the river runs for its days. Returns rows by kind.
    """
    package, tell = Package.open(folder), progress or (lambda done, what: None)
    lively = demo and package.has_demo
    steps = DEMO_STEPS if lively else STEPS
    share = 0.5 if lively else 1.0
    counts: dict[str, int] = {}
    with transaction.atomic():
        for number, step in enumerate(steps):
            counts |= step(
                package, _part(tell, share * number / len(steps), share * (number + 1) / len(steps))
            )
    if lively:
        counts |= _load_centre(package, _part(tell, share, 0.85))
        counts["river_days"] = _run_river(package, _part(tell, 0.85, 1.0))
        for job in (forecast_figures, try_rules):  # these take their time: by the worker, once there is one
            enqueue(job)
    return counts


def _part(progress: Progress, start: float, end: float) -> Progress:
    """A progress of its own 0 to 1 that fills the other from start to end."""
    return lambda done, what: progress(start + (end - start) * done, what)


def _load_units(package: Package, progress: Progress) -> dict[str, int]:
    return organisation.load_package(package.folder, progress=progress)


def _load_people(package: Package, progress: Progress) -> dict[str, int]:
    units = current_by_code()
    made = load_people(package.folder / "demo" / "people.yaml", units, units[package.root])
    progress(1.0, "người dùng trình diễn")
    return {"people": made}


def _load_forms(package: Package, progress: Progress) -> dict[str, int]:
    return sources.load_package(package.folder, progress=progress)


def _load_sources(package: Package, progress: Progress) -> dict[str, int]:
    return sources.load_sources(package.folder, progress=progress)


def _load_indicators(package: Package, progress: Progress) -> dict[str, int]:
    return indicators.load_package(package.folder, progress=progress)


def _load_alerts(package: Package, progress: Progress) -> dict[str, int]:
    return alerts.load_package(package.folder, progress=progress)


def _load_reports(package: Package, progress: Progress) -> dict[str, int]:
    return reports.load_package(package.folder, progress=progress)


def _load_registers(package: Package, progress: Progress) -> dict[str, int]:
    file = package.folder / "registers.yaml"
    if file.is_file():
        _check_registers(file)
    return tasks.load_package(package.folder, progress=progress)


def _check_registers(file: Path) -> None:
    said = read_reviewed(file)
    demand(file, said, "registers")
    for entry in said["registers"]:
        demand(file, entry, "code", "name", "short_name")


def _load_procedures(package: Package, progress: Progress) -> dict[str, int]:
    return procedures.load_package(package.folder, progress=progress)


def _load_assistant(package: Package, progress: Progress) -> dict[str, int]:
    return assistant.load_package(package.folder, progress=progress)


def _load_quality(package: Package, progress: Progress) -> dict[str, int]:
    return quality.load_package(package.folder, current_by_code()[package.root], progress=progress)


def _load_queues(package: Package, progress: Progress) -> dict[str, int]:
    return queues.load_package(package.folder, progress=progress)


def _load_queue_history(package: Package, progress: Progress) -> dict[str, int]:
    last: date = package.head["demo_day"] - timedelta(days=1)
    return {"tickets": queues.seed_histories(last - timedelta(days=QUEUE_DAYS), last)}


def _load_dossiers(package: Package, progress: Progress) -> dict[str, int]:
    return dossiers.load_package(package.folder, progress=progress)


def _load_offers(package: Package, progress: Progress) -> dict[str, int]:
    return offers.load_package(package.folder, progress=progress)


def _load_delivery(package: Package, progress: Progress) -> dict[str, int]:
    return delivery.load_package(package.folder, progress=progress)


def _load_demo_forms(package: Package, progress: Progress) -> dict[str, int]:
    root, day = current_by_code()[package.root], package.head["demo_day"]
    return {"returns": demo_forms.load_forms(package.folder, root, day, progress=progress)}


def _load_demo_tasks(package: Package, progress: Progress) -> dict[str, int]:
    root = current_by_code()[package.root]
    made = load_tasks(package.folder / "demo" / "tasks", root, package.head["demo_day"], progress=progress)
    return {"tasks": made}


def _load_demo_offers(package: Package, progress: Progress) -> dict[str, int]:
    made = load_offers(package.folder, current_by_code())
    progress(1.0, "dịch vụ chủ động, dữ liệu mẫu")
    return {"register_entries": made}


def _load_centre(package: Package, progress: Progress) -> dict[str, int]:
    """Fill the lake, each batch by itself: it lands in files too, which no rollback takes back."""
    if not (package.folder / "demo" / "centre").is_dir():
        return {}
    return load_centre(package.folder, package.head["demo_day"], progress=progress)


def _run_river(package: Package, progress: Progress) -> int:
    days: list[date] = package.head["river_days"]
    for number, day in enumerate(days):
        progress(number / len(days), f"dòng dữ liệu ngày {format_day(day)}")
        run_day(day)
    progress(1.0, "xong")
    return len(days)


STEPS: tuple[Step, ...] = (
    _load_units,
    _load_delivery,
    _load_forms,
    _load_sources,
    _load_indicators,
    _load_alerts,
    _load_registers,
    _load_procedures,
    _load_dossiers,
    _load_offers,
    _load_queues,
    _load_quality,
    _load_assistant,
    _load_reports,
)
DEMO_STEPS: tuple[Step, ...] = (
    _load_units,
    _load_delivery,
    _load_people,
    _load_forms,
    _load_sources,
    _load_indicators,
    _load_alerts,
    _load_registers,
    _load_procedures,
    _load_dossiers,
    _load_offers,
    _load_queues,
    _load_quality,
    _load_assistant,
    _load_reports,
    _load_queue_history,
    _load_demo_forms,
    _load_demo_tasks,
    _load_demo_offers,
)
