from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether a text was consolidated, and from when an amendment of an article holds."""

    dependencies = [
        ("assistant", "0002_law"),
    ]

    operations = [
        migrations.AddField(
            model_name="lawdocument",
            name="wording",
            field=models.CharField(
                choices=[
                    ("as_passed", "Bản khi ban hành, chưa hợp nhất"),
                    ("consolidated", "Bản hợp nhất"),
                ],
                default="as_passed",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="lawarticle",
            name="amended_from",
            field=models.DateField(help_text="the first day of what amended it, where that is known", null=True),
        ),
    ]
