"""`./namro bench rules`: only the rules of `./namro bench centre`, on a city of their own."""

import os
from typing import Any

from bench.centre.boards import hang_wall
from bench.register import TODAY, found_country, today
from namro.organisation.models import Unit
from namro.organisation.queries import communes_of


def run(runs: int = 1) -> dict[str, Any]:
    """Found the city in an empty database and measure."""
    from bench.centre.rules import INDICATORS, measure  # noqa: PLC0415 - the command only asks for the names

    load = os.getloadavg()[0]
    with today():
        found_country()
        city = Unit.objects.get(code="48")
        hang_wall(city, list(communes_of(city, TODAY)), charts=INDICATORS, groups=1, day=TODAY)
        return {"cores": os.cpu_count(), "load_before": load, **measure()}
