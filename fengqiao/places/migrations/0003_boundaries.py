import django.db.models.deletion
from django.db import migrations, models

import fengqiao.kit.ids


class Migration(migrations.Migration):
    dependencies = [("places", "0002_region_changes")]

    operations = [
        migrations.CreateModel(
            name="Boundary",
            fields=[
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "id",
                    models.UUIDField(
                        default=fengqiao.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("county", models.CharField(max_length=6)),
                ("shape", models.BinaryField(verbose_name="outline")),
                ("west", models.FloatField()),
                ("south", models.FloatField()),
                ("east", models.FloatField()),
                ("north", models.FloatField()),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="boundaries",
                        to="places.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "boundary",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["county", "west", "east", "south", "north"], name="places_boundary_box")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))),
                        name="places_boundary_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("county", "region"),
                        name="places_boundary_one_open_of_a_region",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("south__lt", models.F("north")), ("west__lt", models.F("east"))),
                        name="places_boundary_box_has_an_area",
                    ),
                ],
            },
        ),
    ]
