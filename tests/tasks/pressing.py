"""The verbs of the tasks, each ready to be pressed several times in one instant."""

from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

from tests.builders import TODAY
from tests.pressing import Call, CityDeeds
from tests.tasks.sheets import GOOD, sheet

from namro.organisation.models import Person
from namro.organisation.terms import Role
from namro.tasks import actions
from namro.tasks.actions import importing
from namro.tasks.models import Task
from namro.tasks.terms import State

LATER = date(2026, 3, 2)


class TaskDeeds(CityDeeds):
    """For each verb a call that may be made now, upon a task of an agency."""

    lead: Person

    def tasks_put_directive(self) -> Call:
        said = {
            "kind": "Kế hoạch",
            "number": str(uuid4()),
            "issuer": "Ban Chỉ đạo",
            "day": TODAY,
            "title": "Kế hoạch",
        }
        return partial(
            actions.put_directive, **said, register=self.world.registers["tw"], **self.by(Role.SECRETARIAT)
        )

    def tasks_draft(self) -> Call:
        return partial(actions.draft, self._written(), **self.by(Role.SECRETARIAT))

    def tasks_edit(self) -> Call:
        draft = self.world.draft(self.world.agencies[1])
        return partial(
            actions.edit, draft.pk, self._written(), version=draft.version, **self.by(Role.SECRETARIAT)
        )

    def tasks_issue(self) -> Call:
        draft = actions.draft(self._written(), **self.by(Role.SECRETARIAT))
        return partial(actions.issue, draft.pk, version=draft.version, **self.by(Role.SECRETARIAT))

    def tasks_withdraw(self) -> Call:
        return partial(actions.withdraw, **self._on(), reason="Trùng việc", **self.by(Role.SECRETARIAT))

    def tasks_accept(self) -> Call:
        return partial(actions.accept, **self._on(State.NOT_STARTED), **self.by(Role.OFFICER))

    def tasks_assign(self) -> Call:
        return partial(
            actions.assign, **self._on(), person=self.world.people[Role.OFFICER], **self.by(Role.AGENCY_LEAD)
        )

    def tasks_report(self) -> Call:
        return partial(actions.report, **self._on(), percent=40, words="Đã khảo sát", **self.by(Role.OFFICER))

    def tasks_submit(self) -> Call:
        files = [actions.Attachment("ket-qua.txt", "Đã nghiệm thu".encode())]
        return partial(actions.submit, **self._on(), words="Đã xong", files=files, **self.by(Role.OFFICER))

    def tasks_ask_extension(self) -> Call:
        asked = {"task_id": self._task().pk, "due_after": LATER, "reason": "Chờ vốn"}
        return partial(actions.ask_extension, **asked, **self.by(Role.OFFICER))

    def tasks_approve(self) -> Call:
        return partial(actions.approve, self._handed_in(), **self.by(Role.SECRETARIAT))

    def tasks_return_(self) -> Call:
        return partial(
            actions.return_, self._handed_in(), reason="Thiếu biên bản", **self.by(Role.SECRETARIAT)
        )

    def tasks_grant_extension(self) -> Call:
        ground = {"due_after": LATER, "granted_by": "Chủ tịch", "document": "12/CV, 08/07/2025"}
        return partial(actions.grant_extension, **self._on(), **ground, **self.by(Role.STEERING))

    def tasks_refuse_extension(self) -> Call:
        asked: Any = self.tasks_ask_extension()()
        return partial(actions.refuse_extension, asked.pk, answer="Không đủ lý do", **self.by(Role.STEERING))

    def tasks_comment(self) -> Call:
        return partial(actions.comment, self._task().pk, text="Cần họp", **self.by(Role.OFFICER))

    def tasks_receive(self) -> Call:
        return partial(importing.receive, self._sheet(), name="mau.xlsx", **self.by(Role.SECRETARIAT))

    def tasks_write_good(self) -> Call:
        who = self.by(Role.SECRETARIAT)
        batch = importing.receive(self._sheet(), name="mau.xlsx", **who)
        return partial(importing.write_good, batch.pk, issue=False, by=who["by"], viewer=who["viewer"])

    def _task(self, state: str = State.IN_PROGRESS, **more: object) -> Task:
        return self.world.task(self.world.agencies[1], state, **more)

    def _on(self, state: str = State.IN_PROGRESS, **more: object) -> dict[str, int]:
        """A task, and its version as the page showed it: who was seen and is repeated is not called stale."""
        task = self._task(state, **more)
        return {"task_id": task.pk, "version": task.version}

    def _handed_in(self) -> int:
        done: Any = self.tasks_submit()()
        return done.task.pk

    def _written(self) -> actions.TaskDraft:
        unit = self.world.agencies[1]
        return actions.TaskDraft(
            directive_id=self.world.directives["tw"].pk, title="Xây dựng cơ sở dữ liệu đất đai dùng chung",
            lead_unit_id=unit.pk, lead_person_id=self.lead.pk, start_day=TODAY, due_day=date(2025, 12, 30),
            authority="Giám đốc Sở quyết định; vượt thẩm quyền trình Chủ tịch UBND thành phố",
            escalate_to_id=self.world.city.pk, result="01 cơ sở dữ liệu được nghiệm thu, có biên bản",
        )  # fmt: skip

    def _sheet(self) -> bytes:
        directive = self.world.directives["tw"]
        named = {
            "Sổ theo dõi": "tw",
            "Số văn bản giao việc": directive.number,
            "Hạn hoàn thành": "30/12/2025",
        }
        return sheet(GOOD | named | {"Nhiệm vụ": f"Việc {uuid4().hex}"})
