import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fengqiao.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_assist_progress"),
        ("desk", "0003_calendar_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fengqiao.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("county", models.CharField(max_length=6, verbose_name="county")),
                ("since", models.DateTimeField(verbose_name="watched since")),
                ("seen_line", models.PositiveIntegerField(verbose_name="read up to line")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "watch",
                "constraints": [models.UniqueConstraint(fields=("county", "user", "case"), name="desk_watch_once")],
            },
        ),
    ]
