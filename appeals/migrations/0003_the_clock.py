import django.db.models.deletion
from django.db import migrations, models


# A column a trigger names cannot change its type: the trigger is made anew by the next migration.
FREEZE = """
CREATE TRIGGER breach_identity_frozen BEFORE DELETE
    OR UPDATE OF id, clock_id, appeal_id, agency_id, officer_id, kind, is_official, due_on, detected_on
    ON appeals_breach FOR EACH ROW EXECUTE FUNCTION appeals_forbid_change();
"""
CAP = """
UPDATE appeals_term SET extension_cap = 2, extension_unit = 'month', extension_from = 'decision',
    stops_for_correction = true WHERE extendable AND valid_from >= '2021-07-01';
UPDATE appeals_term SET extension_cap = 30, extension_unit = 'calendar', extension_from = 'due'
    WHERE extendable AND extension_cap IS NULL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('appeals', '0002_append_only'),
    ]

    operations = [
        migrations.RunSQL("DROP TRIGGER breach_identity_frozen ON appeals_breach", FREEZE),
        migrations.CreateModel(
            name='BreachAnnulment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'annulment of a breach',
                'verbose_name_plural': 'annulments of breaches',
            },
        ),
        migrations.CreateModel(
            name='BreachExplanation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(choices=[('workload', 'Too many appeals for the staff'), ('absence', 'Absence or change of the officer'), ('neglect', 'Neglect by the officer'), ('supervision', 'Lack of control by the head'), ('other_body', 'Information from another body came late'), ('wrong_door', 'The appeal came to the wrong body'), ('complexity', 'The matter is complex or needs a check on site'), ('technical', 'Technical failure'), ('recording', 'Done in time, recorded late'), ('other', 'Other')], max_length=16, verbose_name='cause')),
                ('text', models.TextField(verbose_name='explanation')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'explanation of a breach',
                'verbose_name_plural': 'explanations of breaches',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='BreachMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('remark', 'Remark'), ('reprimand', 'Reprimand'), ('severe_reprimand', 'Severe reprimand'), ('incomplete_compliance', 'Warning of incomplete compliance with the post'), ('dismissal', 'Dismissal from the post'), ('discussion', 'Discussed with the officer, no penalty'), ('organisational', 'Organisational measure')], max_length=24, verbose_name='measure taken')),
                ('taken_on', models.DateField(verbose_name='date of the order')),
                ('order_number', models.CharField(blank=True, max_length=60, verbose_name='number of the order')),
                ('at', models.DateTimeField(verbose_name='entered')),
            ],
            options={
                'verbose_name': 'measure for a breach',
                'verbose_name_plural': 'measures for breaches',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='BreachReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('accepted', 'Accepted'), ('insufficient', 'Not sufficient: explain further'), ('measures_due', 'Measures are to be taken')], max_length=16, verbose_name='verdict')),
                ('text', models.TextField(blank=True, verbose_name='remark')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'review of a breach',
                'verbose_name_plural': 'reviews of breaches',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='CoExecution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(verbose_name='what is asked')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
            ],
            options={
                'verbose_name': 'part of a co-executor',
                'verbose_name_plural': 'parts of co-executors',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DueChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(choices=[('extended', 'Extended'), ('held', 'The applicant was asked for a correction'), ('calendar', 'The working calendar was changed')], max_length=16, verbose_name='cause')),
                ('was', models.DateField(verbose_name='was')),
                ('became', models.DateField(verbose_name='became')),
                ('on', models.DateField(verbose_name='on')),
            ],
            options={
                'verbose_name': 'move of a last day',
                'verbose_name_plural': 'moves of last days',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Erratum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='correction')),
                ('signed_at', models.DateTimeField(verbose_name='signed')),
            ],
            options={
                'verbose_name': 'erratum',
                'verbose_name_plural': 'errata',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField(verbose_name='until')),
                ('reason', models.TextField(verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided')),
                ('is_granted', models.BooleanField(blank=True, null=True, verbose_name='granted')),
            ],
            options={
                'verbose_name': 'extension',
                'verbose_name_plural': 'extensions',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notified_on', models.DateField(blank=True, null=True, verbose_name='made known')),
                ('decision', models.TextField(blank=True, verbose_name='preliminary decision')),
                ('way', models.CharField(blank=True, choices=[('written', 'In writing'), ('in_person', 'In person'), ('video', 'By video link')], max_length=16, verbose_name='way')),
                ('objection', models.TextField(blank=True, verbose_name='objection of the applicant')),
                ('objected_on', models.DateField(blank=True, null=True, verbose_name='objected')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='held')),
                ('protocol', models.TextField(blank=True, verbose_name='protocol')),
                ('ground', models.CharField(blank=True, choices=[('favourable', "The decision favours the applicant and touches nobody else's rights"), ('urgent', 'The decision cannot wait; the reasons are stated'), ('asked', 'The applicant asked for none'), ('short_term', 'The law gives fewer than five working days'), ('court_act', 'The decision carries out an act of a court'), ('automated', 'The decision leaves nothing to discretion')], max_length=16, verbose_name='why none is needed')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'hearing',
                'verbose_name_plural': 'hearings',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status_before', models.CharField(choices=[('registered', 'Registered'), ('assigned', 'With an officer'), ('in_review', 'Under review'), ('on_hold', 'Waiting for the applicant'), ('answered', 'Answered'), ('returned', 'Returned without review'), ('terminated', 'Terminated'), ('withdrawn', 'Withdrawn by the applicant')], max_length=16, verbose_name='status before')),
                ('held_on', models.DateField(verbose_name='held since')),
                ('resumed_on', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'verbose_name': 'hold',
                'verbose_name_plural': 'holds',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LadderStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clock', models.CharField(blank=True, choices=[('registration', 'Registration'), ('forwarding', 'Forwarding'), ('passing_up', 'Passing a complaint up'), ('reply', 'Reply'), ('extension_notice', 'Telling of an extension'), ('return', 'Returning without review'), ('termination_notice', 'Telling of a termination'), ('co_executor', 'Answer of a co-executor'), ('file_access', 'Access to the case file'), ('execution', 'Execution of the decision'), ('correction', 'Correction by the applicant'), ('objection', 'Objection by the applicant'), ('hearing', 'Notice before an adverse decision')], max_length=24, verbose_name='clock')),
                ('working_days', models.SmallIntegerField(verbose_name='working days before the last day')),
                ('recipient', models.CharField(choices=[('executor', 'The officer of the case'), ('unit_head', 'Head of the unit'), ('head', 'Head of the body'), ('oversight', "President's Office")], max_length=16, verbose_name='tells')),
            ],
            options={
                'verbose_name': 'step of the ladder of warnings',
                'verbose_name_plural': 'steps of the ladder of warnings',
                'ordering': ['clock', '-working_days', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SpecialType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_kk', models.CharField(max_length=255, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=255, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=255, verbose_name='name in English')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('application', 'Application'), ('complaint', 'Complaint'), ('report', 'Report'), ('proposal', 'Proposal'), ('opinion', 'Opinion'), ('inquiry', 'Inquiry')], max_length=16, verbose_name='kind of appeal')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'special type',
                'verbose_name_plural': 'special types',
                'ordering': ['position', 'code'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='clock',
            name='clock_one_running_a_kind',
        ),
        migrations.RemoveIndex(
            model_name='clock',
            name='clock_newly_missed',
        ),
        migrations.AddField(
            model_name='appeal',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='appeals.appeal', verbose_name='part of'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='previous',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='appeals.appeal', verbose_name='follows on'),
        ),
        migrations.AddField(
            model_name='breach',
            name='annulled_on',
            field=models.DateField(blank=True, null=True, verbose_name='annulled'),
        ),
        migrations.AddField(
            model_name='breach',
            name='cause',
            field=models.CharField(blank=True, choices=[('workload', 'Too many appeals for the staff'), ('absence', 'Absence or change of the officer'), ('neglect', 'Neglect by the officer'), ('supervision', 'Lack of control by the head'), ('other_body', 'Information from another body came late'), ('wrong_door', 'The appeal came to the wrong body'), ('complexity', 'The matter is complex or needs a check on site'), ('technical', 'Technical failure'), ('recording', 'Done in time, recorded late'), ('other', 'Other')], max_length=16, verbose_name='cause'),
        ),
        migrations.AddField(
            model_name='clock',
            name='given_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='working days an official gave'),
        ),
        migrations.AddField(
            model_name='clock',
            name='is_held',
            field=models.BooleanField(default=False, verbose_name='stands still'),
        ),
        migrations.AddField(
            model_name='clock',
            name='officer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='agencies.officer', verbose_name='co-executor'),
        ),
        migrations.AddField(
            model_name='clock',
            name='warned',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='warnings given'),
        ),
        migrations.AddField(
            model_name='countdelta',
            name='n',
            field=models.SmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='notice',
            name='posted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='posted by'),
        ),
        migrations.AddField(
            model_name='reply',
            name='needs_execution',
            field=models.BooleanField(default=False, verbose_name='is still to be carried out'),
        ),
        migrations.AddField(
            model_name='term',
            name='extension_cap',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='longest extension'),
        ),
        migrations.AddField(
            model_name='term',
            name='extension_from',
            field=models.CharField(blank=True, choices=[('decision', 'the day of the decision'), ('due', 'the last day of the term')], max_length=10, verbose_name='extension counted from'),
        ),
        migrations.AddField(
            model_name='term',
            name='extension_unit',
            field=models.CharField(blank=True, choices=[('working', 'working days'), ('calendar', 'calendar days'), ('month', 'months')], max_length=10, verbose_name='unit of the extension'),
        ),
        migrations.AddField(
            model_name='term',
            name='stops_for_correction',
            field=models.BooleanField(default=False, verbose_name='stands still while the applicant corrects'),
        ),
        migrations.RunSQL(CAP, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='term',
            name='extendable',
        ),
        migrations.AlterField(
            model_name='breach',
            name='clock',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='appeals.clock'),
        ),
        migrations.AlterField(
            model_name='breach',
            name='kind',
            field=models.CharField(choices=[('registration', 'Registration'), ('forwarding', 'Forwarding'), ('passing_up', 'Passing a complaint up'), ('reply', 'Reply'), ('extension_notice', 'Telling of an extension'), ('return', 'Returning without review'), ('termination_notice', 'Telling of a termination'), ('co_executor', 'Answer of a co-executor'), ('file_access', 'Access to the case file'), ('execution', 'Execution of the decision'), ('correction', 'Correction by the applicant'), ('objection', 'Objection by the applicant'), ('hearing', 'Notice before an adverse decision')], max_length=24, verbose_name='term'),
        ),
        migrations.AlterField(
            model_name='clock',
            name='kind',
            field=models.CharField(choices=[('registration', 'Registration'), ('forwarding', 'Forwarding'), ('passing_up', 'Passing a complaint up'), ('reply', 'Reply'), ('extension_notice', 'Telling of an extension'), ('return', 'Returning without review'), ('termination_notice', 'Telling of a termination'), ('co_executor', 'Answer of a co-executor'), ('file_access', 'Access to the case file'), ('execution', 'Execution of the decision'), ('correction', 'Correction by the applicant'), ('objection', 'Objection by the applicant'), ('hearing', 'Notice before an adverse decision')], max_length=24, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='countdelta',
            name='clock',
            field=models.CharField(blank=True, choices=[('registration', 'Registration'), ('forwarding', 'Forwarding'), ('passing_up', 'Passing a complaint up'), ('reply', 'Reply'), ('extension_notice', 'Telling of an extension'), ('return', 'Returning without review'), ('termination_notice', 'Telling of a termination'), ('co_executor', 'Answer of a co-executor'), ('file_access', 'Access to the case file'), ('execution', 'Execution of the decision'), ('correction', 'Correction by the applicant'), ('objection', 'Objection by the applicant'), ('hearing', 'Notice before an adverse decision')], max_length=24),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('registered', 'Registered'), ('routed', 'Body determined'), ('accepted', 'Accepted by the body'), ('assigned', 'Assigned to an officer'), ('forwarded', 'Forwarded by competence'), ('review_begun', 'Review begun'), ('reply_prepared', 'Reply prepared'), ('answered', 'Answered'), ('returned', 'Returned without review'), ('terminated', 'Terminated'), ('breached', 'Term broken'), ('extension_asked', 'Extension asked for'), ('extended', 'Term extended'), ('extension_refused', 'Extension refused'), ('held', 'Correction asked of the applicant'), ('resumed', 'Corrected by the applicant'), ('lapsed', "Applicant's term ran out"), ('withdrawn', 'Withdrawn by the applicant'), ('forwarded_in_part', 'Forwarded in part'), ('reclassified', 'Reclassified'), ('contacts_corrected', 'Contacts corrected'), ('reply_corrected', 'Error in the answer corrected'), ('hearing_notified', 'Preliminary decision made known'), ('objected', 'Objection of the applicant'), ('hearing_held', 'Hearing held'), ('hearing_waived', 'No hearing needed'), ('co_executor_asked', 'Co-executor asked'), ('co_executor_answered', 'Co-executor answered'), ('file_asked', 'Access to the case file asked for'), ('file_shown', 'Case file shown to the applicant'), ('executed', 'Decision carried out'), ('due_moved', 'Last day moved'), ('notice_posted', 'Message sent by post'), ('breach_explained', 'Breach explained by the body'), ('breach_reviewed', 'Explanation of a breach reviewed'), ('measure_taken', 'Measure taken for a breach'), ('breach_annulled', 'Breach annulled')], max_length=24, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='appeal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='appeals.appeal'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('registered', 'Appeal registered'), ('forwarded', 'Appeal forwarded'), ('answered', 'Appeal answered'), ('returned', 'Appeal returned'), ('terminated', 'Review terminated'), ('term_expired', 'The term for the reply has run out'), ('breach', 'A term was broken'), ('extended', 'Term extended'), ('correction_needed', 'Something is missing in the appeal'), ('correction_lapsed', 'What was missing was not supplied in time'), ('withdrawn', 'Appeal withdrawn'), ('forwarded_in_part', 'Appeal forwarded in part'), ('reclassified', 'Appeal reclassified'), ('reply_corrected', 'Error in the answer corrected'), ('hearing', 'Preliminary decision'), ('file_shown', 'Case file can be seen'), ('executed', 'Decision carried out'), ('warning', 'A term runs out soon'), ('extension_asked', 'An extension awaits your decision'), ('co_executor_asked', 'Your part of an answer is asked for'), ('due_moved', 'Last day moved'), ('digest', 'Terms of your body today')], max_length=24, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='term',
            name='clock',
            field=models.CharField(choices=[('registration', 'Registration'), ('forwarding', 'Forwarding'), ('passing_up', 'Passing a complaint up'), ('reply', 'Reply'), ('extension_notice', 'Telling of an extension'), ('return', 'Returning without review'), ('termination_notice', 'Telling of a termination'), ('co_executor', 'Answer of a co-executor'), ('file_access', 'Access to the case file'), ('execution', 'Execution of the decision'), ('correction', 'Correction by the applicant'), ('objection', 'Objection by the applicant'), ('hearing', 'Notice before an adverse decision')], max_length=24, verbose_name='clock'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(models.F('due_on'), condition=models.Q(('breached_on', None), ('cancelled_on', None), ('is_held', False), ('met_on', None), ('owed_by', 'body')), name='clock_newly_missed'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(models.F('kind'), models.F('warned'), models.F('due_on'), models.F('id'), condition=models.Q(('cancelled_on', None), ('is_held', False), ('met_on', None), ('owed_by', 'body')), name='clock_newly_near'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(models.F('due_on'), condition=models.Q(('cancelled_on', None), ('met_on', None), ('owed_by', 'applicant')), name='clock_newly_lapsed'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(models.F('agency'), condition=models.Q(('cancelled_on', None), ('kind__in', ('execution', 'file_access', 'termination_notice')), ('met_on', None)), name='clock_still_owed'),
        ),
        migrations.AddIndex(
            model_name='breach',
            index=models.Index(models.F('agency'), condition=models.Q(('annulled_on', None), ('cause', '')), name='breach_unexplained'),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.UniqueConstraint(condition=models.Q(('annulled_on', None)), fields=('clock',), name='breach_once_a_clock', violation_error_message='This breach is already on record.'),
        ),
        migrations.AddConstraint(
            model_name='clock',
            constraint=models.CheckConstraint(condition=models.Q(('owed_by', 'body'), ('breached_on', None), _connector='OR'), name='clock_of_an_applicant_never_breached', violation_error_message='What the applicant owes is never a breach.'),
        ),
        migrations.AddConstraint(
            model_name='clock',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_on', None), ('met_on', None)), fields=('appeal', 'kind', 'officer'), name='clock_one_running_a_kind', nulls_distinct=False, violation_error_message='This term is already running.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('appeal__isnull', False), ('officer__isnull', False), _connector='OR'), name='notice_of_an_appeal_or_to_an_officer', violation_error_message='A notice is about an appeal, or goes to an officer.'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('extension_cap__isnull', True), ('extension_from', ''), ('extension_unit', '')), models.Q(('extension_cap__isnull', False), models.Q(('extension_unit', ''), _negated=True), models.Q(('extension_from', ''), _negated=True)), _connector='OR'), name='term_cap_is_whole', violation_error_message='A longest extension has a length, a unit and a day it is counted from.'),
        ),
        migrations.AddField(
            model_name='breachannulment',
            name='breach',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='annulment', to='appeals.breach'),
        ),
        migrations.AddField(
            model_name='breachannulment',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='by'),
        ),
        migrations.AddField(
            model_name='breachexplanation',
            name='breach',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='appeals.breach'),
        ),
        migrations.AddField(
            model_name='breachexplanation',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='by'),
        ),
        migrations.AddField(
            model_name='breachmeasure',
            name='breach',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='appeals.breach'),
        ),
        migrations.AddField(
            model_name='breachmeasure',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='entered by'),
        ),
        migrations.AddField(
            model_name='breachmeasure',
            name='officer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='who was answerable'),
        ),
        migrations.AddField(
            model_name='breachreview',
            name='breach',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='appeals.breach'),
        ),
        migrations.AddField(
            model_name='breachreview',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='by'),
        ),
        migrations.AddField(
            model_name='coexecution',
            name='appeal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='co_executions', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='coexecution',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='coexecution',
            name='clock',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='co_execution', to='appeals.clock'),
        ),
        migrations.AddField(
            model_name='coexecution',
            name='officer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='co-executor'),
        ),
        migrations.AddField(
            model_name='duechange',
            name='clock',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='appeals.clock'),
        ),
        migrations.AddField(
            model_name='erratum',
            name='reply',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='errata', to='appeals.reply'),
        ),
        migrations.AddField(
            model_name='erratum',
            name='signed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='signed by'),
        ),
        migrations.AddField(
            model_name='extension',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='extension',
            name='clock',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='appeals.clock'),
        ),
        migrations.AddField(
            model_name='extension',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='body'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='appeal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hearings', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.officer', verbose_name='by'),
        ),
        migrations.AddField(
            model_name='hold',
            name='appeal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='hold',
            name='clock',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='appeals.clock'),
        ),
        migrations.AddConstraint(
            model_name='ladderstep',
            constraint=models.UniqueConstraint(fields=('clock', 'working_days', 'recipient'), name='ladder_step_once', violation_error_message='This step is already entered.'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_on', None)), fields=('clock',), name='extension_one_undecided', violation_error_message='An extension is already asked for.'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('decided_on', None), ('is_granted', None)), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), ('is_granted__isnull', False)), _connector='OR'), name='extension_decided_whole', violation_error_message='A decision on an extension names who decided, when and how.'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', ''), ('notified_on__isnull', False), models.Q(('decision', ''), _negated=True), models.Q(('way', ''), _negated=True)), models.Q(('notified_on__isnull', True), models.Q(('ground', ''), _negated=True)), _connector='OR'), name='hearing_notified_or_waived', violation_error_message='A hearing is made known with the preliminary decision, or it is waived.'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_on__isnull', True), ('protocol', '')), ('held_on__isnull', False), _connector='OR'), name='hearing_held_with_protocol', violation_error_message='A protocol has the date of the hearing.'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(fields=('appeal', 'clock'), name='hold_once_a_clock', nulls_distinct=False, violation_error_message='The applicant was already asked for a correction once.'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('resumed_on', None), ('resumed_on__gte', models.F('held_on')), _connector='OR'), name='hold_dates_in_order', violation_error_message='A hold cannot end before it began.'),
        ),
        migrations.AlterField(
            model_name='daycount',
            name='n',
            field=models.IntegerField(verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='monthcount',
            name='n',
            field=models.IntegerField(verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='term',
            name='unit',
            field=models.CharField(choices=[('working', 'working days'), ('calendar', 'calendar days'), ('month', 'months')], max_length=10, verbose_name='unit of the length'),
        ),
    ]
