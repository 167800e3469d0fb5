from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0012_moments_that_are'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='applicantletter',
            index=models.Index(condition=models.Q(('state', 'dead')), fields=['-id'], name='applicant_letter_dead'),
        ),
    ]
