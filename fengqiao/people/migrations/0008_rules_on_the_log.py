from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_duty'),
    ]

    operations = [
        migrations.AlterField(
            model_name='stafflog',
            name='act',
            field=models.CharField(choices=[('made_account', 'Made an account'), ('reset_password', 'Set a one-time password'), ('chose_password', 'Chose a new password'), ('deactivated', 'Closed an account'), ('reactivated', 'Opened an account again'), ('gave_post', 'Gave a post'), ('ended_post', 'Ended a post'), ('forgot_factor', 'Removed a second factor'), ('added_unit', 'Added a unit'), ('changed_unit', 'Changed a unit'), ('closed_unit', 'Closed a unit'), ('changed_presence', 'Changed who is present'), ('changed_rota', 'Changed the duty rota'), ('changed_channel', 'Changed a channel for notices'), ('changed_place', 'Changed a place'), ('drew_grids', 'Took over a list of grids'), ('drew_boundaries', 'Took over boundaries'), ('changed_rule', 'Changed a clock'), ('changed_calendar', 'Changed working days or hours'), ('changed_subject', 'Changed the categories'), ('changed_template', 'Changed a reply template'), ('signed_in', 'Signed in'), ('failed_to_sign_in', 'Failed to sign in'), ('read_log', 'Read a log'), ('exported_log', 'Took a log away as a table'), ('added_factor', 'Added a second step of their own'), ('removed_factor', 'Removed a second step of their own'), ('ended_sessions', 'Ended sign-ins')], max_length=20, verbose_name='act'),
        ),
    ]
