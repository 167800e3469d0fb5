"""An offer that was taken back does not keep a person from the right one: of what stands, one for each occasion."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Narrow the constraint to what has not been taken back."""

    dependencies = [("offers", "0002_consent_kept")]
    operations = [
        migrations.RemoveConstraint(model_name="offer", name="offer_once"),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                fields=("rule", "entry", "occasion"),
                name="offer_once",
                condition=models.Q(("state", "taken_back"), _negated=True),
            ),
        ),
    ]
