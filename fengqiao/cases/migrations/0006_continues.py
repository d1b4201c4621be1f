import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_raise_up"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="continues",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="continued_by",
                to="cases.case",
                verbose_name="continues",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("continues",), name="cases_continued_once"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("continues__isnull", True), models.Q(("continues", models.F("id")), _negated=True), _connector="OR"
                ),
                name="cases_continues_another",
            ),
        ),
    ]
