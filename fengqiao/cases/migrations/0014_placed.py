"""Pairs of signs with their county before them: an index reads what one county says, and nothing of the others."""

import django.contrib.postgres.indexes
from django.db import migrations

import fengqiao.cases.searching

# Never changed: indexes stand on it.
MAKE = r"""
CREATE FUNCTION search_placed(said tsvector, path text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_tsvector(
    ARRAY(SELECT split_part(path, '.', 3) || pair FROM unnest(tsvector_to_array(said)) AS pair)
    || string_to_array('@' || replace(path, '.', '.@'), '.')
);
"""
NAME = "cases_by_pairs_and_place"


class Migration(migrations.Migration):

    dependencies = [("cases", "0013_tiers_of_mediation")]

    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION search_placed(tsvector, text);"),
        migrations.RemoveIndex("case", NAME),
        migrations.AddIndex(
            "case", django.contrib.postgres.indexes.GinIndex(fengqiao.cases.searching.Placed("path"), name=NAME)
        ),
        migrations.RunSQL("ANALYZE cases_case;", migrations.RunSQL.noop),
    ]
