from django.db import migrations, models
from django.db.models import F, Q

KINDS = [
    ("procedure", "Trả lời theo thủ tục"),
    ("article", "Trích điều luật"),
    ("city", "Trả lời của thành phố"),
    ("compare", "So sánh thủ tục"),
    ("unit", "Trả lời theo danh mục đơn vị"),
    ("tasks", "Trả lời từ sổ nhiệm vụ"),
    ("figure", "Trả lời từ số liệu"),
    ("clarify", "Hỏi lại cho rõ"),
    ("unknown", "Chưa biết"),
    ("refused", "Ngoài phạm vi"),
]


class Migration(migrations.Migration):
    """What the city itself says: answers to what is often asked, clauses of its directives."""

    dependencies = [
        ("assistant", "0005_estimate"),
    ]

    operations = [
        migrations.CreateModel(
            name="CityText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("faq", "Hỏi đáp"), ("directive", "Văn bản chỉ đạo")], max_length=10
                    ),
                ),
                (
                    "asks",
                    models.JSONField(
                        help_text="the ways of asking; of a clause its heading, first the one that is shown"
                    ),
                ),
                ("words", models.TextField()),
                (
                    "source",
                    models.CharField(help_text="the document or page that carries it", max_length=300),
                ),
                (
                    "page",
                    models.CharField(
                        blank=True,
                        help_text="name of the route of the house where it is done",
                        max_length=60,
                    ),
                ),
                (
                    "owner",
                    models.CharField(help_text="code of the unit that answers for it", max_length=20),
                ),
                ("next_review", models.DateField()),
                ("valid_from", models.DateField(help_text="none: the source does not say", null=True)),
                (
                    "valid_to",
                    models.DateField(help_text="the first day on which it no longer holds", null=True),
                ),
                ("digest", models.CharField(max_length=32)),
            ],
            options={"verbose_name": "lời của thành phố"},
        ),
        migrations.AddConstraint(
            model_name="citytext",
            constraint=models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="city_text_days",
            ),
        ),
        migrations.AlterField(
            model_name="turn", name="kind", field=models.CharField(choices=KINDS, max_length=12)
        ),
    ]
