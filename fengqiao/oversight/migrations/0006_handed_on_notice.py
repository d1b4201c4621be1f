from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0005_raised_notice"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("deadline", "Time is running out"),
                    ("dispatched", "A case was sent to your unit"),
                    ("assisting", "Your unit is asked to assist"),
                    ("objected", "An objection waits for your decision"),
                    ("supervised", "Supervision notice"),
                    ("not_solved", "The resident says it is not solved"),
                    ("asked_again", "The resident asks to reopen"),
                    ("delay_asked", "More time is asked for and waits for your decision"),
                    ("delay_told", "Your request for more time was decided"),
                    ("withdraw", "The resident asks to withdraw the report"),
                    ("raised", "Raised to your centre: dispatch it"),
                    ("handed_on", "Another county found this matter to be yours"),
                    ("reopened", "Reopened: dispatch it again"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
    ]
