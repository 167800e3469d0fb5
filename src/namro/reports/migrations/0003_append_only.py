"""A report that was sent stays as it was sent: a correction is a new version, never a change."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER reports_sentreport_append_only BEFORE UPDATE OR DELETE ON reports_sentreport
    FOR EACH ROW EXECUTE FUNCTION namro_refuse_change();
"""
BACKWARD = "DROP TRIGGER reports_sentreport_append_only ON reports_sentreport;"


class Migration(migrations.Migration):
    """Guard what was sent."""

    dependencies = [("reports", "0002_sentreport"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
