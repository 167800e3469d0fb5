"""The history of a task can be appended to, and nothing else: lateness and extensions are never erased."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER tasks_moment_append_only BEFORE UPDATE OR DELETE ON tasks_moment
    FOR EACH ROW EXECUTE FUNCTION namro_refuse_change();
"""
BACKWARD = "DROP TRIGGER tasks_moment_append_only ON tasks_moment;"


class Migration(migrations.Migration):
    """Guard the history."""

    dependencies = [("tasks", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
