from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_assigned_to"),
    ]

    operations = [
        migrations.AddField(
            model_name="assist",
            name="accept_by",
            field=models.DateTimeField(null=True, verbose_name="to accept by"),
        ),
        migrations.AddField(
            model_name="assist",
            name="accepted_at",
            field=models.DateTimeField(null=True, verbose_name="accepted"),
        ),
        migrations.AddField(
            model_name="assist",
            name="done_at",
            field=models.DateTimeField(null=True, verbose_name="part done"),
        ),
        migrations.AddIndex(
            model_name="assist",
            index=models.Index(
                condition=models.Q(("accepted_at__isnull", True)),
                fields=["accept_by"],
                name="cases_assists_unanswered",
            ),
        ),
    ]
