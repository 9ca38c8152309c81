from django.db import migrations, models

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
    operations = [
        migrations.RunSQL(ALIKE, "DROP FUNCTION appeals_alike(integer[], date, integer)"),
        # a body that let an appeal go may still owe the file while the next holder is asked for it
        migrations.RemoveConstraint("clock", "clock_one_running_a_kind"),
        migrations.AddConstraint(
            "clock",
            models.UniqueConstraint(
                condition=models.Q(cancelled_on=None, met_on=None),
                fields=("appeal", "kind", "agency", "officer"),
                name="clock_one_running_a_kind",
                nulls_distinct=False,
                violation_error_message="This term is already running.",
            ),
        ),
    ]
