import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mediation", "0006_studios_and_experts_end")]

    operations = [
        migrations.AlterField(
            model_name="meeting",
            name="mediator",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="mediation.mediator",
                verbose_name="mediator",
            ),
        ),
    ]
