"""The places a path leads through, as marks beside the pairs of signs. Never changed: an index stands on it."""

from django.db import migrations

MAKE = r"""
CREATE FUNCTION search_marks(path text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_tsvector(string_to_array('@' || replace(path, '.', '.@'), '.'));
"""


class Migration(migrations.Migration):

    dependencies = [("cases", "0008_assist_progress")]

    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION search_marks(text);")]
