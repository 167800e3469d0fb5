"""The verbs that reach over several domains, each ready to be pressed several times in one instant."""

from functools import partial

from tests import builders
from tests.alerts.pressing import AlertDeeds
from tests.builders import TODAY
from tests.pressing import Call
from tests.tasks.pressing import TaskDeeds

from namro.flows.alert_tasks import draft_of_alert
from namro.flows.handover import hand_over
from namro.organisation.terms import Role


class FlowDeeds(AlertDeeds, TaskDeeds):
    """For each verb a call that may be made now, upon a task or an alert."""

    def flows_hand_over(self) -> Call:
        unit = self.world.agencies[1]
        giver, receiver = (builders.person(Role.OFFICER, unit) for _ in range(2))
        self.world.task(unit, lead_person=giver)
        post = giver.posts.get()
        return partial(hand_over, post=post, receiver=receiver, day=TODAY, **self.by(Role.ADMINISTRATOR))

    def flows_draft_of_alert(self) -> Call:
        return partial(draft_of_alert, self._alert().pk, self._written(), **self.by(Role.SECRETARIAT))
