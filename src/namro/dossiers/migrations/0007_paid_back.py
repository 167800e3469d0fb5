"""What came beside a fee: its own sum, and that it was paid back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The sum that came, a further state, and an index of what is owed back."""

    dependencies = [("dossiers", "0006_dossier_moments")]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="received",
            field=models.PositiveBigIntegerField(
                help_text="đồng that came, where it is another sum", null=True
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="state",
            field=models.CharField(
                choices=[
                    ("asked", "Chờ thanh toán"),
                    ("paid", "Đã thanh toán"),
                    ("failed", "Không thành công"),
                    ("to_pay_back", "Phải hoàn lại"),
                    ("paid_back", "Đã hoàn lại"),
                ],
                default="asked",
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("state", "to_pay_back")),
                fields=["dossier"],
                name="payment_to_pay_back",
            ),
        ),
    ]
