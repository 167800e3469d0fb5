"""`namro assistant_measured`: whether the figures that the package ships are of this code, and have not fallen."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from namro.assistant.catalog.measured import FILE, fallen, read_measured, version_of


class Command(BaseCommand):
    """Compare two stamps and two sets of figures; asks no database and no question."""

    help = "Trợ lý hỏi đáp: số đo đi kèm gói có phải của bản này, có thấp hơn lần trước không"

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is wrong, with what to do."""
        folder = Path(settings.DEMO_PACKAGE)
        measured, version = read_measured(folder), version_of(folder)
        if measured["version"] != version:
            raise CommandError(
                f"{folder / FILE} là số đo của bản {measured['version']}, mã nguồn và danh mục nay là bản {version}. "
                f"Hãy đo lại: ./namro assistant evaluate --set TỆP.jsonl --write {folder} --source “…”"
            )
        lower = fallen(measured)
        if lower and not measured["accepted"]:
            raise CommandError(
                "Số đo thấp hơn lần trước (nếu chấp nhận, hãy ghi lý do vào “accepted” của "
                f"{folder / FILE}):\n  " + "\n  ".join(lower)
            )
        self.stdout.write(f"Số đo của trợ lý là của bản này ({version}), ngày {measured['day']}.")
