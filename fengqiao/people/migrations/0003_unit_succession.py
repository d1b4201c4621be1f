import django.db.models.deletion
from django.db import migrations, models

import fengqiao.kit.ids


class Migration(migrations.Migration):
    """A closed unit names its successor; names of earlier times are kept."""

    dependencies = [
        ("people", "0002_staff_log"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="successor",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit", verbose_name="successor"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True),
                    models.Q(("valid_to__isnull", False), models.Q(("successor", models.F("id")), _negated=True)),
                    _connector="OR",
                ),
                name="people_unit_succeeded_only_once_closed",
            ),
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                ("id", models.UUIDField(default=fengqiao.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("county", models.CharField(max_length=6, verbose_name="county")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("until", models.DateField(verbose_name="until")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="former_names", to="people.unit", verbose_name="unit")),
            ],
            options={
                "verbose_name": "former name",
                "constraints": [models.UniqueConstraint(fields=("county", "unit", "name", "until"), name="people_former_name_once_a_day")],
            },
        ),
    ]
