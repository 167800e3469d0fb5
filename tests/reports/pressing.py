"""The verb of the reports, ready to be pressed several times in one instant."""

from functools import partial

from tests.pressing import Call, CityDeeds
from tests.reports.material import template

from namro.ground.period import Period
from namro.organisation.terms import Role
from namro.reports import actions


class ReportDeeds(CityDeeds):
    """The call that sends a report which is owed."""

    def reports_send(self) -> Call:
        due = {"first_period": "2025-06", "due": {"day_of_month": 15}, "kinds": ["department"]}
        owed = template({"text": "Đã làm."}, period="month", schedule=due)
        parcel = actions.Parcel(owed, self.world.agencies[1], Period.parse("2025-06"))
        return partial(actions.send, parcel, expected_version=0, **self.by(Role.AGENCY_LEAD))
