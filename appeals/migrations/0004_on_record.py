from django.db import migrations

FORBID = """
CREATE TRIGGER breach_identity_frozen BEFORE DELETE
    OR UPDATE OF id, clock_id, appeal_id, agency_id, officer_id, kind, is_official, due_on, detected_on
    ON appeals_breach FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
CREATE TRIGGER explanation_append_only BEFORE UPDATE OR DELETE ON appeals_breachexplanation
    FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
CREATE TRIGGER review_append_only BEFORE UPDATE OR DELETE ON appeals_breachreview
    FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
CREATE TRIGGER measure_append_only BEFORE UPDATE OR DELETE ON appeals_breachmeasure
    FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
CREATE TRIGGER annulment_append_only BEFORE UPDATE OR DELETE ON appeals_breachannulment
    FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
CREATE TRIGGER change_append_only BEFORE UPDATE OR DELETE ON appeals_duechange
    FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
CREATE TRIGGER erratum_append_only BEFORE UPDATE OR DELETE ON appeals_erratum
    FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
"""

ALLOW = """
DROP TRIGGER breach_identity_frozen ON appeals_breach;
DROP TRIGGER explanation_append_only ON appeals_breachexplanation;
DROP TRIGGER review_append_only ON appeals_breachreview;
DROP TRIGGER measure_append_only ON appeals_breachmeasure;
DROP TRIGGER annulment_append_only ON appeals_breachannulment;
DROP TRIGGER change_append_only ON appeals_duechange;
DROP TRIGGER erratum_append_only ON appeals_erratum;
"""


class Migration(migrations.Migration):
    """What follows from a breach stays as it was written, too."""

    dependencies = [("appeals", "0003_the_clock")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
