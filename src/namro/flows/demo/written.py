"""Writes told stories down: moments, reports, extensions, comments and the files that show a result."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import groupby
from random import Random
from uuid import UUID, uuid5

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from namro.flows.demo.people import Cast
from namro.flows.demo.teller import Actor, Beat
from namro.ground import clock
from namro.ground.days import format_day
from namro.organisation.models import Person, Unit
from namro.organisation.queries import first_late_day
from namro.organisation.terms import Role, UnitKind
from namro.tasks.models import Comment, Evidence, Extension, Moment, ProgressReport, Task
from namro.tasks.rules import BY_VERB, standing_after
from namro.tasks.terms import Event, ExtensionStatus, Stage, Verb

BATCH = 2000
FIRST_HOUR = time(8, 5)
ANSWERS = {Verb.GRANT_EXTENSION: ExtensionStatus.GRANTED, Verb.REFUSE_EXTENSION: ExtensionStatus.REFUSED}


@dataclass
class Chronicle:
    """Collects the rows of many stories, then stores them in few statements."""

    cast: Cast
    evidence_names: Mapping[str, Sequence[str]]
    moments: list[Moment] = field(default_factory=list)
    reports: list[ProgressReport] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def write(self, task: Task, partner: Unit | None, beats: Sequence[Beat], random: Random) -> None:
        """Take down the story of one task, which need not be stored yet, and set the task to how the story ends."""
        times, stage = _times(beats, random), Stage.DRAFT
        for number, (beat, at) in enumerate(zip(beats, times, strict=True)):
            moment = self._moment(task, beat, at, stage, number)
            moment.by = self._who(task, partner, beat.actor)
            stage = Stage(moment.to_stage)
            self.moments.append(moment)
            self._companions(task, beat, moment, _act_id(task, number), random)
            _carry(task, beat)
        task.version = len(beats)
        _settle(task, beats)

    def store(self) -> None:
        """Put everything collected into the database; the tasks must be stored by now."""
        Moment.objects.bulk_create(self.moments, batch_size=BATCH)
        ProgressReport.objects.bulk_create(self.reports, batch_size=BATCH)
        Extension.objects.bulk_create(self.extensions, batch_size=BATCH)
        Comment.objects.bulk_create(self.comments, batch_size=BATCH)
        Evidence.objects.bulk_create(self.evidence, batch_size=BATCH)

    def _moment(self, task: Task, beat: Beat, at: datetime, stage: Stage, number: int) -> Moment:
        row = BY_VERB.get(beat.verb)
        reached = row.target if row and row.target else stage
        return Moment(
            client_id=_act_id(task, number),
            task=task,
            verb=beat.verb,
            day=beat.day,
            at=at,
            from_stage="" if beat.verb == Verb.DRAFT else stage,
            to_stage=reached,
            due_day=beat.due,
            note=beat.note,
            data=dict(beat.data),
        )

    def _who(self, task: Task, partner: Unit | None, actor: Actor) -> Person | None:
        """The person of an act; what the centre does is done by its contact, not by the city's people."""
        if actor == Actor.LEAD:
            return task.lead_person
        if actor == Actor.HEAD:
            return self.cast.head(task.lead_unit)
        if actor == Actor.PARTNER and partner is not None:
            return self.cast.head(partner)
        if task.supervisor_unit.kind == UnitKind.MINISTRY:
            return self.cast.head(task.supervisor_unit)
        return self.cast.first(Role.STEERING if actor == Actor.GRANTER else Role.SECRETARIAT)

    def _companions(self, task: Task, beat: Beat, moment: Moment, client_id: UUID, random: Random) -> None:
        """The rows that go with an act beside its moment."""
        if beat.verb == Verb.REPORT:
            self.reports.append(_report(task, beat, moment, client_id))
        elif beat.verb == Verb.ASK_EXTENSION:
            self.extensions.append(_request(task, beat, moment, client_id))
        elif beat.verb in ANSWERS:
            _answer(self.extensions[-1], beat, moment)
        elif beat.verb == Verb.COMMENT and moment.by is not None:
            self.comments.append(
                Comment(client_id=client_id, task=task, at=moment.at, by=moment.by, text=beat.note)
            )
        names = self.evidence_names["submit" if beat.verb == Verb.SUBMIT else "report"]
        for name in random.sample(names, beat.files):
            self.evidence.append(_evidence(task, beat, moment, name))


