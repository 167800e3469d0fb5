"""What was measured last of the assistant, as it was loaded with the package."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from namro.assistant.catalog.measured import version_of
from namro.assistant.models import Wordbook

MEASURED = "measured"


def measured() -> dict[str, Any] | None:
    """Return what `catalog.measured` read; None before a package with figures is loaded. One query."""
    body: dict[str, Any] | None = (
        Wordbook.objects.filter(code=MEASURED).values_list("body", flat=True).first()
    )
    return body


@cache  # the code does not change while it runs
def version() -> str:
    """Return the stamp of the code that runs, with the lists of the package it ships."""
    return version_of(Path(settings.DEMO_PACKAGE))
