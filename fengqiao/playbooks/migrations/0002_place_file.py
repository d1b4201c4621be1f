import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fengqiao.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("playbooks", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fengqiao.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("county", models.CharField(max_length=6)),
                (
                    "kind",
                    models.CharField(
                        choices=[("grids", "Grids"), ("boundaries", "Boundaries")], max_length=12, verbose_name="kind"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="file name")),
                ("content", models.TextField(verbose_name="content")),
                ("is_whole", models.BooleanField(default=False, verbose_name="complete")),
                ("system", models.CharField(blank=True, default="", max_length=10, verbose_name="coordinates")),
                ("source", models.CharField(blank=True, default="", max_length=200, verbose_name="source")),
                ("on", models.DateField(verbose_name="day")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("applied_at", models.DateTimeField(null=True, verbose_name="applied")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of places",
                "indexes": [models.Index(fields=["county", "at"], name="playbooks_files_by_time")],
            },
        ),
    ]
