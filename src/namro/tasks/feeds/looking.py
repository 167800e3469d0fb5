"""What the rules of the alerts look at in the tasks: one SELECT a kind, over the relations that flows/judging gives.

`reach` has each rule once for each unit in its reach, `calendar` the working days (`works`: how many there have been by
the end of a day; `ends`: the day on which what is due then ends). `task` are the open tasks: as they stand now, or as
they were known at the end of a past day, made from their moments; the kinds cannot tell the difference.
"""

from collections.abc import Iterable

from namro.tasks.models import Task
from namro.tasks.terms import OPEN_STAGES, Stage

_OPEN = ", ".join(f"'{stage.value}'" for stage in OPEN_STAGES)

TASKS_NOW = f"""
task AS NOT MATERIALIZED (
    SELECT given.id, given.code, given.title, given.mark, register.code AS register,
           given.lead_unit_id, given.lead_person_id,
           COALESCE(given.escalate_to_id, given.supervisor_unit_id) AS above_id,
           given.start_day, given.late_from, given.stage, given.percent
    FROM tasks_task given JOIN tasks_register register ON register.id = given.register_id
    WHERE given.stage IN ({_OPEN})
)
"""  # noqa: S608 - our own words

# The stage follows from the last verb that moves it, the due day from the last act that set one; a result that was
# handed in before the task was late stops its clock.
TASKS_THEN = """
stood AS (
    SELECT DISTINCT ON (task_id) task_id, verb, day FROM tasks_moment
    WHERE day <= %(day)s AND verb IN ('issue', 'accept', 'report', 'submit', 'approve', 'return', 'withdraw')
    ORDER BY task_id, day DESC, id DESC
), owed AS (
    SELECT DISTINCT ON (task_id) task_id, due_day FROM tasks_moment WHERE day <= %(day)s AND due_day IS NOT NULL
    ORDER BY task_id, day DESC, id DESC
), told AS (
    SELECT DISTINCT ON (task_id) task_id, percent FROM tasks_progressreport WHERE day <= %(day)s
    ORDER BY task_id, day DESC, id DESC
), task AS (
    SELECT given.id, given.code, given.title, given.mark, register.code AS register,
           given.lead_unit_id, given.lead_person_id,
           COALESCE(given.escalate_to_id, given.supervisor_unit_id) AS above_id, given.start_day,
           CASE WHEN stood.verb = 'submit' AND stood.day <= due.ends THEN NULL ELSE due.ends + 1 END AS late_from,
           CASE stood.verb WHEN 'issue' THEN 'issued' WHEN 'accept' THEN 'accepted' WHEN 'submit' THEN 'submitted'
                ELSE 'in_progress' END AS stage,
           CASE stood.verb WHEN 'submit' THEN 100 ELSE COALESCE(told.percent, 0) END AS percent
    FROM stood JOIN tasks_task given ON given.id = stood.task_id
    JOIN tasks_register register ON register.id = given.register_id
    JOIN owed ON owed.task_id = given.id
    JOIN calendar due ON due.day = owed.due_day
    LEFT JOIN told ON told.task_id = given.id
    WHERE stood.verb NOT IN ('approve', 'withdraw')
)
"""


def _look(
    kind: str, value: str, where: str, *, join: str = "", key: str = "'task:'", label: str = "''"
) -> str:
    """One kind: what is measured in `value`, of the tasks that `where` leaves. A marked task is not named."""
    return f"""
SELECT reach.id AS rule_id, task.lead_unit_id AS unit_id, {key} || task.code AS object_key,
       {label} || task.code || CASE WHEN task.mark = 'normal' THEN ' ' || task.title ELSE ' (có độ mật)' END
           AS object_label,
       '/nhiem-vu/' || task.code || '/' AS path, ({value})::numeric AS value, task.lead_person_id AS person_id,
       task.above_id, task.late_from - 1 AS due, task.mark <> 'normal' AS is_marked, ''::text AS silences,
       ARRAY[]::varchar[] AS drawn_from
FROM task {join}
JOIN reach ON reach.unit_id = task.lead_unit_id AND reach.kind = '{kind}' AND reach.register IN ('', task.register)
WHERE {where}
"""  # noqa: S608


# How far the time has run, in per cent, less how far the work has.
_BEHIND = "round(100.0 * (%(day)s - task.start_day) / NULLIF(task.late_from - 1 - task.start_day, 0)) - task.percent"
_REPORTED = (
    "SELECT max(report.day) FROM tasks_progressreport report "
    "WHERE report.task_id = task.id AND report.day <= %(day)s"
)

LOOKS: dict[str, str] = {
    "task_due_soon": _look(
        "task_due_soon",
        "due.works - today.works",
        "task.late_from > %(day)s AND due.works - today.works <= %(task_due_soon)s AND task.late_from <= %(day)s + 90",
        join="JOIN calendar due ON due.day = task.late_from - 1 JOIN calendar today ON today.day = %(day)s",
    ),
    "task_overdue": _look(
        "task_overdue",
        "%(day)s - task.late_from + 1",
        f"task.late_from <= %(day)s AND task.stage <> '{Stage.SUBMITTED.value}'",
    ),
    "task_at_risk": _look(
        "task_at_risk",
        _BEHIND,
        f"task.late_from > %(day)s AND task.start_day < %(day)s "
        f"AND task.stage <> '{Stage.SUBMITTED.value}' AND {_BEHIND} >= %(task_at_risk)s",
    ),
    "task_no_progress": _look(
        "task_no_progress",
        f"%(day)s - GREATEST(task.start_day, ({_REPORTED}))",
        f"task.stage IN ('{Stage.ACCEPTED.value}', '{Stage.IN_PROGRESS.value}') "
        "AND task.start_day <= %(day)s - %(task_no_progress)s::int "
        "AND NOT EXISTS (SELECT FROM tasks_progressreport lately WHERE lately.task_id = task.id "
        "AND lately.day > %(day)s - %(task_no_progress)s::int AND lately.day <= %(day)s)",
    ),
    "task_evidence_missing": _look(
        "task_evidence_missing",
        "task.percent",
        "task.percent >= %(task_evidence_missing)s AND NOT EXISTS (SELECT FROM tasks_evidence proof "
        "JOIN tasks_moment shown ON shown.id = proof.moment_id "
        "WHERE proof.task_id = task.id AND shown.day <= %(day)s)",
    ),
    "extension_unanswered": _look(
        "extension_unanswered",
        "today.works - since.works",
        "extension.asked_day <= %(day)s AND (extension.decided_day IS NULL OR extension.decided_day > %(day)s)",
        join="JOIN tasks_extension extension ON extension.task_id = task.id "
        "JOIN calendar since ON since.day = extension.asked_day JOIN calendar today ON today.day = %(day)s",
        key="'extension:'",
        label="'Đề nghị gia hạn nhiệm vụ '",
    ),
}


def ended_of(codes: Iterable[str]) -> list[str]:
    """Those of the codes whose tasks have ended: done, withdrawn."""
    ended = Task.objects.filter(code__in=set(codes), stage__in=(Stage.DONE, Stage.WITHDRAWN))
    return list(ended.values_list("code", flat=True))
