"""The two functions of the search. They call nothing by a name that a restored dump could not find, and are never changed:
stored columns stand on them, so another reading would be another function."""

from django.db import migrations

MAKE = r"""
CREATE FUNCTION search_flat(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(normalize(said, NFKC) COLLATE "C");

CREATE FUNCTION search_bigrams(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT substr(run, i, 2))), ''::tsvector)
    FROM regexp_split_to_table(
        search_flat(said), '[^0-9a-z\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+'
    ) AS run, generate_series(1, length(run) - 1) AS i
);
"""
DROP = "DROP FUNCTION search_bigrams(text); DROP FUNCTION search_flat(text);"


class Migration(migrations.Migration):

    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunSQL(MAKE, DROP)]
