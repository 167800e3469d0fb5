"""Whatever a rule of the alerts looks at says in which unit it changed: each statement once a unit, whoever wrote it.

The judgement takes these marks away with what it judges, and looks again at those units only. A mark without a unit
concerns all. What is not in a table (the day, the calendar, what is owed) stands in the digest of the question.
"""

from django.db import migrations

UNIT = "SELECT DISTINCT unit_id FROM {rows}"
BY_TASK = "SELECT DISTINCT task.lead_unit_id FROM {rows} JOIN tasks_task task ON task.id = {rows}.task_id"
ALL = "SELECT NULL::bigint FROM {rows} LIMIT 1"
TOUCHES = {
    "tasks_task": "SELECT DISTINCT lead_unit_id FROM {rows}",
    "tasks_progressreport": BY_TASK,
    "tasks_evidence": BY_TASK,
    "tasks_extension": BY_TASK,
    "sources_submission": UNIT,
    "sources_finding": UNIT,
    "indicators_figure": UNIT,
    "indicators_target": UNIT,
    "reports_sentreport": UNIT,
    "tasks_register": ALL,
    "sources_feedrun": ALL,
    "indicators_definition": ALL,
    "organisation_unit": ALL,
    "alerts_rule": ALL,
}
FUNCTION = """
CREATE FUNCTION namro_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'INSERT INTO alerts_touched (unit_id) ' || TG_ARGV[0];
    RETURN NULL;
END $$;
"""
# What an event leaves to read: rows as they have become, rows as they were.
LEFT = {"insert": ("fresh",), "update": ("fresh", "stale"), "delete": ("stale",)}
NAMED = {"fresh": "NEW TABLE AS fresh", "stale": "OLD TABLE AS stale"}


def _trigger(table: str, event: str) -> str:
    """The trigger of a table for an event; a row that moved touches the unit that it left, too."""
    left = LEFT[event]
    units = " UNION ".join(f"({TOUCHES[table].format(rows=rows)})" for rows in left)
    return (
        f"CREATE TRIGGER {table}_touch_{event} AFTER {event.upper()} ON {table} "
        f"REFERENCING {' '.join(NAMED[rows] for rows in left)} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION namro_touch('{units}');\n"
    )


FORWARD = FUNCTION + "".join(_trigger(table, event) for table in TOUCHES for event in LEFT)
BACKWARD = "".join(
    f"DROP TRIGGER {table}_touch_{event} ON {table};\n" for table in TOUCHES for event in LEFT
) + "DROP FUNCTION namro_touch();"


class Migration(migrations.Migration):
    """Let what changes be known."""

    dependencies = [
        ("alerts", "0004_touched"),
        ("indicators", "0001_initial"),
        ("organisation", "0002_deputising"),
        ("reports", "0003_append_only"),
        ("sources", "0002_append_only"),
        ("tasks", "0004_late_spans"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
