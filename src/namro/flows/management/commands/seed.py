"""`namro seed onestop --unit 20200 --months 6`: a made-up half-year of a one-stop desk, marked as synthetic."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from namro.flows.demo.onestop.seeding import FIRST_DAY, MONTHS, plan_of, seed_onestop
from namro.flows.serving import figure_service
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.ground.period import Kind, Period
from namro.ground.reviewed import FileRefused
from namro.organisation.queries import unit_named
from namro.organisation.terms import COMMUNE_KINDS, Refused

WORDS = {
    "dossiers": "hồ sơ",
    "online": "trực tuyến",
    "events": "diễn biến",
    "supplements": "yêu cầu bổ sung",
    "payments": "lượt thanh toán",
    "ratings": "đánh giá",
    "feedback": "phản ánh, kiến nghị",
    "apologies": "phiếu xin lỗi",
    "applicants": "người nộp",
    "tickets": "lượt xếp hàng",
}


class Command(BaseCommand):
    """Seed what is asked; the same words twice leave the same."""

    help = "Sinh dữ liệu mô phỏng của một cửa (đánh dấu là mô phỏng) / seed a made-up one-stop desk"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to seed, for which unit, how many months from 1 July 2025."""
        parser.add_argument("what", choices=["onestop"])
        parser.add_argument("--unit", required=True, metavar="CODE", help="mã phường, xã, ví dụ 20200")
        parser.add_argument("--months", type=int, default=MONTHS, help="số tháng kể từ 01/07/2025, 1 đến 6")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed and say what came of it."""
        if not 1 <= options["months"] <= MONTHS:
            raise CommandError(f"--months từ 1 đến {MONTHS}.")
        try:
            unit = unit_named(options["unit"], on=FIRST_DAY)
            if unit.kind not in COMMUNE_KINDS:
                raise Refused(f"{unit.name} không phải phường, xã, đặc khu.", field="unit")
            plan = plan_of(settings.DEMO_PACKAGE, options["months"])
            made = seed_onestop(unit, plan, last_day(options["months"]), progress=self._say)
            figures = figure_service()
        except (Refused, FileRefused) as refusal:
            raise CommandError(str(refusal)) from None
        run = made.run
        counts = [
            f"{format_number(run.counts[key])} {word}" for key, word in WORDS.items() if key in run.counts
        ]
        state = "Đã sinh" if made.is_new else "Đã có sẵn, không sinh lại"
        span = f"{format_day(run.first_day)} đến {format_day(run.last_day)}"
        self.stdout.write(f"{state} dữ liệu mô phỏng của {unit.name}, {span}: {', '.join(counts)}.")
        self.stdout.write(f"{format_number(figures)} số liệu điểm phục vụ mới.")
        self.stdout.write(f"Hết {format_number(made.seconds, 1)} giây.")

    def _say(self, done: float, what: str) -> None:
        self.stderr.write(f"{done:4.0%} {what}")


def last_day(months: int) -> date:
    """Return the last of so many months from the first day."""
    month = Period.containing(Kind.MONTH, FIRST_DAY)
    for _ in range(months - 1):
        month = month.next()
    return month.end
