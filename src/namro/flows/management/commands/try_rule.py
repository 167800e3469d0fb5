"""`namro try_rule FILE|CODE --from DAY --to DAY`: try a rule of the alerts on history, before it goes live."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from namro.alerts.actions.packages import known, unstored
from namro.alerts.catalog import read_rule
from namro.alerts.models import Rule
from namro.alerts.queries import one_rule
from namro.flows.trial import as_json, trial
from namro.ground import clock
from namro.ground.days import DayRefused, parse_day
from namro.organisation.terms import Refused
from namro.sources.catalog.reading import PackageRefused

WEEKS = timedelta(weeks=8)


class Command(BaseCommand):
    """Print as JSON how often the rule would have called, when and on what; nothing is written."""

    help = "Thử một quy tắc cảnh báo trên lịch sử, in JSON / try an alert rule on history"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the rule as a file or a code, the days, and the city in which a file's rule looks."""
        parser.add_argument("rule", metavar="FILE|CODE")
        parser.add_argument("--from", dest="first", help="mặc định tám tuần trước ngày cuối")
        parser.add_argument("--to", dest="last", help="mặc định là hôm nay")
        parser.add_argument("--root", default="48", help="mã địa phương, khi thử một tệp")

    def handle(self, *args: Any, **options: Any) -> None:
        """Try and print."""
        try:
            last = parse_day(options["last"]) if options["last"] else clock.today()
            first = parse_day(options["first"]) if options["first"] else last - WEEKS
            tried = trial(_rule(options["rule"], options["root"]), first, last)
        except (DayRefused, Refused, PackageRefused) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(json.dumps(as_json(tried), ensure_ascii=False, indent=2))


def _rule(asked: str, root: str) -> Rule:
    file = Path(asked)
    if file.suffix == ".yaml" and file.is_file():
        return unstored(*read_rule(file, today=clock.today(), known=known(root)))
    rule = one_rule(asked)
    if rule is None:
        raise Refused(f"Không có quy tắc hay tệp «{asked}».")
    return rule
