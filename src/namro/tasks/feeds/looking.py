"""What the rules of the alerts look at in the tasks: one SELECT a kind, over the relations that flows/judging gives.

A kind picks tasks by what stands in an index (`task_open_weighed`); what was picked by all kinds is laid by, then read
with its words and joined with the rules.

`reach` has each rule once for each unit in its reach, `calendar` the working days (`works`: how many there have been by
the end of a day; `ends`: the day on which what is due then ends). `task` are the open tasks: as they stand now, or as
they were known at the end of a past day, made from their moments; the kinds cannot tell the difference.
"""

from namro.tasks.terms import OPEN_STAGES, Stage

_OPEN = ", ".join(f"'{stage.value}'" for stage in OPEN_STAGES)

TASKS_NOW = f"""
task AS NOT MATERIALIZED (
    SELECT given.id, given.code, given.title, given.mark, given.register_id, given.lead_unit_id, given.lead_person_id,
           COALESCE(given.escalate_to_id, given.supervisor_unit_id) AS above_id,
           given.start_day, given.late_from, given.stage, given.percent
    FROM tasks_task given WHERE given.stage IN ({_OPEN})
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
    SELECT given.id, given.code, given.title, given.mark, given.register_id, given.lead_unit_id, given.lead_person_id,
           COALESCE(given.escalate_to_id, given.supervisor_unit_id) AS above_id, given.start_day,
           CASE WHEN stood.verb = 'submit' AND stood.day <= due.ends THEN NULL ELSE due.ends + 1 END AS late_from,
           CASE stood.verb WHEN 'issue' THEN 'issued' WHEN 'accept' THEN 'accepted' WHEN 'submit' THEN 'submitted'
                ELSE 'in_progress' END AS stage,
           CASE stood.verb WHEN 'submit' THEN 100 ELSE COALESCE(told.percent, 0) END AS percent
    FROM stood JOIN tasks_task given ON given.id = stood.task_id
    JOIN owed ON owed.task_id = given.id
    JOIN calendar due ON due.day = owed.due_day
    LEFT JOIN told ON told.task_id = given.id
    WHERE stood.verb NOT IN ('approve', 'withdraw')
)
"""


def _pick(kind: str, value: str, where: str, *, join: str = "") -> str:
    """One kind: what is measured in `value`, of the tasks that `where` leaves."""
    return f"""
SELECT task.id, '{kind}' AS kind, ({value})::numeric AS value FROM task {join}
WHERE (%(units)s::bigint[] IS NULL OR task.lead_unit_id = ANY(%(units)s)) AND {where}
"""  # noqa: S608


# How far the time has run, in per cent, less how far the work has; and, cheaper to ask, whether it can be so much.
_BEHIND = "round(100.0 * (%(day)s - task.start_day) / NULLIF(task.late_from - 1 - task.start_day, 0)) - task.percent"
_MAY_BE_BEHIND = (
    "100 * (%(day)s - task.start_day) >= "
    "(task.percent + floor(%(task_at_risk)s)::int - 1) * (task.late_from - 1 - task.start_day)"
)
_REPORTED = (
    "SELECT max(report.day) FROM tasks_progressreport report "
    "WHERE report.task_id = task.id AND report.day <= %(day)s"
)
# The first day that lies more working days ahead than any rule cares for.
_SOON = (
    "SELECT max(soon.day) + 1 FROM calendar soon JOIN calendar today ON today.day = %(day)s "
    "AND soon.works - today.works <= %(task_due_soon)s"
)

PICKS: dict[str, str] = {
    "task_due_soon": _pick(
        "task_due_soon",
        "due.works - today.works",
        f"task.late_from > %(day)s AND task.late_from <= ({_SOON}) AND task.late_from <= %(day)s + 90",
        join="JOIN calendar due ON due.day = task.late_from - 1 JOIN calendar today ON today.day = %(day)s",
    ),
    "task_overdue": _pick(
        "task_overdue",
        "%(day)s - task.late_from + 1",
        f"task.late_from <= %(day)s AND task.stage <> '{Stage.SUBMITTED.value}'",
    ),
    "task_at_risk": _pick(
        "task_at_risk",
        _BEHIND,
        f"task.late_from > %(day)s AND task.start_day < %(day)s AND {_MAY_BE_BEHIND} "
        f"AND task.stage <> '{Stage.SUBMITTED.value}' AND {_BEHIND} >= %(task_at_risk)s",
    ),
    "task_no_progress": _pick(
        "task_no_progress",
        f"%(day)s - GREATEST(task.start_day, ({_REPORTED}))",
        f"task.stage IN ('{Stage.ACCEPTED.value}', '{Stage.IN_PROGRESS.value}') "
        "AND task.start_day <= %(day)s - %(task_no_progress)s::int "
        "AND NOT EXISTS (SELECT FROM tasks_progressreport lately WHERE lately.task_id = task.id "
        "AND lately.day > %(day)s - %(task_no_progress)s::int AND lately.day <= %(day)s)",
    ),
    "task_evidence_missing": _pick(
        "task_evidence_missing",
        "task.percent",
        "task.percent >= %(task_evidence_missing)s AND NOT EXISTS (SELECT FROM tasks_evidence proof "
        "JOIN tasks_moment shown ON shown.id = proof.moment_id "
        "WHERE proof.task_id = task.id AND shown.day <= %(day)s)",
    ),
    "extension_unanswered": _pick(
        "extension_unanswered",
        "today.works - since.works",
        "extension.asked_day <= %(day)s AND (extension.decided_day IS NULL OR extension.decided_day > %(day)s)",
        join="JOIN tasks_extension extension ON extension.task_id = task.id "
        "JOIN calendar since ON since.day = extension.asked_day JOIN calendar today ON today.day = %(day)s",
    ),
}

# A marked task is not named.
LOOK = """
SELECT reach.id AS rule_id, task.lead_unit_id AS unit_id,
       CASE picked.kind WHEN 'extension_unanswered' THEN 'extension:' ELSE 'task:' END || task.code AS object_key,
       CASE picked.kind WHEN 'extension_unanswered' THEN 'Đề nghị gia hạn nhiệm vụ ' ELSE '' END || task.code
           || CASE WHEN task.mark = 'normal' THEN ' ' || task.title ELSE ' (có độ mật)' END AS object_label,
       '/nhiem-vu/' || task.code || '/' AS path, picked.value, task.lead_person_id AS person_id,
       task.above_id, task.late_from - 1 AS due, task.mark <> 'normal' AS is_marked, ''::text AS silences,
       ARRAY[]::varchar[] AS drawn_from
FROM task_picked picked JOIN task ON task.id = picked.id JOIN tasks_register register ON register.id = task.register_id
JOIN reach ON reach.unit_id = task.lead_unit_id AND reach.kind = picked.kind AND reach.register IN ('', register.code)
"""


# The tasks that have ended: done, withdrawn.
ENDED = f"SELECT code FROM tasks_task WHERE stage IN ('{Stage.DONE.value}', '{Stage.WITHDRAWN.value}')"  # noqa: S608
