"""A danger is reported first and entered later: the moment of each."""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def as_entered(apps: Any, _editor: Any) -> None:
    """Take the moment of entry for what was entered so far."""
    apps.get_model("mediation", "DangerReport").objects.update(reported_at=F("at"))


class Migration(migrations.Migration):

    dependencies = [("mediation", "0008_newest_and_spot_limits")]

    operations = [
        migrations.AddField(
            "dangerreport", "reported_at", models.DateTimeField(null=True, verbose_name="reported")
        ),
        migrations.RunPython(as_entered, migrations.RunPython.noop),
        migrations.AlterField("dangerreport", "reported_at", models.DateTimeField(verbose_name="reported")),
    ]
