import fengqiao.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("playbooks", "0002_place_file")]

    operations = [
        migrations.CreateModel(
            name="ReplyTemplate",
            fields=[
                (
                    "id",
                    models.UUIDField(default=fengqiao.kit.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("county", models.CharField(max_length=6)),
                (
                    "use",
                    models.CharField(
                        choices=[("reply", "Reply to the resident"), ("route", "The right road")],
                        max_length=10,
                        verbose_name="offered for",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("text", models.TextField(verbose_name="text")),
                ("is_open", models.BooleanField(default=True, verbose_name="offered")),
            ],
            options={"verbose_name": "reply template"},
        ),
        migrations.AddConstraint(
            model_name="replytemplate",
            constraint=models.UniqueConstraint(fields=("county", "use", "name"), name="playbooks_template_once"),
        ),
    ]
