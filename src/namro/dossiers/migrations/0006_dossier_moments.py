"""Indexes for what a period of the service index reads: dossiers received and settled, of a unit and of the city."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_feedback_awaited")]

    operations = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["unit", "received_at"], name="dossier_unit_received"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["unit", "finished_at"], name="dossier_unit_finished"),
        ),
        migrations.AddIndex(
            model_name="dossier", index=models.Index(fields=["received_at"], name="dossier_received")
        ),
        migrations.AddIndex(
            model_name="dossier", index=models.Index(fields=["finished_at"], name="dossier_finished")
        ),
    ]
