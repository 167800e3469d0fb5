from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef


def keep_the_first(apps: Any, schema_editor: Any) -> None:
    """Of several opinions on one answer the first stays; what the asker alone may see goes."""
    opinion = apps.get_model("assistant", "Opinion")
    earlier = opinion.objects.filter(turn=OuterRef("turn"), pk__lt=OuterRef("pk"))
    opinion.objects.filter(Exists(earlier)).delete()
    for kind in ("tasks", "figure"):
        told = opinion.objects.filter(answer__kind=kind)
        told.update(answer={"kind": kind, "items": [], "sentences": []})


class Migration(migrations.Migration):
    """One opinion an answer."""

    dependencies = [
        ("assistant", "0003_wording"),
    ]

    operations = [
        migrations.RunPython(keep_the_first, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.UniqueConstraint(fields=("turn",), name="one_opinion_a_turn"),
        ),
    ]
