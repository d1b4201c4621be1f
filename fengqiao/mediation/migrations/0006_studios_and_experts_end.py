from django.db import migrations, models
from django.db.models.functions import Now, TruncDate


def end_the_inactive(apps, schema_editor):
    """Whoever was not to be invited any more is not from today: since when was not kept."""
    expert = apps.get_model("mediation", "Expert")
    expert.objects.filter(is_active=False).update(ended_on=TruncDate(Now()))


class Migration(migrations.Migration):

    dependencies = [
        ('mediation', '0005_confirmation_reminders'),
    ]

    operations = [
        migrations.AddField(
            model_name='studio',
            name='closed_because',
            field=models.CharField(blank=True, default='', max_length=200, verbose_name='why it closed'),
        ),
        migrations.AddField(
            model_name='expert',
            name='ended_on',
            field=models.DateField(blank=True, null=True, verbose_name='not invited since'),
        ),
        migrations.AddField(
            model_name='expert',
            name='ended_because',
            field=models.CharField(blank=True, default='', max_length=200, verbose_name='why not invited any more'),
        ),
        migrations.RunPython(end_the_inactive, migrations.RunPython.noop),
        migrations.RemoveField(model_name='expert', name='is_active'),
    ]
