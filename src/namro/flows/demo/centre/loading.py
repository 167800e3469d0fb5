"""The centre of the demo: each synthetic source is sent as its agency would, taken in at the one door, and figured."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from queue import SimpleQueue

from django.conf import settings
from django.db import connection

from namro.flows.centre import figure_landed
from namro.flows.demo.centre.recipes import Kitchen
from namro.flows.demo.centre.rows import Window
from namro.flows.demo.centre.sending import send
from namro.flows.intake import run_source
from namro.sources.queries.intake import last_landed, source

Progress = Callable[[float, str], None]
ALL, NONE = "all", "none"
LANDED = 0.9  # about this share of the work is done when every row has landed


def load_centre(package: Path, day: date, *, progress: Progress) -> dict[str, int]:
    """Fill the lake with what the synthetic sources know on a day: all up to the day before. Returns rows by kind.

    A source that has sent before does not send again. While one lands, the figures of the one before are made.
    """
    kitchen = Kitchen(package)
    chosen, rows = _chosen(kitchen), 0
    if not chosen:
        return {"source_rows": 0, "figures": 0}
    with _figuring_beside() as figure:
        for number, code in enumerate(chosen):
            row = source(code)
            progress(LANDED * number / len(chosen), f"nguồn mẫu: {row.definition.name}")
            if last_landed(row) is None:
                window = Window(kitchen.rhythms.begin, day - timedelta(days=1))
                rows += send(kitchen, code, window, settings.NAMRO_INBOX)
                run_source(code)
            figure.put(code)
        progress(LANDED, "số liệu của trung tâm")
    return {"source_rows": rows, "figures": figure.changed}


class _Line(SimpleQueue["str | None"]):
    """Sources whose figures are to be made; None is the last. `changed` counts the rows that were."""

    changed = 0

    def work(self) -> None:
        """Make the figures of the sources as they come, until the last."""
        try:
            self.changed = figure_landed(iter(self.get, None))
        finally:
            connection.close()


@contextmanager
def _figuring_beside() -> Iterator[_Line]:
    """Make figures in a thread beside; inside a transaction, which no other thread looks into, afterwards."""
    line = _Line()
    if connection.in_atomic_block:
        yield line
        line.put(None)
        line.changed = figure_landed(iter(line.get, None))
        return
    with ThreadPoolExecutor(1) as beside:
        work = beside.submit(line.work)
        try:
            yield line
        finally:
            line.put(None)  # also where landing failed: the thread must end
        work.result()


def _chosen(kitchen: Kitchen) -> list[str]:
    """The sources that NAMRO_DEMO_CENTRE asks for: all, none, or some by their code."""
    asked = settings.NAMRO_DEMO_CENTRE
    if asked in {ALL, NONE}:
        return kitchen.codes if asked == ALL else []
    return [code for code in asked.split(",") if code in kitchen.codes]
