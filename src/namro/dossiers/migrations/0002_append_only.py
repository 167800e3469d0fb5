"""What happened to a dossier stays as it happened."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER dossiers_event_append_only BEFORE UPDATE OR DELETE ON dossiers_dossierevent
    FOR EACH ROW EXECUTE FUNCTION namro_refuse_change();
"""
BACKWARD = "DROP TRIGGER dossiers_event_append_only ON dossiers_dossierevent;"


class Migration(migrations.Migration):
    """Guard what happened."""

    dependencies = [("dossiers", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
