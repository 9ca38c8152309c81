from django.db import migrations, models

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

AXES = [
    ("total", "Total"),
    ("agency", "Body"),
    ("region", "Region"),
    ("channel", "Channel"),
    ("form", "Form"),
    ("kind", "Kind"),
    ("topic", "Topic"),
    ("clock", "Term"),
    ("cause", "Cause"),
    ("days", "Days to answer"),
]
CAUSES = [
    ("workload", "Too many appeals for the staff"),
    ("absence", "Absence or change of the officer"),
    ("neglect", "Neglect by the officer"),
    ("supervision", "Lack of control by the head"),
    ("other_body", "Information from another body came late"),
    ("wrong_door", "The appeal came to the wrong body"),
    ("complexity", "The matter is complex or needs a check on site"),
    ("technical", "Technical failure"),
    ("recording", "Done in time, recorded late"),
    ("other", "Other"),
]


class Migration(migrations.Migration):
    """Terms excused by an annulment, a term for the file of each holder, breaches counted by cause.

    `manage.py rebuild_counts` counts those on record by their cause.
    """

    dependencies = [("appeals", "0006_alike")]
    operations = [
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
        migrations.AddField("countdelta", "cause", models.CharField(blank=True, choices=CAUSES, max_length=16)),
        migrations.AlterField("daycount", "axis", models.CharField(choices=AXES, max_length=16, verbose_name="axis")),
        migrations.AlterField("monthcount", "axis", models.CharField(choices=AXES, max_length=16, verbose_name="axis")),
    ]
