"""`namro backtest [RULE…] [--from DAY --to DAY]`: try rules over figures on the history of the lake."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from namro.alerts.models import Rule
from namro.alerts.terms import SIGN_KINDS
from namro.flows.backtesting import YEARS, as_json, backtest
from namro.ground import clock
from namro.ground.days import DayRefused, parse_day
from namro.ground.numbers import format_number


class Command(BaseCommand):
    """Print for each rule how often it would have called, what it found, and what it cried for nothing."""

    help = "Thử quy tắc cảnh báo trên lịch sử của kho / backtest alert rules on the lake's history"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the rules (all over figures if none is named), and the days."""
        parser.add_argument("rules", nargs="*", metavar="RULE")
        parser.add_argument("--from", dest="first", help="mặc định hai năm trước ngày cuối")
        parser.add_argument("--to", dest="last", help="mặc định là hôm nay")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Try, keep and print."""
        try:
            last = parse_day(options["last"]) if options["last"] else clock.today()
            first = parse_day(options["first"]) if options["first"] else last - YEARS
        except DayRefused as refusal:
            raise CommandError(str(refusal)) from None
        rules = Rule.objects.filter(is_live=True, kind__in=SIGN_KINDS).order_by("code")
        if options["rules"]:
            rules = rules.filter(code__in=options["rules"])
            if unknown := sorted(set(options["rules"]) - set(rules.values_list("code", flat=True))):
                raise CommandError(f"Không có quy tắc về số liệu mã {', '.join(unknown)}.")
        results = [as_json(trial) for trial in backtest(rules, first, last, settings.DEMO_PACKAGE)]
        self.stdout.write(
            json.dumps(results, ensure_ascii=False, indent=2) if options["json"] else _lines(results)
        )


def _lines(results: list[dict[str, Any]]) -> str:
    """Each rule in a line for reading."""
    return "\n".join(
        f"{each['rule']}: gọi {format_number(each['calls'])} lần, đúng {format_number(each['right'])}, "
        f"tìm ra {len(each['found'])}, bỏ sót {len(each['missed'])}"
        for each in results
    )
