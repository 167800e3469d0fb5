"""Load what a package says of tasks: its registers and the reviewed lists by which a text is read."""

from collections.abc import Callable
from pathlib import Path

import yaml
from django.db import transaction

from namro.tasks.actions.tally import rebuild_below
from namro.tasks.models import Register, Rulebook

RULEBOOKS = ("clears", "clarity")


def load_package(folder: Path, *, progress: Callable[[float, str], None] | None = None) -> dict[str, int]:
    """Put the registers and rulebooks of a package; the same folder twice changes nothing. Returns rows by kind."""
    with transaction.atomic():
        counts = {
            "registers": _load_registers(folder / "registers.yaml"),
            "rulebooks": _load_rulebooks(folder),
        }
        rebuild_below()  # units may have moved in the tree that was loaded before
    if progress:
        progress(1.0, "sổ nhiệm vụ")
    return counts


def _load_registers(file: Path) -> int:
    if not file.is_file():
        return 0
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))["registers"]
    for order, row in enumerate(rows, start=1):
        shown = {
            "name": row["name"],
            "short_name": row["short_name"],
            "note": row.get("note", ""),
            "order": order,
        }
        Register.objects.update_or_create(code=row["code"], defaults=shown)
    return len(rows)


def _load_rulebooks(folder: Path) -> int:
    found = [(code, folder / f"{code}.yaml") for code in RULEBOOKS if (folder / f"{code}.yaml").is_file()]
    for code, file in found:
        body = yaml.safe_load(file.read_text(encoding="utf-8"))
        Rulebook.objects.update_or_create(code=code, defaults={"body": _plain(body)})
    return len(found)


def _plain(value: object) -> object:
    """Days as text, so that JSON holds them."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
