"""`namro load DIR [--no-demo]`: load a city's package."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from namro.flows.load import load
from namro.ground.numbers import format_number
from namro.ground.reviewed import FileRefused
from namro.organisation.terms import Refused
from namro.sources.catalog.reading import PackageRefused

WORDS = {
    "units": "đơn vị",
    "people": "người dùng trình diễn mới",
    "forms": "biểu báo cáo",
    "sources": "nguồn số liệu",
    "taken_over": "nguồn khai báo trên web nay do gói quản lý",
    "indicators": "chỉ tiêu",
    "alert_rules": "quy tắc cảnh báo",
    "registers": "sổ nhiệm vụ",
    "reports": "mẫu báo cáo",
    "returns": "biểu trình diễn mới",
    "tasks": "nhiệm vụ trình diễn mới",
    "source_rows": "dòng số liệu mẫu mới",
}


class Command(BaseCommand):
    """Load a package; the same folder twice leaves the same."""

    help = "Nạp gói dữ liệu của một địa phương / load a city's package"
    stealth_options = ("progress",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and whether its demo stays out."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="thư mục gói, ví dụ packages/danang")
        parser.add_argument(
            "--no-demo", action="store_true", help="bỏ phần trình diễn của gói / without its demo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, showing how far it is; say in a line what is there now."""
        quiet = options["verbosity"] == 0
        progress = options.get("progress") or (None if quiet else self._say)
        demo = settings.DEMO and not options["no_demo"]
        try:
            counts = load(options["folder"], demo=demo, progress=progress)
        except (Refused, FileRefused, PackageRefused) as refusal:
            raise CommandError(str(refusal)) from None
        if not quiet:
            told = [f"{format_number(counts[kind])} {word}" for kind, word in WORDS.items() if kind in counts]
            self.stdout.write(f"Đã nạp {options['folder'].name}: {', '.join(told)}.")

    def _say(self, done: float, what: str) -> None:
        self.stdout.write(f"{done:4.0%} {what}")
