"""What was sent on a form stays as it was sent: a correction is a new version, never a change."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER sources_submission_append_only BEFORE UPDATE OR DELETE ON sources_submission
    FOR EACH ROW EXECUTE FUNCTION namro_refuse_change();
"""
BACKWARD = "DROP TRIGGER sources_submission_append_only ON sources_submission;"


class Migration(migrations.Migration):
    """Guard what was sent."""

    dependencies = [("sources", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
