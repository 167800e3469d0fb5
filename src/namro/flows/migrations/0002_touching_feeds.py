"""What the rules over sources and over neighbours look at concerns all: a change of it lets everything be judged anew."""

from django.db import migrations

ALL = "SELECT NULL::bigint FROM {rows} LIMIT 1"
TABLES = ("sources_source", "sources_batch", "sources_quarantinedrow", "organisation_neighbour")
LEFT = {"insert": ("fresh", "NEW"), "update": ("fresh", "NEW"), "delete": ("stale", "OLD")}


def _trigger(table: str, event: str) -> str:
    rows, age = LEFT[event]
    return (
        f"CREATE TRIGGER {table}_touch_{event} AFTER {event.upper()} ON {table} "
        f"REFERENCING {age} TABLE AS {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION namro_touch('{ALL.format(rows=rows)}');\n"
    )


FORWARD = "".join(_trigger(table, event) for table in TABLES for event in LEFT)
BACKWARD = "".join(f"DROP TRIGGER {table}_touch_{event} ON {table};\n" for table in TABLES for event in LEFT)


class Migration(migrations.Migration):
    """Let what changes be known."""

    dependencies = [
        ("flows", "0001_touching"),
        ("organisation", "0003_neighbours"),
        ("sources", "0003_intake"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
