"""Reads what people wrote for the demo, the tasks written one by one among it; every fault is told with its line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from namro.flows.demo.plan import DirectivePlan, TaskPlan, proof
from namro.flows.demo.stories import STORIES
from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed

WRITTEN = ("tw", "bcd")
TASK_KEYS = (
    "code",
    "title",
    "directive",
    "lead",
    "start",
    "due",
    "story",
    "result",
    "authority",
    "climbs_to",
)


@dataclass(frozen=True)
class Material:
    """The folder `demo/tasks` of a package."""

    folder: Path

    @property
    def exists(self) -> bool:
        """Whether the package brings demo tasks at all."""
        return (self.folder / "directives.yaml").is_file()

    @cached_property
    def words(self) -> Mapping[str, Any]:
        """Sentences of reports, returns, requests, by kind."""
        return self.read("words")

    @cached_property
    def directives(self) -> list[DirectivePlan]:
        """The directives under which the tasks are given."""
        names = ("code", "register", "kind", "number", "issuer", "day", "title")
        path, found = self.folder / "directives.yaml", []
        for entry in self.read("directives")["directives"]:
            demand(path, entry, *names)
            found.append(DirectivePlan(**{name: entry[name] for name in names}))
        return found

    def read(self, name: str) -> dict[str, Any]:
        """The mapping of one file of the folder."""
        return read_reviewed(self.folder / f"{name}.yaml")

    def written_tasks(self) -> list[TaskPlan]:
        """The tasks written one by one, in the order of the files."""
        return [
            plan for name in WRITTEN if (self.folder / f"{name}.yaml").is_file() for plan in self._tasks(name)
        ]

    def _tasks(self, name: str) -> Iterable[TaskPlan]:
        path, head = self.folder / f"{name}.yaml", self.read(name)
        demand(path, head, "register", "supervisor", "tasks")
        for entry in head["tasks"]:
            check_task(path, entry, {directive.code for directive in self.directives})
            yield task_plan(entry, register=head["register"], supervisor=head["supervisor"])


def check_task(path: Path, entry: Mapping[str, Any], directives: set[str]) -> None:
    """Refuse a written task that lacks a clear, or whose story cannot be told."""
    line = entry[LINE]
    demand(path, dict(entry), *TASK_KEYS)
    if entry["directive"] not in directives:
        raise FileRefused(path, line, f"văn bản “{entry['directive']}” không có trong directives.yaml")
    if entry["story"] not in STORIES:
        raise FileRefused(
            path, line, f"diễn biến “{entry['story']}” không có; có: {', '.join(sorted(STORIES))}"
        )
    if ("product" in entry) == ("indicator" in entry):
        raise FileRefused(path, line, "cần đúng một trong hai: “product” hoặc “indicator” kèm “target”")
    if not all(isinstance(entry[name], date) for name in ("start", "due")) or entry["due"] < entry["start"]:
        raise FileRefused(
            path, line, "“start” và “due” phải là ngày dạng 2025-07-09, “due” không trước “start”"
        )
    if entry["story"] in ("extended", "done_extended") and not entry.get("extend_to"):
        raise FileRefused(path, line, "diễn biến có gia hạn cần “extend_to”")


def task_plan(entry: Mapping[str, Any], *, register: str, supervisor: str) -> TaskPlan:
    """One written task as a plan."""
    return TaskPlan(
        code=entry["code"],
        register=register,
        directive=entry["directive"],
        title=entry["title"],
        lead=str(entry["lead"]),
        supervisor=supervisor,
        start=entry["start"],
        due=entry["due"],
        story=entry["story"],
        authority=entry["authority"],
        climbs_to=str(entry["climbs_to"]),
        partners=tuple(str(code) for code in entry.get("with", ())),
        issue=entry.get("issue"),
        extend_to=entry.get("extend_to"),
        parent=entry.get("parent", ""),
        words={kind: said for kind, said in entry.get("words", {}).items() if kind != LINE},
        **proof(entry, entry["result"]),
    )
