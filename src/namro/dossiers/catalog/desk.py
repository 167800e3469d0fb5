"""The rules of the one-stop desk: a reviewed file of the package, each number with where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed, storable

HOURS_READINGS = ("working", "clock")


@dataclass(frozen=True)
class FileType:
    """A kind of file that is taken, by its media type, and its greatest size in bytes."""

    media_type: str
    name: str
    most_bytes: int


@dataclass(frozen=True)
class DeskRulesDef:
    """Quy định một cửa: `default_days` working days where no limit can be read, by level and `khac`; at risk when no
    more than `risk_hours` working hours are left; `hours_are` says how a limit in hours is read."""

    code_prefix: str
    default_days: Mapping[str, int]
    risk_hours: int
    hours_are: str
    files: tuple[FileType, ...]
    most_files: int

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> "DeskRulesDef":
        """The rules from what is stored of them."""
        files = tuple(
            FileType(each["type"], each["name"], int(each["most_mb"]) * 1024**2) for each in body["files"]
        )
        return cls(
            str(body["code_prefix"]),
            {str(level): int(days) for level, days in body["default_days"].items()},
            int(body["risk_hours"]),
            body["hours_are"],
            files,
            int(body["most_files"]),
        )


def read_desk(file: Path) -> tuple[dict[str, Any], str, date]:
    """Return the rules as they are stored, their owner and day of review; FileRefused with the line of a fault."""
    said = read_reviewed(file)
    demand(file, said, "owner", "next_review", "code_prefix", "default_days", "risk_hours", "hours_are")
    demand(file, said, "files", "most_files")
    if said["hours_are"] not in HOURS_READINGS:
        raise FileRefused(file, said[LINE], f"“hours_are” phải là một trong: {', '.join(HOURS_READINGS)}")
    if "khac" not in said["default_days"]:
        raise FileRefused(file, said["default_days"][LINE], "“default_days” phải có mục “khac”")
    for entry in said["files"]:
        demand(file, entry, "type", "name", "most_mb")
    body = {
        key: value for key, value in storable(said).items() if key not in ("owner", "next_review", "sources")
    }
    try:
        DeskRulesDef.from_body(body)
    except (TypeError, ValueError) as fault:
        raise FileRefused(file, said[LINE], f"có số không đọc được ({fault})") from fault
    return body, str(said["owner"]), said["next_review"]
