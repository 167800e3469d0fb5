"""The small city of the alerts serves the tests of the flows too."""

from datetime import date

import pytest
from tests.alerts.conftest import City, city, on_day, rule
from tests.flows.judged import FORM, INDICATOR

from namro.indicators.models import Definition, Target
from namro.sources.models import Form

__all__ = ["city", "on_day", "rule"]


@pytest.fixture
def measured(city: City) -> City:
    """The city with a form and an indicator that is drawn from it, aimed at 80 by the end of June."""
    Form.objects.create(
        code="f", version=1, body=FORM, owner="TU.VP", next_review=date(2026, 1, 15), package="t"
    )
    Definition.objects.create(
        code="i", version=1, body=INDICATOR, owner="TU.VP", next_review=date(2026, 1, 15), package="t"
    )
    points = [{"day": "2025-03-31", "value": 40}, {"day": "2025-10-17", "value": 80}]
    body = {"indicator": "i", "unit": "20194", "set_on": "2025-03-31", "points": points}
    Target.objects.create(
        indicator="i", unit=city.world.communes[0], set_on=date(2025, 3, 31), body=body, package="t"
    )
    return city
