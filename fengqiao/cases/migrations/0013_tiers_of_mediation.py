"""A mediation that climbs leaves one line each time, beside the one a unit may leave that raised the case."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q


def mark(apps: Any, _editor: Any) -> None:
    """Mark what went to a committee: a centre is none."""
    apps.get_model("cases", "RaiseUp").objects.filter(centre__kind="mediation").update(of_mediation=True)


class Migration(migrations.Migration):

    dependencies = [("cases", "0012_by_day")]

    operations = [
        migrations.AddField(
            "raiseup", "of_mediation", models.BooleanField("up the tiers of a mediation", default=False)
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.RemoveConstraint("raiseup", "cases_raised_once_a_unit_and_round"),
        migrations.AddConstraint(
            "raiseup",
            models.UniqueConstraint(
                name="cases_raised_once_a_unit_and_round",
                fields=["county", "case", "round", "unit"],
                condition=Q(of_mediation=False),
            ),
        ),
    ]
