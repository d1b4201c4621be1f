import django.db.models.deletion
import fengqiao.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_places_on_the_log'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.UUIDField(default=fengqiao.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('session', models.CharField(max_length=40, verbose_name='session')),
                ('agent', models.CharField(blank=True, default='', max_length=300, verbose_name='browser')),
                ('address', models.CharField(blank=True, default='', max_length=45, verbose_name='address')),
                ('began_at', models.DateTimeField(verbose_name='began')),
                ('seen_at', models.DateTimeField(verbose_name='last seen')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'sign-in',
                'indexes': [models.Index(fields=['user', 'seen_at'], name='people_sign_in_by_user')],
                'constraints': [models.UniqueConstraint(fields=('county', 'session'), name='people_sign_in_once_a_session')],
            },
        ),
    ]
