"""What changed is noted with what it is: a table, of figures the indicator; what comes of a source concerns its owner.

So a landed batch lets the rules be judged that read its figures, and no others (flows/touching.py).
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION namro_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_NARGS = 2 THEN
        EXECUTE 'INSERT INTO alerts_touched (unit_id, about) ' || TG_ARGV[0];
    ELSE
        EXECUTE 'INSERT INTO alerts_touched (unit_id, about) SELECT touched.unit_id, '
            || quote_literal(TG_TABLE_NAME) || ' FROM (' || TG_ARGV[0] || ') AS touched (unit_id)';
    END IF;
    RETURN NULL;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION namro_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'INSERT INTO alerts_touched (unit_id) ' || TG_ARGV[0];
    RETURN NULL;
END $$;
"""
OWNER = "SELECT unit.id FROM {source} JOIN organisation_unit unit ON unit.code = source.owner AND unit.valid_to IS NULL"
TOUCHES = {
    "indicators_figure": "SELECT DISTINCT unit_id, 'indicators_figure:' || indicator FROM {rows}",
    "sources_source": OWNER.format(source="{rows} source"),
    "sources_batch": OWNER.format(source="{rows} batch JOIN sources_source source ON source.id = batch.source_id"),
    "sources_quarantinedrow": OWNER.format(
        source="{rows} held JOIN sources_batch batch ON batch.id = held.batch_id "
        "JOIN sources_source source ON source.id = batch.source_id"
    ),
}
ALL = "SELECT NULL::bigint FROM {rows} LIMIT 1"
UNIT = "SELECT DISTINCT unit_id FROM {rows}"
WERE = {**dict.fromkeys(TOUCHES, ALL), "indicators_figure": UNIT}
LEFT = {"insert": ("fresh",), "update": ("fresh", "stale"), "delete": ("stale",)}
NAMED = {"fresh": "NEW TABLE AS fresh", "stale": "OLD TABLE AS stale"}


def _triggers(touches: dict[str, str], *, with_about: bool) -> str:
    return "".join(_trigger(table, event, touches, with_about) for table in touches for event in LEFT)


def _trigger(table: str, event: str, touches: dict[str, str], with_about: bool) -> str:
    """The trigger of a table for an event, in the place of the one that there is."""
    select = " UNION ".join(f"({touches[table].format(rows=rows)})" for rows in LEFT[event])
    says = "'" + select.replace("'", "''") + "'"
    about = ", 'about'" if with_about and table == "indicators_figure" else ""
    return (
        f"DROP TRIGGER {table}_touch_{event} ON {table};\n"
        f"CREATE TRIGGER {table}_touch_{event} AFTER {event.upper()} ON {table} "
        f"REFERENCING {' '.join(NAMED[rows] for rows in LEFT[event])} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION namro_touch({says}{about});\n"
    )


class Migration(migrations.Migration):
    """Let what changes be known by what it is."""

    dependencies = [("flows", "0002_touching_feeds"), ("alerts", "0007_touched_about")]
    operations = [
        migrations.RunSQL(
            FUNCTION + _triggers(TOUCHES, with_about=True), BEFORE + _triggers(WERE, with_about=False)
        )
    ]
