"""`namro docs`: write the pages that are made from the code; `--check` only tells whether they are up to date."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from namro.flows.house import ROOT, plan

PAGE = ROOT / "docs" / "house.md"


class Command(BaseCommand):
    """Make docs/house.md."""

    help = "Viết docs/house.md từ mã nguồn; --check chỉ kiểm tra."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether only to check."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page, or refuse when it differs from the code."""
        with override("vi"):
            told = plan()
        if not options["check"]:
            PAGE.write_text(told, encoding="utf-8")
        elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != told:
            raise CommandError("docs/house.md is out of date: run ./namro docs")
