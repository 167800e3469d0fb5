"""What the page of one task is composed of: the clears, the ledger of lateness, the history, the reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.organisation.queries import working_calendar
from namro.pages.asof import AsOf
from namro.pages.links import address, unit_page
from namro.pages.tasks.rows import time_left
from namro.tasks.clarity import Clear, Finding, Severity
from namro.tasks.clarity.terms import Topic
from namro.tasks.models import Extension, Moment, ProgressReport, Task
from namro.tasks.queries.clears import clarity_draft, rules_in_use
from namro.tasks.queries.one import TaskFile
from namro.tasks.rules import days_late
from namro.tasks.terms import VERB_LABELS, ExtensionStatus, Proof, State, Verb

TONES = {
    Verb.ISSUE: "ok", Verb.APPROVE: "ok", Verb.RETURN: "over", Verb.WITHDRAW: "over", Verb.SUBMIT: "wait",
    Verb.ASK_EXTENSION: "wait", Verb.GRANT_EXTENSION: "risk", Verb.REFUSE_EXTENSION: "risk",
}  # fmt: skip


def clears_of(file: TaskFile, day: AsOf) -> list[dict[str, str]]:
    """The clears in use, each with what the task says of it, or how to mend what is missing."""
    rules = rules_in_use()
    findings = rules.findings(clarity_draft(file.task, file.cooperating))
    return [_clear(clear, file, findings, day) for clear in rules.clears.clears]


def _clear(clear: Clear, file: TaskFile, findings: Iterable[Finding], day: AsOf) -> dict[str, str]:
    missing = [each for each in findings if each.clear == clear.code and each.severity == Severity.MISSING]
    lines = [line for topic in clear.asks for line in _lines(topic, file)]
    if Topic.LEAD_UNIT in clear.asks and file.cooperating:
        lines.append(_("phối hợp: %(units)s") % {"units": ", ".join(unit.name for unit in file.cooperating)})
    shown = {"name": _(clear.name[:1].upper() + clear.name[1:]), "value": "", "detail": ""}
    if missing:
        how = " ".join(f"{each.message} {each.suggestion}" for each in missing)
        return shown | {"value": "", "how": how}
    href = unit_page(file.task.lead_unit, day) if Topic.LEAD_UNIT in clear.asks else ""
    return shown | {"value": lines[0] if lines else "", "detail": " · ".join(lines[1:]), "href": href}


def _lines(topic: Topic, file: TaskFile) -> list[str]:
    """What a task says on one topic, the main thing first."""
    task = file.task
    above = _("khi vượt thẩm quyền, trình %(unit)s") % {"unit": task.escalate_to} if task.escalate_to else ""
    said: dict[Topic, list[str]] = {
        Topic.LEAD_UNIT: [task.lead_unit.name],
        Topic.LEAD_PERSON: [_("phụ trách: %(who)s") % {"who": task.lead_person}] if task.lead_person else [],
        Topic.SUPERVISOR: [_("giám sát: %(unit)s") % {"unit": task.supervisor_unit}],
        Topic.WORK: [task.title, *([task.detail] if task.detail else [])],
        Topic.START: [_("Từ %(start)s đến %(due)s") % _days(task)],
        Topic.AUTHORITY: [task.authority],
        Topic.COVERAGE: [above] if above else [],
        Topic.RESULT: [task.result],
        Topic.PROOF: [_proof(task)],
    }
    return [line for line in said.get(topic, []) if line]


def _days(task: Task) -> dict[str, str]:
    return {"start": format_day(task.start_day), "due": format_day(task.due_day)}


def _proof(task: Task) -> str:
    if task.proof_kind == Proof.PRODUCT:
        return _("chứng minh bằng sản phẩm")
    target = format_number(task.proof_target)
    return _("chứng minh bằng chỉ số %(code)s đạt %(target)s") % {
        "code": task.proof_indicator,
        "target": target,
    }


@dataclass(frozen=True)
class LedgerLine:
    """A line of the ledger of lateness: when, what, on which ground; `tone` as in the states."""

    day: date
    what: str
    ground: str = ""
    tone: str = ""


def ledger(file: TaskFile, day: AsOf) -> list[LedgerLine]:
    """The due date as given, every request to move it with its answer, the due date that holds, and how it ended."""
    task = file.task
    first = task.issued_day or task.created_at.date()
    lines = [LedgerLine(first, _("Hạn ban đầu %(day)s") % {"day": format_day(task.original_due_day)})]
    for extension in file.extensions:
        lines += _extension_lines(extension)
    return [*lines, *_end(file, day)]


def _extension_lines(extension: Extension) -> Iterable[LedgerLine]:
    moved = {"before": format_day(extension.due_before), "after": format_day(extension.due_after)}
    if extension.asked_by is not None:
        asked = _("Đề nghị gia hạn từ %(before)s đến %(after)s") % moved
        yield LedgerLine(extension.asked_day, asked, _who(extension.asked_by, extension.reason), "wait")
    if extension.status == ExtensionStatus.GRANTED:
        ground = _("%(who)s quyết định · căn cứ %(document)s") % {
            "who": extension.granted_by, "document": extension.document
        }  # fmt: skip
        what = _("Gia hạn từ %(before)s đến %(after)s") % moved
        yield LedgerLine(extension.decided_day or extension.asked_day, what, ground, "risk")
    if extension.status == ExtensionStatus.REFUSED:
        what = _("Không gia hạn, giữ hạn %(before)s") % moved
        yield LedgerLine(
            extension.decided_day or extension.asked_day,
            what,
            _who(extension.decided_by, extension.answer),
            "over",
        )


def _who(person: object, words: str) -> str:
    return " · ".join(part for part in (str(person or ""), words) if part)


def _end(file: TaskFile, day: AsOf) -> Iterable[LedgerLine]:
    """How the task ended, or how it stands against the due date on the day."""
    task = file.task
    if file.state in (State.DONE, State.DONE_LATE):
        late = file.state == State.DONE_LATE
        what = _("Hoàn thành quá hạn") if late else _("Hoàn thành đúng hạn")
        handed_in = format_day(task.submitted_day) if task.submitted_day else ""
        ground = _("nộp kết quả %(day)s, hạn %(due)s") % {"day": handed_in, "due": format_day(task.due_day)}
        yield LedgerLine(
            task.done_day or day.day, what, ground if handed_in else "", "late" if late else "ok"
        )
        return
    late_days = days_late(task.late_from, day.day)
    words, tone = time_left(task, day.day)
    if words:
        working = working_calendar().working_days_between(day.day, task.due_day) if not late_days else 0
        ground = _working_days(working) if working > 0 else ""
        what = _("Hạn hiện tại %(due)s: %(words)s") % {"due": format_day(task.due_day), "words": words}
        yield LedgerLine(day.day, what, ground, tone)


def _working_days(count: int) -> str:
    return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", count) % {"n": format_number(count)}


def history_of(moments: Iterable[Moment]) -> list[dict[str, Any]]:
    """The moments as the history component shows them, the newest first as they come."""
    return [
        {
            "at": moment.at,
            "who": str(moment.by or ""),
            "what": _what(moment),
            "detail": _detail(moment),
            "tone": TONES.get(Verb(moment.verb), ""),
        }
        for moment in moments
    ]


def with_urges(history: list[dict[str, Any]], urges: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The history with the urges among it, the newest first."""
    return sorted([*history, *urges], key=lambda line: line["at"], reverse=True)


