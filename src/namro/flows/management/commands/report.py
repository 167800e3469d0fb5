"""`namro report conference --as-of D --format docx|pdf|html|json [--out FILE] [--unit CODE]`: a report as a file."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from namro.flows.daily import run_day
from namro.ground import clock
from namro.ground.days import DayRefused, format_day, parse_day
from namro.organisation.models import Unit
from namro.organisation.queries import unit_named
from namro.organisation.terms import PROVINCE_KINDS, Refused
from namro.reports.queries import has_figures, report, template
from namro.reports.renderers import file_name, render
from namro.reports.renderers.addresses import nowhere, on_site
from namro.reports.terms import Format


class Command(BaseCommand):
    """Make a report; where the river has not run for the day, it runs first."""

    help = "Lập báo cáo từ số liệu của một ngày / make a report from the figures of a day"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take template, day, format, file, unit, and the site to which numbers shall lead."""
        parser.add_argument("template", help="mã mẫu báo cáo, ví dụ conference")
        parser.add_argument("--as-of", help="ngày/tháng/năm hoặc năm-tháng-ngày; mặc định là hôm nay")
        parser.add_argument("--format", choices=[form.value for form in Format], default=Format.DOCX.value)
        parser.add_argument(
            "--out", type=Path, metavar="FILE", help="tệp ghi ra; không có thì in ra màn hình"
        )
        parser.add_argument("--unit", metavar="CODE", help="mã hoặc tên đơn vị; mặc định là thành phố")
        parser.add_argument(
            "--site", default="", help="địa chỉ hệ thống, để số trong tệp mở được danh sách gốc"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the report and write it; refusals are one sentence."""
        try:
            name, made = self._made(options)
        except (Refused, DayRefused) as refusal:
            raise CommandError(str(refusal)) from None
        self._write(made, options["out"] or self._file_for_a_screen(name, options["format"]))

    def _write(self, made: bytes, out: Path | None) -> None:
        if out is None:
            sys.stdout.buffer.write(made)
            sys.stdout.buffer.flush()
            return
        try:
            out.write_bytes(made)
        except OSError as fault:
            raise CommandError(f"Không ghi được tệp {out}: {fault.strerror}.") from None
        self.stderr.write(f"Đã ghi {out}.")

    @staticmethod
    def _file_for_a_screen(name: str, form: str) -> Path | None:
        """Return a file in this folder for what no screen can show; otherwise it goes where the output goes."""
        return Path(name) if form in (Format.DOCX, Format.PDF) and sys.stdout.isatty() else None

    def _made(self, options: dict[str, Any]) -> tuple[str, bytes]:
        """Return the report in the format asked for, and the name it would have as a file."""
        declared = template(options["template"])
        day = parse_day(options["as_of"]) if options["as_of"] else clock.today()
        unit = unit_named(options["unit"], on=day) if options["unit"] else _city(day)
        if not has_figures(day):
            self.stderr.write(
                f"Chưa có số liệu ngày {format_day(day)}: chạy dòng số liệu của ngày này trước."
            )
            run_day(day)
        pictures = import_string(settings.NAMRO_CHART_RENDERER)()
        address = on_site(options["site"]) if options["site"] else nowhere
        made, form = report(declared, unit, day), Format(options["format"])
        return file_name(made, form), render(made, form, pictures, address)


def _city(day: date) -> Unit:
    """Return the one city that has units of its own below it."""
    cities = Unit.objects.valid_on(day).filter(kind__in=PROVINCE_KINDS, children__isnull=False).distinct()
    found = list(cities[:2])
    if len(found) != 1:
        raise Refused("Hãy nêu đơn vị làm báo cáo bằng --unit, ví dụ --unit 48.", field="unit")
    return found[0]
