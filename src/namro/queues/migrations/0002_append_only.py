"""What was done to a ticket stays as it was told."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER queues_moment_append_only BEFORE UPDATE OR DELETE ON queues_ticketmoment
    FOR EACH ROW EXECUTE FUNCTION namro_refuse_change();
"""
BACKWARD = "DROP TRIGGER queues_moment_append_only ON queues_ticketmoment;"


class Migration(migrations.Migration):
    """Guard the moments."""

    dependencies = [("queues", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
