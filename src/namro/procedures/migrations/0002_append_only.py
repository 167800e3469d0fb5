"""A version that was published stays as it was: dossiers filed under it point at its text."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER procedures_version_append_only BEFORE UPDATE OR DELETE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION namro_refuse_change();
"""
BACKWARD = "DROP TRIGGER procedures_version_append_only ON procedures_procedureversion;"


class Migration(migrations.Migration):
    """Guard what was published."""

    dependencies = [("procedures", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
