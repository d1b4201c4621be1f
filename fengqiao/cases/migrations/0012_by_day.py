"""What happened on a day is looked up by its time; and the planner is told how the indexes of the lists are filled."""

from django.conf import settings
from django.db import migrations, models

from fengqiao.places.scope import PathPart

# Until the database gets round to it, it guesses that a county holds one case in two hundred.
COUNT = "ANALYZE cases_case, cases_caselog, cases_caseclock;"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0011_mediation'),
        ('people', '0008_rules_on_the_log'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='caseclock',
            index=models.Index(condition=models.Q(('stage', 'evaluate')), fields=['due_at'], name='cases_windows_by_day'),
        ),
        migrations.AddIndex(
            model_name='caselog',
            index=models.Index(fields=['at', 'case'], name='cases_log_by_day'),
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(fields=['at'], name='cases_answers_by_day'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(PathPart('path', part=3), condition=models.Q(('is_restricted', False), ('status', 'concluded')), name='cases_concluded_county'),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
