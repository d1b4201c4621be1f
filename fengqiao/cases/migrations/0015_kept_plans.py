"""What the two functions of the search say of each row that is written, said by functions whose plans a connection keeps.

They say what they said before, sign for sign: stored columns and indexes stand on them. One written in SQL is read and
planned anew by every statement that writes a row. They call nothing by a name that a restored dump could not find.
"""

from django.db import migrations

NOT_A_SIGN = r"[^0-9a-z\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
MAKE = rf"""
CREATE OR REPLACE FUNCTION search_bigrams(said text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $body$ BEGIN
    RETURN array_to_tsvector(ARRAY(
        SELECT substr(run, generate_series(1, length(run) - 1), 2)
        FROM regexp_split_to_table(lower(normalize(said, NFKC) COLLATE "C"), '{NOT_A_SIGN}') AS run
    ));  -- which takes what comes twice once
END $body$;

CREATE OR REPLACE FUNCTION search_placed(said tsvector, path text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $body$ BEGIN
    RETURN array_to_tsvector(
        ARRAY(SELECT split_part(path, '.', 3) || pair FROM unnest(tsvector_to_array(said)) AS pair)
        || string_to_array('@' || replace(path, '.', '.@'), '.')
    );
END $body$;
"""
BEFORE = rf"""
CREATE OR REPLACE FUNCTION search_bigrams(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT substr(run, i, 2))), ''::tsvector)
    FROM regexp_split_to_table(search_flat(said), '{NOT_A_SIGN}') AS run, generate_series(1, length(run) - 1) AS i
);

CREATE OR REPLACE FUNCTION search_placed(said tsvector, path text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_tsvector(
    ARRAY(SELECT split_part(path, '.', 3) || pair FROM unnest(tsvector_to_array(said)) AS pair)
    || string_to_array('@' || replace(path, '.', '.@'), '.')
);
"""


class Migration(migrations.Migration):

    dependencies = [("cases", "0014_placed")]

    operations = [migrations.RunSQL(MAKE, BEFORE)]
