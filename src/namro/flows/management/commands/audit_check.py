"""`namro audit_check`: is the log as it was written?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from namro.audit.actions import noted_checkpoints, seal
from namro.audit.queries import first_fault, head
from namro.audit.terms import Checkpoint, Fault, Wrong
from namro.ground.numbers import format_number

SAID = {
    Wrong.CHANGED: "Dòng {entry} (mắt xích {seq}) không còn như lúc ghi. / The line was changed.",
    Wrong.LINE_GONE: "Dòng {entry} (mắt xích {seq}) đã bị xóa. / The line was deleted.",
    Wrong.LINK_GONE: "Mắt xích {seq} đã bị xóa. / The link was deleted.",
    Wrong.OUTSIDE: "Dòng {entry} không nằm trong chuỗi: bị chèn vào sau. / The line was put in afterwards.",
    Wrong.CUT_OFF: "Chuỗi không qua điểm kiểm ở mắt xích {seq}: đuôi bị cắt hoặc viết lại. / The end was cut off.",
}


class Command(BaseCommand):
    """Check the chain over the whole log."""

    help = "Kiểm tra nhật ký có bị sửa, xóa, chèn không / check that the log is as it was written"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Checkpoints to meet, and where to write the one of today."""
        parser.add_argument(
            "--against",
            action="append",
            default=[],
            metavar="SỐ:MÃ",
            help="điểm kiểm đã giữ / a checkpoint you kept",
        )
        parser.add_argument(
            "--checkpoint", type=Path, metavar="FILE", help="ghi điểm kiểm / write the checkpoint"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal what is new, check all, and say where the first fault is (exit code 1) or how far the log goes."""
        try:
            kept = [Checkpoint.parse(text) for text in options["against"]] + noted_checkpoints(settings.DATA)
        except ValueError as fault:
            raise CommandError(f"{fault}. / Not a checkpoint.") from None
        seal()
        if broken := first_fault(kept):
            raise CommandError(said(broken))
        end = head()
        if end and options["checkpoint"]:
            options["checkpoint"].write_text(f"{end}\n")
        count = format_number(end.seq if end else 0)
        self.stdout.write(f"Nhật ký nguyên vẹn: {count} dòng. / The log is whole. {end or ''}".rstrip())


def said(fault: Fault) -> str:
    """Return the fault in a sentence."""
    return SAID[fault.wrong].format(entry=fault.entry_id, seq=fault.seq)
