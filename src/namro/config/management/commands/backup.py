"""`namro backup FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from namro.config.backup import back_up
from namro.ground.numbers import format_number

FAULTY_TOLD = 10


class Command(BaseCommand):
    """Back the place up into one file, while it goes on working."""

    help = "Sao lưu cơ sở dữ liệu và tệp vào một tệp / back up database and files into one file"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file to write."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it and say what it holds; a file that could not be taken along is named, and the exit code is 1."""
        file: Path = options["file"]
        try:
            manifest = back_up(file, data=settings.DATA)
        except FileExistsError:
            raise CommandError(
                f"{file} đã có; hãy chọn tên khác. / The file exists; choose another."
            ) from None
        except OSError as fault:
            raise CommandError(f"Không ghi được {file}: {fault}. / It cannot be written.") from None
        rows, files = sum(manifest.census.values()), len(manifest.files) - 1
        self.stdout.write(
            f"Đã sao lưu {format_number(rows)} dòng và {format_number(files)} tệp vào {file} "
            f"({format_number(file.stat().st_size)} byte). Điểm kiểm nhật ký / checkpoint: {manifest.checkpoint or '—'}"
        )
        if manifest.faulty:
            names = "\n".join(manifest.faulty[:FAULTY_TOLD])
            raise CommandError(
                f"Bản sao lưu thiếu hoặc sai {format_number(len(manifest.faulty))} tệp đính kèm; hãy tìm lại chúng. / "
                f"Attachments are missing or changed:\n{names}"
            )