def _what(moment: Moment) -> str:
    label = str(VERB_LABELS[moment.verb])
    if moment.verb == Verb.REPORT and "percent" in moment.data:
        return f"{label}: {format_number(moment.data['percent'])}\u00a0%"
    if moment.due_day:
        return _("%(verb)s, hạn %(day)s") % {"verb": label, "day": format_day(moment.due_day)}
    return label


def _detail(moment: Moment) -> str:
    ground = [moment.data.get("granted_by", ""), moment.data.get("document", ""), moment.note]
    return " · ".join(part for part in ground if part)


@dataclass(frozen=True)
class Trend:
    """The percentage told over time as points of a step line in a drawing of 100 by 32, and in words."""

    points: str
    words: str


def trend(task: Task, reports: Sequence[ProgressReport], day: date) -> Trend | None:
    """How the percentage rose, from the day the task was given; None with fewer than two reports."""
    if len(reports) < 2:
        return None
    start = min(task.issued_day or task.start_day, reports[0].day)
    span = max((max(day, reports[-1].day) - start).days, 1)
    steps, last = ["0,32"], 0
    for report in reports:
        x = round(100 * (report.day - start).days / span, 1)
        steps += [f"{x},{_height(last)}", f"{x},{_height(report.percent)}"]
        last = report.percent
    told = ", ".join(f"{format_day(report.day)}: {report.percent}\u00a0%" for report in reports)
    return Trend(" ".join([*steps, f"100,{_height(last)}"]), told)


def _height(percent: int) -> float:
    return round(32 - 30 * percent / 100, 1)


def children_of(file: TaskFile, day: AsOf) -> list[dict[str, Any]]:
    """Tasks that carry this one further down."""
    return [
        {
            "task": child,
            "href": address("task", child.code, **day.query),
            "when": time_left(child, day.day)[0],
        }
        for child in file.children
    ]


def evidence_of(file: TaskFile) -> list[dict[str, Any]]:
    """Files with their addresses and what brought them."""
    return [
        {
            "name": each.name,
            "href": reverse("evidence", args=[file.task.code, each.pk]),
            "size": _size(each.size),
            "what": str(VERB_LABELS[each.moment.verb]),
            "day": each.moment.day,
        }
        for each in file.evidence
    ]


def _size(count: int) -> str:
    """«1,2 MB», «340 KB»."""
    if count >= 1_000_000:
        return f"{format_number(count / 1_000_000, 1)}\u00a0MB"
    return f"{format_number(max(count // 1000, 1))}\u00a0KB"
