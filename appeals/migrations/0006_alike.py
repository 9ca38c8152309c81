from django.db import migrations

ALIKE = """
CREATE FUNCTION appeals_alike(sought integer[], since date, most integer)
RETURNS TABLE (appeal_id bigint, hashes integer[])
LANGUAGE sql STABLE ROWS 100
SET enable_seqscan = off
SET jit = off
AS $$
    SELECT signed.appeal_id, signed.hashes FROM appeals_signature AS signed
    WHERE signed.bands && sought AND signed."on" >= since
    LIMIT most
$$;
"""


class Migration(migrations.Migration):
    """Texts that share a band are found by the index.

    Of numbers that are almost all different the planner knows nothing: it takes each for one row in two
    hundred, and with a limit would rather read the whole table.
    """

    dependencies = [("appeals", "0005_routing")]
    operations = [migrations.RunSQL(ALIKE, "DROP FUNCTION appeals_alike(integer[], date, integer)")]
