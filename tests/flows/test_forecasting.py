"""From figures to forecasts: those asked for, of the city, made once for each history and read as known on a day."""

import math
from datetime import date, timedelta

import pytest
from tests.builders import TODAY, World, seen_by, world
from tests.indicators.material import STATED, stated

from namro.flows import forecasting
from namro.flows.forecasting import forecast_figures
from namro.ground import clock
from namro.ground.period import Kind, Period
from namro.indicators.actions import load_definitions, store_figures
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.models import Forecast
from namro.indicators.queries.forecasts import forecasts
from namro.indicators.terms import Outlook, Step
from namro.organisation.terms import Role

ASKED = STATED | {"code": "ty_le", "name": "Tỷ lệ", "forecast": ["month"]}
OTHER = STATED | {"code": "khac", "name": "Khác"}
MADE = Outlook("thử", 80, (Step(60, 55, 65), Step(61, 54, 68)), 24, 10, 8, 1.5, 2.5)


def months(count: int) -> list[str]:
    """The keys of the last months that have ended, oldest first."""
    period, found = Period.containing("month", TODAY), []
    for _ in range(count):
        period = period.previous()
        found.append(period.key)
    return found[::-1]


@pytest.fixture
def city(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """A small city with two years of a rate, which asks for a forecast, and of one that does not."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    made = world()
    load_definitions([(definition_of(each), each) for each in (ASKED, OTHER)], package="mau")
    store_figures(
        [
            stated(code, unit, key, f"{50 + place + 2 * math.sin(place):.1f}")
            for code in ("ty_le", "khac")
            for unit in ("48", "20194")
            for place, key in enumerate(months(24))
        ],
        day=TODAY,
    )
    return made


def read(world_: World, day: date = TODAY) -> dict:
    """What is forecast for the city as known on a day."""
    reader = seen_by(world_.people[Role.SECRETARIAT], TODAY)
    return forecasts(reader, world_.city.pk, day)


def test_the_city_is_forecast_where_it_is_asked_for(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(forecasting, "outlook", lambda *told: asked.append(told) or MADE)
    assert forecast_figures() == 1
    ((values, kind, low, high),) = asked  # of the city alone, oldest first, bounded as a rate is
    assert (len(values), kind, low, high) == (24, Kind.MONTH, 0.0, 100.0)
    assert values[0] < values[-1]
    row = read(city)["ty_le", Kind.MONTH]
    assert row.starts == (date(2025, 7, 1), date(2025, 8, 1))
    assert row.outlook == MADE
    assert read(city, TODAY - timedelta(days=1)) == {}


def test_a_history_is_forecast_once(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecasting, "outlook", lambda *_: MADE)
    assert (forecast_figures(), forecast_figures()) == (1, 0)
    store_figures([stated("ty_le", "48", "2025-06", "99")], day=TODAY)
    assert forecast_figures() == 1
    assert Forecast.objects.count() == 1  # of the same day: in the place of the one before


def test_a_history_that_allows_none_is_not_tried_again(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecasting, "outlook", lambda *_: None)
    assert (forecast_figures(), forecast_figures()) == (1, 0)
    assert read(city) == {}
