from django.db import migrations

FORBID = """
CREATE FUNCTION appeals_forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON appeals_event
    FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
CREATE TRIGGER access_append_only BEFORE UPDATE OR DELETE ON appeals_accessrecord
    FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
CREATE TRIGGER anchor_append_only BEFORE UPDATE OR DELETE ON appeals_anchor
    FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
CREATE TRIGGER delta_never_changes BEFORE UPDATE ON appeals_countdelta
    FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
CREATE TRIGGER breach_identity_frozen BEFORE DELETE
    OR UPDATE OF id, clock_id, appeal_id, agency_id, officer_id, kind, is_official, due_on, detected_on
    ON appeals_breach FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
"""

ALLOW = """
DROP TRIGGER event_append_only ON appeals_event;
DROP TRIGGER access_append_only ON appeals_accessrecord;
DROP TRIGGER anchor_append_only ON appeals_anchor;
DROP TRIGGER delta_never_changes ON appeals_countdelta;
DROP TRIGGER breach_identity_frozen ON appeals_breach;
DROP FUNCTION appeals_forbid_change();
"""


class Migration(migrations.Migration):
    """What is on record stays as it was written: the database refuses to change it."""

    dependencies = [("appeals", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
