"""The chain over the log: appended only, like the log itself."""

from django.db import migrations, models

FORWARD = """
CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION namro_refuse_change();
"""
BACKWARD = "DROP TRIGGER audit_link_append_only ON audit_link;"


class Migration(migrations.Migration):
    """Make the chain."""

    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry_id", models.BigIntegerField(unique=True)),
                ("sealed_at", models.DateTimeField(db_index=True)),
                ("hash", models.CharField(help_text="SHA-256 of the line and of the hash before it", max_length=64)),
            ],
            options={"verbose_name": "mắt xích nhật ký", "ordering": ["seq"]},
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
