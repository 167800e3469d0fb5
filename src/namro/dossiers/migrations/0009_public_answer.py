from typing import Any

from django.db import migrations, models
from django.db.models import F


def published_as_they_were(apps: Any, schema_editor: Any) -> None:
    """What was open to everybody stays open as it was."""
    feedback = apps.get_model("dossiers", "Feedback")
    feedback.objects.filter(published_at__isnull=False).update(public_answer=F("answer"))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0008_held_and_channel")]

    operations = [
        migrations.AddField(
            model_name="feedback",
            name="public_answer",
            field=models.TextField(
                blank=True, default="", help_text="the answer in words that name nobody, as published"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(published_as_they_were, migrations.RunPython.noop),
    ]
