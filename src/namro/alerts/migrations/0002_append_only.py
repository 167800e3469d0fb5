"""How an alert moved and what people did with it can be appended to, and nothing else."""

from django.db import migrations

TABLES = ("alerts_flip", "alerts_deed")
FORWARD = "\n".join(
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION namro_refuse_change();"
    for table in TABLES
)
BACKWARD = "\n".join(f"DROP TRIGGER {table}_append_only ON {table};" for table in TABLES)


class Migration(migrations.Migration):
    """Guard the history."""

    dependencies = [("alerts", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