def _act_id(task: Task, number: int) -> UUID:
    """The client-made id of an act, the same at every load."""
    return uuid5(UUID(str(task.client_id)), str(number))


def _times(beats: Sequence[Beat], random: Random) -> list[datetime]:
    """A time of the working day for each act, rising within a day."""
    times: list[datetime] = []
    for day, same_day in groupby(beats, key=lambda beat: beat.day):
        at = datetime.combine(day, FIRST_HOUR, clock.VIETNAM)
        for _ in same_day:
            at += timedelta(minutes=random.randint(7, 85))
            times.append(at)
    return times


def _carry(task: Task, beat: Beat) -> None:
    """Keep with the task what the act itself says of it."""
    if beat.percent is not None:
        task.percent = beat.percent
    if beat.due is not None:
        task.due_day = beat.due
    if beat.verb == Verb.ISSUE:
        task.issued_day = beat.day
    elif beat.verb == Verb.SUBMIT:
        task.submitted_day = beat.day
    elif beat.verb == Verb.RETURN:
        task.submitted_day = None
    elif beat.verb == Verb.APPROVE:
        task.done_day = beat.day


def _settle(task: Task, beats: Sequence[Beat]) -> None:
    """Work out stage and lateness by the platform's own rule, so that the rebuild finds nothing to mend."""
    trail = standing_after((Event(beat.verb, beat.day, beat.due) for beat in beats), first_late_day)
    _, last = trail[-1]
    task.stage, task.late_from, task.done_late = last.stage, last.late_from, last.done_late


def _report(task: Task, beat: Beat, moment: Moment, client_id: UUID) -> ProgressReport:
    return ProgressReport(
        client_id=client_id,
        task=task,
        day=beat.day,
        at=moment.at,
        by=moment.by,
        percent=beat.percent or 0,
        words=beat.note,
    )


def _request(task: Task, beat: Beat, moment: Moment, client_id: UUID) -> Extension:
    return Extension(
        client_id=client_id,
        task=task,
        status=ExtensionStatus.ASKED,
        asked_by=moment.by,
        asked_day=beat.day,
        reason=beat.note,
        due_before=task.due_day,
        due_after=beat.data["due_after"],
    )


def _answer(request: Extension, beat: Beat, moment: Moment) -> None:
    request.status = ANSWERS[beat.verb]
    request.decided_by, request.decided_day, request.answer = moment.by, beat.day, beat.note
    request.granted_by = beat.data.get("granted_by", "")
    request.document = beat.data.get("document", "")


def _evidence(task: Task, beat: Beat, moment: Moment, name: str) -> Evidence:
    """A small text file that says what it stands for; stored once under the digest of its content."""
    content = "\r\n".join(_sheet(task, beat, name)).encode()
    digest = hashlib.sha256(content).hexdigest()
    path = f"evidence/{beat.day:%Y/%m}/{digest[:16]}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return Evidence(
        task=task,
        moment=moment,
        file=path,
        name=f"{name} - {task.code}.txt",
        kind="text/plain",
        size=len(content),
        sha256=digest,
    )


def _sheet(task: Task, beat: Beat, name: str) -> Iterable[str]:
    yield f"{name.upper()} (TỆP MINH HỌA, DỮ LIỆU TỔNG HỢP)"
    yield ""
    yield f"Nhiệm vụ: {task.code} - {task.title}"
    yield f"Cơ quan chủ trì: {task.lead_unit.name}"
    yield f"Ngày: {format_day(beat.day)}"
    yield f"Tiến độ: {beat.percent} %" if beat.percent is not None else ""
    yield f"Kết quả phải đạt: {task.result}"
    yield f"Nội dung: {beat.note}"
