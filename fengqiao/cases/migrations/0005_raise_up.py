import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fengqiao.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_delays"),
        ("people", "0002_staff_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RaiseUp",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fengqiao.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("county", models.CharField(max_length=6)),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="raises", to="cases.case"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="centre above",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="unit that raised it",
                    ),
                ),
            ],
            options={
                "verbose_name": "raised case",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("county", "case", "round", "unit"), name="cases_raised_once_a_unit_and_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit", models.F("centre")), _negated=True), name="cases_raised_to_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="cases_raised_with_a_reason"
                    ),
                ],
            },
        ),
    ]
