"""The made-up days before an office opened: marked, told, and counted with the days since."""

from datetime import timedelta

import pytest
from tests.queues.conftest import NINE
from tests.queues.counter_work import take

from namro.ground import clock
from namro.queues import actions, queries
from namro.queues.models import Office, Ticket


def test_history_is_marked_told_and_covered_and_comes_once(office: Office) -> None:
    first, last = NINE.date() - timedelta(days=70), NINE.date() - timedelta(days=1)
    made = actions.seed_history(office, first, last, seed=3)
    assert made == Ticket.objects.filter(is_synthetic=True).count() > 1500
    assert actions.seed_history(office, first, last, seed=4) == 0
    overall, *kinds = queries.coverage(office, NINE.date())
    assert overall.all == sum(each.all for each in kinds) == overall.synthetic
    assert 0.74 <= overall.share <= 0.92
    assert take(office).is_calibrated
    counted = queries.rhythm_of_office(office)
    assert (counted.days > 40, counted.is_synthetic) == (True, True)
    assert counted.rhythm.demand.visits(office.online) == pytest.approx(made / counted.days, rel=0.05)
    assert counted.rhythm.weekdays[0] > 1.05
    months = queries.months_of(office, last)
    assert sum(each["n"] for each in months) == made and len(months) == 3
    assert all(0 <= each["minutes"] < each["most_minutes"] and 60 < each["share"] < 100 for each in months)
    # Neither today, which is not over, nor a day on which the office does not work, nor what is long ago counts.
    take(office)
    Ticket.objects.filter(day=last).update(day=last - timedelta(days=3))  # a Saturday
    assert queries.rhythm_of_office(office).days == counted.days - 1
    with clock.at(NINE + timedelta(days=300)):
        assert queries.rhythm_of_office(office).days == 0
    # A weekday that was never counted does not put another in its place.
    Ticket.objects.filter(is_synthetic=True, day__week_day=3).delete()
    assert queries.rhythm_of_office(office).days == 0


def test_made_up_days_that_have_not_come_tell_nobody_how_long_they_wait(office: Office) -> None:
    yesterday, tomorrow = NINE.date() - timedelta(days=1), NINE.date() + timedelta(days=1)
    actions.seed_history(office, NINE.date() - timedelta(days=20), yesterday)
    before = queries.calibration_of(office)
    assert (
        actions.seed_history(office, NINE.date() - timedelta(days=20), tomorrow + timedelta(days=90)) > 1500
    )
    assert queries.calibration_of(office) == before
    assert not Ticket.objects.filter(day=NINE.date()).exists()
    reached = queries.months_of(office, NINE.date())
    assert sum(each["n"] for each in reached) == Ticket.objects.filter(day__lte=NINE.date()).count()
