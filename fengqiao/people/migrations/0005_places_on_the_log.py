from django.db import migrations, models


class Migration(migrations.Migration):
    """What the administrators do to places stands in the staff log too."""

    dependencies = [("people", "0004_failed_sign_ins")]

    operations = [
        migrations.AlterField(
            model_name="stafflog",
            name="act",
            field=models.CharField(
                choices=[
                    ("made_account", "Made an account"),
                    ("reset_password", "Set a one-time password"),
                    ("chose_password", "Chose a new password"),
                    ("deactivated", "Closed an account"),
                    ("reactivated", "Opened an account again"),
                    ("gave_post", "Gave a post"),
                    ("ended_post", "Ended a post"),
                    ("forgot_factor", "Removed a second factor"),
                    ("added_unit", "Added a unit"),
                    ("changed_unit", "Changed a unit"),
                    ("closed_unit", "Closed a unit"),
                    ("changed_place", "Changed a place"),
                    ("drew_grids", "Took over a list of grids"),
                    ("drew_boundaries", "Took over boundaries"),
                    ("signed_in", "Signed in"),
                    ("failed_to_sign_in", "Failed to sign in"),
                    ("read_log", "Read a log"),
                    ("exported_log", "Took a log away as a table"),
                    ("added_factor", "Added a second step of their own"),
                    ("removed_factor", "Removed a second step of their own"),
                    ("ended_sessions", "Ended sign-ins"),
                ],
                max_length=20,
                verbose_name="act",
            ),
        ),
    ]
