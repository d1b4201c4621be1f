from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rights", "0003_looked_at_identity")]

    operations = [
        migrations.AlterField(
            model_name="accesslog",
            name="look",
            field=models.CharField(
                choices=[
                    ("restricted", "Opened a restricted case"),
                    ("contact", "Revealed a contact"),
                    ("secret", "Reissued a secret"),
                    ("identity", "Looked at an identity number"),
                    ("paper", "Opened a paper of a mediation"),
                ],
                max_length=12,
                verbose_name="look",
            ),
        ),
    ]
