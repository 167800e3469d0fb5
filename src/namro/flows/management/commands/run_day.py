"""`namro run_day [--date D]`: let the river flow for a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from namro.alerts.terms import Judgement
from namro.flows.daily import run_day
from namro.ground import clock
from namro.ground.days import DayRefused, format_day, parse_day
from namro.ground.numbers import format_number


class Command(BaseCommand):
    """Run the river for a day; a second run for the day leaves the same state."""

    help = "Chạy dòng số liệu của một ngày: nguồn → số đo → chỉ tiêu → phát hiện."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day."""
        parser.add_argument("--date", help="ngày/tháng/năm hoặc năm-tháng-ngày; mặc định là hôm nay")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, and say in a line what came of it."""
        try:
            day = parse_day(options["date"]) if options["date"] else clock.today()
        except DayRefused as refusal:
            raise CommandError(str(refusal)) from None
        run = run_day(day)
        counts = (run.observations, run.figures, run.findings)
        observations, figures, findings = map(format_number, counts)
        self.stdout.write(
            f"Ngày {format_day(day)}: {observations} số đo, {figures} số liệu, {findings} phát hiện mới hoặc đổi."
        )
        if run.judged:
            self.stdout.write(said(run.judged))
        for feed in run.failed:
            self.stderr.write(f"Nguồn {feed} không chạy được; số liệu của nguồn này giữ như lần trước.")


def said(judged: Judgement) -> str:
    """What a judgement came to, in a line."""
    parts = (
        judged.opened,
        judged.moved,
        judged.closed,
        judged.inhibited,
        judged.urged + judged.climbed,
        judged.told,
    )
    opened, moved, closed, inhibited, urged, told = map(format_number, parts)
    return (
        f"Cảnh báo: {opened} mới, {moved} đổi, {closed} hết, {inhibited} đổi nguyên nhân; {urged} đôn đốc, "
        f"{told} lượt báo."
    )
