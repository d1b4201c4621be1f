import django.contrib.postgres.indexes
import django.contrib.postgres.search
import fengqiao.cases.searching
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_search_functions'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=fengqiao.cases.searching.Bigrams(models.Func(models.F('number'), models.Value('-'), models.Value(''), function='replace', output_field=models.TextField()), models.F('title'), models.F('public_reply')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='case',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='cases_by_pairs_of_signs'),
        ),
    ]
