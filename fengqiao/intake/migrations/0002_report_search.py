import django.contrib.postgres.indexes
import django.contrib.postgres.search
import fengqiao.cases.searching
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_search_functions'),
        ('intake', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=fengqiao.cases.searching.Bigrams(models.F('code'), models.F('title'), models.F('text'), models.F('place')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='report',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='intake_by_pairs_of_signs'),
        ),
    ]
