"""The verbs of the alerts, each ready to be pressed several times in one instant."""

from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

from tests.alerts.conftest import seen, stored_rule
from tests.builders import TODAY
from tests.pressing import Call, CityDeeds

from namro.alerts import actions
from namro.alerts.models import Alert
from namro.alerts.terms import Subject
from namro.organisation.models import Person
from namro.organisation.terms import Role


class AlertDeeds(CityDeeds):
    """For each verb a call that may be made now, upon an alert of an agency."""

    lead: Person

    def alerts_acknowledge(self) -> Call:
        return partial(actions.acknowledge, [self._alert().pk], deadline=TODAY, **self.by(Role.OFFICER))

    def alerts_silence(self) -> Call:
        said = {"until": date(2025, 7, 10), "reason": "Đang họp"}
        return partial(actions.silence, [self._alert().pk], **said, **self.by(Role.OFFICER))

    def alerts_close(self) -> Call:
        return partial(actions.close, [self._alert().pk], reason="Đã xử lý", **self.by(Role.OFFICER))

    def alerts_note_task(self) -> Call:
        return partial(
            actions.note_task,
            self._alert().pk,
            self.world.task(self.world.agencies[1]).code,
            **self.by(Role.OFFICER),
        )

    def alerts_put_on_duty(self) -> Call:
        stood = {"first": TODAY, "last": date(2025, 7, 11), "shift": "whole"}
        who = self.world.people[Role.OFFICER]
        return partial(
            actions.put_on_duty, unit=self.world.agencies[1], person=who, **stood, **self.by(Role.OFFICER)
        )

    def alerts_hand_over_duty(self) -> Call:
        duty: Any = self.alerts_put_on_duty()()
        given = {"to": self.lead, "day": date(2025, 7, 10), "note": "Còn hai cảnh báo"}
        return partial(actions.hand_over_duty, duty.pk, **given, **self.by(Role.OFFICER))

    def alerts_end_duty(self) -> Call:
        duty: Any = self.alerts_put_on_duty()()
        return partial(actions.end_duty, duty.pk, **self.by(Role.OFFICER))

    def alerts_urge_by_hand(self) -> Call:
        key = f"task:{self.world.task(self.world.agencies[1]).code}"
        subject = Subject(
            object_key=key, label="Việc", path="/", unit_id=self.world.agencies[1].pk, person_id=None, above_id=None,
            is_marked=False, alert_id=None,
        )  # fmt: skip
        return partial(actions.urge_by_hand, subject, words="Báo cáo ngay", **self.by(Role.SECRETARIAT))

    def _alert(self) -> Alert:
        key = f"task:{uuid4()}"
        rule = stored_rule(code=f"quy_tac_{uuid4().hex[:8]}")
        actions.judge(TODAY, seen(rule, self.world.agencies[1].pk, {key: 2}))
        return Alert.objects.get(object_key=key)
