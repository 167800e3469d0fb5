"""Lines are looked for by verb and by day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Index both."""

    dependencies = [("audit", "0003_link")]
    operations = [
        migrations.AddIndex("entry", models.Index(fields=["verb", "-id"], name="audit_entry_verb")),
        migrations.AddIndex("entry", models.Index(fields=["day", "-id"], name="audit_entry_day")),
    ]
