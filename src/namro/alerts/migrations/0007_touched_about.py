"""What was touched is noted beside where."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Let a mark say what changed."""

    dependencies = [("alerts", "0006_insisting")]
    operations = [
        migrations.AddField(
            model_name="touched",
            name="about",
            field=models.CharField(blank=True, db_default="", max_length=100),
        ),
    ]
