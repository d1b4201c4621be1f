import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_delays"),
        ("intake", "0003_withdrawn"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="same_as",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.case",
                verbose_name="said to be the same as",
            ),
        ),
    ]
