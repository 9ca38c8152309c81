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

# what was annulled before this column was there
EXCUSED = """
UPDATE appeals_clock AS clock SET excused_on = breach.annulled_on FROM appeals_breach AS breach
WHERE breach.annulled_on IS NOT NULL AND breach.clock_id = clock.id AND breach.detected_on = clock.breached_on
  AND NOT EXISTS (SELECT FROM appeals_breach AS s WHERE s.clock_id = clock.id AND s.annulled_on IS NULL);
UPDATE appeals_appeal AS appeal SET next_due_on = COALESCE(
  (SELECT min(clock.due_on) FROM appeals_clock AS clock
   WHERE clock.appeal_id = appeal.id AND clock.agency_id = appeal.agency_id AND clock.owed_by = 'body'
     AND clock.met_on IS NULL AND clock.cancelled_on IS NULL AND NOT clock.is_held AND clock.excused_on IS NULL),
  '9999-12-31')
WHERE id IN (SELECT appeal_id FROM appeals_clock WHERE excused_on IS NOT NULL);
"""


class Migration(migrations.Migration):
    """Texts that share a band are found by the index.

    Of numbers that are almost all different the planner knows nothing: it takes each for one row in two
    hundred, and with a limit would rather read the whole table.
    """

    dependencies = [("appeals", "0005_routing")]
    operations = [
        migrations.RunSQL(ALIKE, "DROP FUNCTION appeals_alike(integer[], date, integer)"),
        migrations.AddField(
            "clock", "excused_on", models.DateField(blank=True, null=True, verbose_name="breach annulled")
        ),
        migrations.RunSQL(EXCUSED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "clock",
            models.CheckConstraint(
                condition=models.Q(excused_on=None) | models.Q(breached_on__isnull=False),
                name="clock_excused_of_a_breach",
                violation_error_message="Only what was broken can be excused.",
            ),
        ),
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
