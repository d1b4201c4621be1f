from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_same_as")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="proxy_relation",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="what they are to the resident"),
        ),
        migrations.AddField(
            model_name="report",
            name="proxy_agreed",
            field=models.BooleanField(default=False, verbose_name="the resident agreed to it"),
        ),
    ]
