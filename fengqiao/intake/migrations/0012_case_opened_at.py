"""A report keeps when its case was opened, so that a list of cases is found by words without reading the cases."""

import django.contrib.postgres.indexes
from django.db import migrations, models

import fengqiao.cases.searching
import fengqiao.places.scope

# The table is written anew once, with its indexes: row by row each of them would be entered in again.
FILL = """
CREATE FUNCTION intake_opened_at(of uuid) RETURNS timestamptz LANGUAGE sql STABLE STRICT
RETURN (SELECT opened_at FROM cases_case WHERE id = of);
ALTER TABLE intake_report ALTER COLUMN case_opened_at TYPE timestamptz USING intake_opened_at(case_id);
DROP FUNCTION intake_opened_at(uuid);
"""
KEEP = r"""
CREATE OR REPLACE FUNCTION intake_keep_read_path() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.case_id IS NULL THEN
        NEW.read_path := NEW.path;
        NEW.case_opened_at := NULL;
    ELSE
        SELECT CASE WHEN is_restricted THEN '' ELSE path END, opened_at INTO NEW.read_path, NEW.case_opened_at
            FROM cases_case WHERE id = NEW.case_id;
        NEW.read_path := coalesce(NEW.read_path, '');  -- no such case: the foreign key refuses it at the end
    END IF;
    RETURN NEW;
END $$;
"""
KEPT_BEFORE = r"""
CREATE OR REPLACE FUNCTION intake_keep_read_path() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.case_id IS NULL THEN
        NEW.read_path := NEW.path;
    ELSE
        SELECT CASE WHEN is_restricted THEN '' ELSE path END INTO NEW.read_path FROM cases_case WHERE id = NEW.case_id;
        NEW.read_path := coalesce(NEW.read_path, '');  -- no such case: the foreign key refuses it at the end
    END IF;
    RETURN NEW;
END $$;
"""
FOLLOW = """
DROP TRIGGER intake_case_moved ON cases_case;
CREATE TRIGGER intake_case_moved AFTER UPDATE ON cases_case FOR EACH ROW
    WHEN ({changed}) EXECUTE FUNCTION intake_follow_case();
ALTER TABLE cases_case ENABLE ALWAYS TRIGGER intake_case_moved;
"""
MOVED = "OLD.path <> NEW.path OR OLD.is_restricted <> NEW.is_restricted"
NAME = "intake_by_pairs_and_place"


class Migration(migrations.Migration):

    dependencies = [("intake", "0011_party_channel"), ("cases", "0014_placed")]

    operations = [
        migrations.RemoveIndex("report", NAME),  # or it would be made anew twice
        migrations.AddField("report", "case_opened_at", models.DateTimeField(editable=False, null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, KEPT_BEFORE),
        migrations.RunSQL(
            FOLLOW.format(changed=f"{MOVED} OR OLD.opened_at <> NEW.opened_at"), FOLLOW.format(changed=MOVED)
        ),
        migrations.AddIndex(
            "report", django.contrib.postgres.indexes.GinIndex(fengqiao.cases.searching.Placed("read_path"), name=NAME)
        ),
        migrations.AddIndex(
            "report",
            models.Index(
                fengqiao.places.scope.PathPart("read_path", part=3),
                models.F("case_opened_at"),
                models.F("case"),
                condition=models.Q(("case__isnull", False)),
                name="intake_case_county",
            ),
        ),
        migrations.RunSQL("ANALYZE intake_report;", migrations.RunSQL.noop),
    ]
