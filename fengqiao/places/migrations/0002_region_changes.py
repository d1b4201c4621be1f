import django.db.models.deletion
from django.db import migrations, models

import fengqiao.kit.ids


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="region",
            name="extent",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="extent in words"),
        ),
        migrations.AddField(
            model_name="region",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="places.region",
                verbose_name="taken over by",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(("successor__isnull", True), ("valid_to__isnull", False), _connector="OR"),
                name="places_region_successor_once_closed",
            ),
        ),
        migrations.CreateModel(
            name="RegionChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fengqiao.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("county", models.CharField(max_length=6)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("drawn", "Drawn up"),
                            ("renamed", "Renamed"),
                            ("moved", "Moved under another"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("was", models.CharField(blank=True, default="", max_length=60, verbose_name="before")),
                ("now", models.CharField(blank=True, default="", max_length=60, verbose_name="since")),
                ("noted_at", models.DateTimeField(verbose_name="noted")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="places.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a region",
                "indexes": [
                    models.Index(fields=["region", "on", "noted_at"], name="places_changes_of_a_region")
                ],
            },
        ),
    ]
