"""What happened to a feedback stays as it happened."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER dossiers_feedback_event_append_only BEFORE UPDATE OR DELETE ON dossiers_feedbackevent
    FOR EACH ROW EXECUTE FUNCTION namro_refuse_change();
"""
BACKWARD = "DROP TRIGGER dossiers_feedback_event_append_only ON dossiers_feedbackevent;"


class Migration(migrations.Migration):
    """Guard what happened."""

    dependencies = [("dossiers", "0003_feedback"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
