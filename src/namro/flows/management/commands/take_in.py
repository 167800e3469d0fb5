"""`namro take_in [SOURCE…]`: fetch sources now, those named or all that are due."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from namro.flows.intake import claim_due, fetch
from namro.ground.numbers import format_number
from namro.organisation.terms import Refused
from namro.sources.models import Batch
from namro.sources.terms import BatchState


class Command(BaseCommand):
    """Fetch sources and print each receipt in a line; exit code 1 when one failed."""

    help = "Lấy số liệu từ các nguồn đã nêu, hoặc mọi nguồn đến giờ / fetch sources now"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the codes of sources."""
        parser.add_argument("source", nargs="*", help="mã nguồn / code of a source")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fetch, and say what came."""
        failed = False
        for code in options["source"] or claim_due():
            try:
                receipts = fetch(code)
            except Refused as refusal:
                raise CommandError(str(refusal)) from None
            for batch in receipts:
                failed = failed or batch.state == BatchState.FAILED
                self.stdout.write(f"{code}: {said(batch)}")
        if failed:
            raise CommandError("Có lô không nhận được, xem lý do ở trên. / Some batches failed.")


def said(batch: Batch) -> str:
    """A receipt in a line."""
    told = f"{batch.origin} – {BatchState(batch.state).label}"
    if batch.state == BatchState.LANDED:
        told += f", {format_number(batch.rows_landed)} dòng, cách ly {format_number(batch.rows_quarantined)}"
    return f"{told}. {batch.error}".rstrip()
