"""`namro bench NAME`: measure in a database of its own, made empty and thrown away, or kept for the next time."""

import importlib
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

ROOT = Path(__file__).parents[5]
# A measurement is a file that has a `run`, or a folder whose first file has one.
FILES = (*(ROOT / "bench").glob("*.py"), *(ROOT / "bench").glob("*/__init__.py"))
NAMES = sorted(
    file.parent.name if file.stem == "__init__" else file.stem
    for file in FILES
    if "def run(" in file.read_text(encoding="utf-8")
)


class Command(BaseCommand):
    """Print a measurement as JSON."""

    help = "Đo tốc độ trong một cơ sở dữ liệu riêng, in JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The measurement's name and, for a quick look, smaller sizes."""
        parser.add_argument("name", choices=NAMES)
        parser.add_argument("--sizes", default="", help="ví dụ 10000,100000")
        parser.add_argument("--runs", type=int, default=100)
        parser.add_argument("--out", default="")
        parser.add_argument("--keep", action="store_true", help="giữ cơ sở dữ liệu đã đổ, dùng lại lần sau")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run in a database named namro_bench on the same server."""
        sys.path.insert(0, str(ROOT))
        measurement = importlib.import_module(f"bench.{options['name']}")
        asked: dict[str, Any] = {"runs": options["runs"]}
        if options["sizes"]:
            asked["sizes"] = [int(size) for size in options["sizes"].split(",")]
        connection.settings_dict["TEST"]["NAME"] = "namro_bench"
        before = connection.settings_dict["NAME"]
        keep = options["keep"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
        try:
            text = json.dumps(measurement.run(**asked), ensure_ascii=False, indent=2)
        finally:
            connection.creation.destroy_test_db(before, verbosity=0, keepdb=keep)
        if options["out"]:
            Path(options["out"]).write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)
