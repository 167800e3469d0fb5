from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether the tokens of a turn were reckoned by the letters."""

    dependencies = [
        ("assistant", "0004_one_opinion_a_turn"),
    ]

    operations = [
        migrations.AddField(
            model_name="turn",
            name="is_estimate",
            field=models.BooleanField(
                default=False, help_text="tokens by the letters: the server could not say"
            ),
        ),
    ]
