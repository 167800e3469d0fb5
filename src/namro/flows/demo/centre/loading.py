"""The centre of the demo: each synthetic source is sent as its agency would, taken in at the one door, and figured."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from namro.flows.centre import figure_sources
from namro.flows.demo.centre.recipes import Kitchen
from namro.flows.demo.centre.rows import Window
from namro.flows.demo.centre.sending import send
from namro.flows.intake import run_source
from namro.sources.queries.intake import last_landed, source

Progress = Callable[[float, str], None]
ALL, NONE = "all", "none"
LANDED = 0.6  # about this share of the work is done when every row has landed


def load_centre(package: Path, day: date, *, progress: Progress) -> dict[str, int]:
    """Fill the lake with what the synthetic sources know on a day: all up to the day before. Returns rows by kind.

    A source that has sent before does not send again.
    """
    kitchen = Kitchen(package)
    chosen = _chosen(kitchen)
    counts = {"source_rows": 0, "figures": 0}
    for number, code in enumerate(chosen):
        row = source(code)
        progress(LANDED * number / len(chosen), f"nguồn mẫu: {row.definition.name}")
        if last_landed(row) is None:
            window = Window(kitchen.rhythms.begin, day - timedelta(days=1))
            counts["source_rows"] += send(kitchen, code, window, settings.NAMRO_INBOX)
            run_source(code)
    progress(LANDED, "số liệu của trung tâm")
    counts["figures"] = sum(figure_sources().values()) if chosen else 0
    return counts


def _chosen(kitchen: Kitchen) -> list[str]:
    """The sources that NAMRO_DEMO_CENTRE asks for: all, none, or some by their code."""
    asked = settings.NAMRO_DEMO_CENTRE
    if asked in {ALL, NONE}:
        return kitchen.codes if asked == ALL else []
    return [code for code in asked.split(",") if code in kitchen.codes]
