"""By which path a report is read: the database keeps it, so that no road by which a case moves can forget it."""

from django.db import migrations, models

# Before the trigger is there: with it every row's pairs of signs would be made anew.
FILL = """
UPDATE intake_report AS report SET read_path = CASE
    WHEN report.case_id IS NULL THEN report.path
    ELSE (SELECT CASE WHEN is_restricted THEN '' ELSE path END FROM cases_case WHERE id = report.case_id)
END;
"""
MAKE = r"""
CREATE FUNCTION intake_keep_read_path() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.case_id IS NULL THEN
        NEW.read_path := NEW.path;
    ELSE
        SELECT CASE WHEN is_restricted THEN '' ELSE path END INTO NEW.read_path FROM cases_case WHERE id = NEW.case_id;
        NEW.read_path := coalesce(NEW.read_path, '');  -- no such case: the foreign key refuses it at the end
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER intake_read_path BEFORE INSERT OR UPDATE ON intake_report
    FOR EACH ROW EXECUTE FUNCTION intake_keep_read_path();

CREATE FUNCTION intake_follow_case() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE intake_report SET read_path = '' WHERE case_id = NEW.id;  -- the other function says what it is
    RETURN NULL;
END $$;
CREATE TRIGGER intake_case_moved AFTER UPDATE ON cases_case FOR EACH ROW
    WHEN (OLD.path <> NEW.path OR OLD.is_restricted <> NEW.is_restricted) EXECUTE FUNCTION intake_follow_case();

-- A loader that switches triggers off would leave rows that nobody can read.
ALTER TABLE intake_report ENABLE ALWAYS TRIGGER intake_read_path;
ALTER TABLE cases_case ENABLE ALWAYS TRIGGER intake_case_moved;
"""
DROP = """
DROP TRIGGER intake_case_moved ON cases_case;
DROP FUNCTION intake_follow_case();
DROP TRIGGER intake_read_path ON intake_report;
DROP FUNCTION intake_keep_read_path();
"""


class Migration(migrations.Migration):

    dependencies = [("intake", "0006_errand"), ("cases", "0010_lists")]

    operations = [
        # First what each row would have to be entered in again.
        migrations.RemoveIndex(
            model_name="report",
            name="intake_by_county_due",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="intake_by_path_received",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="intake_by_case",
        ),
        migrations.RemoveIndex(
            model_name="report",
            name="intake_by_pairs_of_signs",
        ),
        migrations.AddField(
            model_name="report",
            name="read_path",
            field=models.CharField(db_collation="C", default="", editable=False, max_length=150),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(MAKE, DROP),
    ]
