import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0007_outward"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="daynote",
            name="stays_open",
            field=models.BooleanField(default=False, verbose_name="stays open"),
        ),
        migrations.AddField(
            model_name="daynote",
            name="taken_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="taken over by",
            ),
        ),
        migrations.AddField(
            model_name="daynote",
            name="taken_at",
            field=models.DateTimeField(null=True, verbose_name="taken over at"),
        ),
        migrations.AddField(
            model_name="daynote",
            name="settled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="settled by",
            ),
        ),
        migrations.AddField(
            model_name="daynote",
            name="settled_at",
            field=models.DateTimeField(null=True, verbose_name="settled"),
        ),
        migrations.AddConstraint(
            model_name="daynote",
            constraint=models.CheckConstraint(
                condition=models.Q(("settled_at__isnull", True), ("stays_open", True), _connector="OR"),
                name="oversight_only_what_stays_open_is_settled",
            ),
        ),
    ]
