"""What was declined on a day is looked up by its time; and the planner is told how the indexes of the lists are filled."""

from django.db import migrations, models

COUNT = "ANALYZE intake_report, intake_decision;"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0012_by_day'),
        ('intake', '0009_mediation'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('outcome', 'declined')), fields=['at'], name='intake_declined_by_day'),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
