"""An Excel sheet of many good rows, brought in as a secretary would."""

import io
import random
import time
from datetime import timedelta
from typing import Any
from uuid import UUID

from openpyxl import Workbook

from bench.register import TODAY, Ids, title
from namro.organisation.models import Person
from namro.organisation.queries import viewer
from namro.tasks.actions import importing
from namro.tasks.actions.importing.columns import COLUMNS


def sheet(ids: Ids, rows: int) -> bytes:
    """The sheet as bytes; every row names another unit, as a register does."""
    chance = random.Random(rows)
    book = Workbook(write_only=True)
    page = book.create_sheet("Nhiệm vụ")
    page.append([column.heading for column in COLUMNS])
    for number in range(rows):
        unit = chance.choice(ids.communes)
        values = {
            "register": "bench",
            "directive": f"{number % 200}-KH",
            "title": f"{title(chance, unit.name)}, dòng {number}",
            "lead_unit": unit.code,
            "due_day": (TODAY + timedelta(days=30 + number % 200)).strftime("%d/%m/%Y"),
            "authority": "Chủ tịch UBND cấp xã quyết định",
            "result": "01 báo cáo nghiệm thu",
        }
        page.append([values.get(column.key, "") for column in COLUMNS])
    told = io.BytesIO()
    book.save(told)
    return told.getvalue()


def import_rows(ids: Ids, secretary: Person, rows: int) -> dict[str, Any]:
    """Seconds to receive and check a sheet of so many rows, and to write the good ones."""
    content, seen = sheet(ids, rows), viewer(secretary)
    if seen is None:
        raise RuntimeError("the secretary of the measurement holds no post")
    start = time.perf_counter()
    batch = importing.receive(content, name="do.xlsx", client_id=UUID(int=rows), by=secretary, viewer=seen)
    found = importing.preview(batch, seen)
    checked = time.perf_counter()
    written = importing.write_good(batch.pk, issue=False, by=secretary, viewer=seen)
    return {
        "rows": rows,
        "bad": len(found.bad),
        "written": written.batch.written,
        "preview_s": round(checked - start, 2),
        "write_s": round(time.perf_counter() - checked, 2),
    }
