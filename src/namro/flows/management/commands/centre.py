"""`namro centre --json`: what the operations centre holds, and what its warnings are worth."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from namro.flows.centre_census import centre_census

WORDS = {
    "sources": "nguồn có số liệu",
    "agencies": "cơ quan cung cấp",
    "service_groups": "nhóm dịch vụ có biểu đồ",
    "charts": "biểu đồ khai báo",
    "charts_with_figures": "biểu đồ có số liệu",
    "alert_kinds": "loại cảnh báo đang dùng",
    "calls": "lần cảnh báo trên lịch sử",
    "false_alarms": "lần kêu oan",
}


class Command(BaseCommand):
    """Count what is really loaded and computed; rules not yet tried on history are tried, which takes a minute."""

    help = "Đếm trung tâm điều hành (JSON) / count the operations centre"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and print."""
        counts = centre_census(settings.DEMO_PACKAGE)
        if options["json"]:
            self.stdout.write(json.dumps(counts, ensure_ascii=False, indent=2))
            return
        planted = counts["planted"]
        lines = [f"{counts[key]} {words}" for key, words in WORDS.items()]
        self.stdout.write("\n".join([*lines, f"{planted['found']}/{planted['total']} lỗi cài sẵn tìm ra"]))
