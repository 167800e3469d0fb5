"""The hand that tells a story: puts acts on working days, in order, never past the demo day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from random import Random
from typing import Any

from namro.flows.demo.plan import TaskPlan
from namro.ground.calendar import WorkingCalendar
from namro.ground.reviewed import LINE
from namro.tasks.terms import Verb


class Actor(StrEnum):
    """Who does an act."""

    ASSIGNER = "assigner"
    HEAD = "head"
    LEAD = "lead"
    PARTNER = "partner"
    GRANTER = "granter"


@dataclass(frozen=True)
class Beat:
    """One act of a story; `due` the due date that holds after it, `files` how many files come with it."""

    verb: Verb
    day: date
    actor: Actor
    note: str = ""
    percent: int | None = None
    due: date | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    files: int = 0


@dataclass
class Teller:
    """Tells the story of one plan; the day never runs back and never passes `today`."""

    plan: TaskPlan
    calendar: WorkingCalendar
    words: Mapping[str, Any]
    random: Random
    today: date
    beats: list[Beat] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day of the last act."""
        return self.beats[-1].day

    def after(self, day: date, working_days: int) -> date:
        """A working day so many after the day (before, if negative)."""
        return self.calendar.add_working_days(day, working_days)

    def by_then(self, day: date) -> date:
        """The day, moved to stand neither before the last act nor after today, and on a working day."""
        day = min(day, self.today)
        if not self.calendar.is_working(day):
            day = self.after(day, -1)
        return max(day, self.day)

    def somewhen(self, first: date, last: date) -> date:
        """A working day from the first to the last day."""
        length = max(0, self.calendar.working_days_between(first, last))
        return self.by_then(self.after(first, self.random.randint(0, length)))

    def say(self, kind: str) -> str:
        """A sentence of the kind: the task's own, else one that fits its nature and was not said yet."""
        said = {beat.note for beat in self.beats}
        own = self.plan.words.get(kind, "")
        if own and own not in said:
            return own
        pool = [*self.words[kind]["any"], *self.words[kind].get(self.nature, [])]
        return str(self.random.choice([words for words in pool if words not in said] or pool))

    @property
    def nature(self) -> str:
        """What kind of work the task is, guessed from its title."""
        title = self.plan.title.lower()
        natures = self.words["natures"].items()
        return next(
            (name for name, signs in natures if name != LINE and any(s in title for s in signs)), "system"
        )

    def add(self, verb: Verb, day: date, actor: Actor, **more: Any) -> None:
        """Put the next act."""
        self.beats.append(Beat(verb, day, actor, **more))

    def issue(self) -> None:
        """Drafted and given out."""
        day = self.calendar.next_working(self.plan.issue or self.plan.start)
        self.add(Verb.DRAFT, day, Actor.ASSIGNER)
        self.add(Verb.ISSUE, day, Actor.ASSIGNER, due=self.plan.due)

    def accept(self, last: date) -> None:
        """Taken on by the lead within three working days, at the latest on the last day."""
        self.add(
            Verb.ACCEPT, self.by_then(min(self.after(self.day, self.random.randint(1, 3)), last)), Actor.HEAD
        )

    def report(self, last: date, top: int, *, stuck: bool = False) -> None:
        """Progress reports up to a day, rising to the percentage."""
        first, length = self.day, max(1, self.calendar.working_days_between(self.day, self.by_then(last)))
        times = 1 if self.plan.brief else min(5, 1 + length // 9)
        for number in range(1, times + 1):
            percent = top if number == times else max(5, round(top * number / times / 5) * 5)
            kind = "report_stuck" if stuck and number == times else _report_kind(percent)
            day = self.by_then(self.after(first, max(1, round(length * number / (times + 0.5)))))
            self._report(min(day, self.by_then(last)), percent, self.say(kind))

    def _report(self, day: date, percent: int, words: str) -> None:
        with_file = not self.plan.brief and self.random.random() < 0.3
        data = {"percent": percent}
        self.add(Verb.REPORT, day, Actor.LEAD, note=words, percent=percent, data=data, files=int(with_file))

    def submit(self, day: date) -> None:
        """The result handed in with its evidence."""
        files = 1 if self.plan.brief else self.random.randint(1, 3)
        self.add(
            Verb.SUBMIT, self.by_then(day), Actor.LEAD, note=self.say("submit"), percent=100, files=files
        )

    def approve(self, *, late: bool = False) -> None:
        """Accepted as done within four working days, at the latest today."""
        day = self.by_then(self.after(self.day, self.random.randint(1, 4)))
        self.add(Verb.APPROVE, day, Actor.ASSIGNER, note=self.say("approve_late" if late else "approve"))

    def ask(self, day: date, due_after: date) -> None:
        """More time asked for."""
        data = {"due_after": due_after.isoformat()}
        self.add(
            Verb.ASK_EXTENSION, self.by_then(day), Actor.LEAD, note=self.say("extension_reason"), data=data
        )

    def grant(self, due_after: date) -> None:
        """More time granted, naming who and on which document."""
        ground = self.words["grounds"][self.plan.register]
        document = self.random.choice(ground["documents"]).format(number=self.random.randint(20, 240))
        data = {
            "granted_by": ground["granted_by"],
            "document": document,
            "due_after": due_after.isoformat(),
        }
        day = self.by_then(self.after(self.day, self.random.randint(1, 3)))
        self.add(Verb.GRANT_EXTENSION, day, Actor.GRANTER, note="Đồng ý gia hạn.", due=due_after, data=data)

    def refuse(self) -> None:
        """More time refused, with the reason."""
        day = self.by_then(self.after(self.day, self.random.randint(1, 2)))
        self.add(Verb.REFUSE_EXTENSION, day, Actor.GRANTER, note=self.say("extension_refusal"))

    def talk(self) -> None:
        """A question and perhaps an answer, said when the task was last touched."""
        if self.plan.brief or self.random.random() < 0.45:
            return
        asked = self.by_then(self.after(self.day, 1))
        if self.plan.partners and self.random.random() < 0.4:
            self.add(Verb.COMMENT, asked, Actor.PARTNER, note=self.say("comment_partner"))
        else:
            self.add(Verb.COMMENT, asked, Actor.ASSIGNER, note=self.say("comment_ask"))
        if self.random.random() < 0.7:
            answered = self.by_then(self.after(asked, 1))
            self.add(Verb.COMMENT, answered, Actor.LEAD, note=self.say("comment_answer"))


def _report_kind(percent: int) -> str:
    return "report_early" if percent <= 30 else "report_middle" if percent <= 75 else "report_late_stage"
