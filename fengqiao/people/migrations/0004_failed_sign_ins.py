import django.db.models.deletion
import fengqiao.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_unit_succession'),
    ]

    operations = [
        migrations.AlterField(
            model_name='stafflog',
            name='act',
            field=models.CharField(choices=[('made_account', 'Made an account'), ('reset_password', 'Set a one-time password'), ('chose_password', 'Chose a new password'), ('deactivated', 'Closed an account'), ('reactivated', 'Opened an account again'), ('gave_post', 'Gave a post'), ('ended_post', 'Ended a post'), ('forgot_factor', 'Removed a second factor'), ('added_unit', 'Added a unit'), ('changed_unit', 'Changed a unit'), ('closed_unit', 'Closed a unit'), ('signed_in', 'Signed in'), ('failed_to_sign_in', 'Failed to sign in'), ('read_log', 'Read a log'), ('exported_log', 'Took a log away as a table'), ('added_factor', 'Added a second step of their own'), ('removed_factor', 'Removed a second step of their own'), ('ended_sessions', 'Ended sign-ins')], max_length=20, verbose_name='act'),
        ),
        migrations.CreateModel(
            name='FailedSignIn',
            fields=[
                ('id', models.UUIDField(default=fengqiao.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(blank=True, default='', max_length=6)),
                ('hour', models.DateTimeField(verbose_name='hour')),
                ('address', models.CharField(blank=True, default='', max_length=45, verbose_name='address')),
                ('name', models.CharField(blank=True, default='', max_length=150, verbose_name='name as typed')),
                ('proof', models.CharField(choices=[('password', 'Password'), ('code', 'Code of the phone'), ('passkey', 'Passkey')], max_length=10, verbose_name='what did not fit')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='how often')),
                ('at', models.DateTimeField(verbose_name='last')),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='about')),
            ],
            options={
                'verbose_name': 'failed sign-in',
                'indexes': [models.Index(fields=['county', 'at'], name='people_failed_sign_in_by_time'), models.Index(fields=['hour', 'address'], name='people_failed_sign_in_by_hour')],
                'constraints': [models.UniqueConstraint(fields=('county', 'hour', 'address', 'name', 'proof'), name='people_failed_sign_in_once_an_hour')],
            },
        ),
    ]
