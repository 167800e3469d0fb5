"""A sender is awaited for so long and no longer; who waits at the installation gets two weeks in all."""

from django.db import migrations, models

WAITING = """
UPDATE dossiers_feedback
SET add_by = (asked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + 14, answer_by_unasked = answer_by,
    answer_by = CASE WHEN answer_by < (asked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN answer_by
                ELSE answer_by + 14 END
WHERE state = 'supplement_asked' AND asked_at IS NOT NULL;
UPDATE dossiers_deskrules
SET body = jsonb_set(body, '{kinds}', (
    SELECT jsonb_agg(jsonb_build_object('wait', 10) || kind) FROM jsonb_array_elements(body -> 'kinds') kind))
WHERE code = 'feedback';
"""


class Migration(migrations.Migration):
    """Say how long the sender is awaited, and keep the answer's limit as it was before."""

    dependencies = [("dossiers", "0004_feedback_append_only")]
    operations = [
        migrations.AddField(
            model_name="feedback",
            name="add_by",
            field=models.DateField(help_text="how long the sender is awaited", null=True),
        ),
        migrations.AddField(
            model_name="feedback",
            name="answer_by_unasked",
            field=models.DateField(help_text="answer_by as it was before more was asked", null=True),
        ),
        migrations.AlterField(
            model_name="feedback",
            name="answer_by",
            field=models.DateField(help_text="with room for the days on which the sender is awaited"),
        ),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
    ]
