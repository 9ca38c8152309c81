"""What an appeal is and is about is corrected; terms, counts and history follow."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from agencies.domain.calendar import calendar
from agencies.enums import Role
from agencies.models import Agency, Officer, Region, Topic
from appeals.domain.assignment import accept, assign, begin_review
from appeals.domain.breaches import note_missed
from appeals.domain.explanations import Code, clocks_of, explain_all
from appeals.domain.extensions import ask_extension, extend
from appeals.domain.forwarding import forward
from appeals.domain.history import faults
from appeals.domain.holds import hold, resume
from appeals.domain.reclassification import Classes, foreseen, reclassify
from appeals.domain.routing import office
from appeals.domain.statistics.folding import fold
from appeals.domain.statistics.rebuilding import differences
from appeals.domain.wording import names_in, told_to_applicant
from appeals.enums import ClockKind, DueCause, EventKind, Kind, NoticeKind, Status
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, CountDelta, Term
from tests.factories import MONDAY, make_appeal, make_officer

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FIFTEEN, TWENTY = date(2026, 2, 23), date(2026, 3, 2)  # working days after Monday 2 February 2026
SEVEN = date(2026, 2, 11)
ELSEWHERE = "akimat.education.kz-75"


@pytest.fixture
def head(db: None) -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def executor(db: None) -> Officer:
    return make_officer()


@pytest.fixture
def appeal(head: Officer, executor: Officer) -> Appeal:
    return assign(make_appeal(), executor, by=head, at=MONDAY)


def body(code: str = ELSEWHERE) -> Agency:
    return Agency.objects.get(code=code)


def classed(appeal: Appeal, by: Officer, at: Any = MONDAY + DAY, **to: Any) -> Appeal:
    appeal = Appeal.objects.get(pk=appeal.pk)
    return reclassify(appeal, replace(Classes.of(appeal), **to), reason="It was misread.", by=by, at=at)


def reply_clocks(appeal: Appeal) -> list[tuple[date, date, date | None]]:
    clocks = appeal.clocks.filter(kind=ClockKind.REPLY).order_by("pk")
    return [(clock.starts_on, clock.due_on, clock.cancelled_on) for clock in clocks]


def test_reclassify_topic_and_region_leaves_every_term_alone_and_tells_nobody(appeal, executor):
    clocks = list(appeal.clocks.values())
    owed = appeal.notices.count()

    classed(appeal, executor, topic=Topic.objects.get(code="education.school"), region=None)

    appeal.refresh_from_db()
    assert (appeal.topic.code, appeal.region) == ("education.school", None)
    assert list(appeal.clocks.values()) == clocks
    line = appeal.events.last()
    assert line.kind == EventKind.RECLASSIFIED
    assert line.data == {
        "topic": "education.school",
        "topic_was": "housing.utilities",
        "region": None,
        "region_was": "KZ-79",
    }
    assert appeal.notices.count() == owed


def test_reclassify_to_a_shorter_kind_starts_its_term_from_the_same_day(appeal, executor):
    classed(appeal, executor, kind=Kind.INQUIRY, special_type="media")

    started = MONDAY.date()
    assert reply_clocks(appeal) == [(started, FIFTEEN, (MONDAY + DAY).date()), (started, SEVEN, None)]
    appeal.refresh_from_db()
    assert (appeal.kind, appeal.special_type, appeal.next_due_on) == (Kind.INQUIRY, "media", SEVEN)
    assert appeal.status == Status.ASSIGNED


def test_reclassify_tells_old_and_new_term_and_last_day_in_codes_and_in_words(appeal, executor):
    classed(appeal, executor, kind=Kind.INQUIRY, special_type="media")

    line = appeal.events.select_related("words").last()
    assert line.data == {
        "kind": "inquiry", "kind_was": "application", "special_type": "media", "special_type_was": None,
        "clock": "reply", "length": 7, "unit": "working", "due_on": "2026-02-11",
        "clock_was": "reply", "length_was": 15, "unit_was": "working", "due_on_was": "2026-02-23",
    }  # fmt: skip
    told = told_to_applicant([line], names_in([line.data]))[0]
    assert told.title == "Reclassified"
    assert told.text == (
        "Kind: Application → Inquiry. Special type: not stated → Inquiry of a mass medium. "
        "Last day: 23 February 2026 (15 working days) → 11 February 2026 (7 working days). It was misread."
    )
    assert appeal.notices.filter(kind=NoticeKind.RECLASSIFIED).count() == 1
    assert list(faults(appeal.events.select_related("appeal", "words").order_by("seq"))) == []


def test_reclassify_twice_tells_the_applicant_twice(appeal, executor):
    classed(appeal, executor, kind=Kind.INQUIRY)
    classed(appeal, executor, kind=Kind.PROPOSAL)

    assert appeal.notices.filter(kind=NoticeKind.RECLASSIFIED).count() == 2


def test_reclassify_to_a_kind_with_the_same_term_keeps_its_clock(appeal, executor):
    classed(appeal, executor, kind=Kind.PROPOSAL)

    assert reply_clocks(appeal) == [(MONDAY.date(), FIFTEEN, None)]
    assert appeal.notices.filter(kind=NoticeKind.RECLASSIFIED).exists()


def test_reclassify_to_a_longer_term_by_the_assignee_is_refused_and_changes_nothing(appeal, executor):
    before = (appeal.events.count(), CountDelta.objects.count())

    with pytest.raises(Refused, match="from 23 February 2026 to 2 March 2026"):
        classed(appeal, executor, kind=Kind.COMPLAINT, complained_of=body())

    appeal.refresh_from_db()
    assert appeal.kind == Kind.APPLICATION
    assert reply_clocks(appeal) == [(MONDAY.date(), FIFTEEN, None)]
    assert (appeal.events.count(), CountDelta.objects.count()) == before


@pytest.mark.parametrize("role", [Role.HEAD, Role.DEPUTY])
def test_reclassify_to_a_longer_term_by_head_or_deputy_is_done(appeal, role):
    classed(appeal, make_officer(role=role), kind=Kind.COMPLAINT, complained_of=body())

    assert reply_clocks(appeal)[-1] == (MONDAY.date(), TWENTY, None)


def test_reclassify_after_a_correction_gives_its_days_back_again(appeal, executor, head):
    hold(appeal, missing="Your address.", days=5, by=executor, at=MONDAY + WEEK)
    resume(appeal, correction="Here it is.", by=executor, at=MONDAY + WEEK + 3 * DAY)
    assert reply_clocks(appeal)[0][1] == date(2026, 2, 26)

    Appeal.objects.filter(pk=appeal.pk).update(kind=Kind.PROPOSAL)
    appeal.refresh_from_db()
    longer = foreseen(appeal, replace(Classes.of(appeal), kind=Kind.INQUIRY, special_type="information"), on=MONDAY)
    assert longer.hold is None  # the law of this term lets nothing stand still
    classed(appeal, head, at=MONDAY + 2 * WEEK, kind=Kind.COMPLAINT, complained_of=body())
    assert reply_clocks(appeal)[-1][1] == TWENTY  # nor does that of a complaint
    classed(appeal, head, at=MONDAY + 2 * WEEK, kind=Kind.APPLICATION, complained_of=None)

    assert reply_clocks(appeal)[-1] == (MONDAY.date(), date(2026, 2, 26), None)
    given_back = appeal.clocks.get(kind=ClockKind.REPLY, cancelled_on=None)
    assert [(c.cause, c.was, c.became) for c in given_back.changes.all()] == [
        (DueCause.HELD, FIFTEEN, date(2026, 2, 26))
    ]
    assert given_back.holds.get().held_on == (MONDAY + WEEK).date()
    assert appeal.clocks.filter(kind=ClockKind.REPLY).first().holds.exists()


def test_every_term_of_a_reclassified_appeal_still_explains_itself(appeal, executor, head):
    hold(appeal, missing="Your address.", days=5, by=executor, at=MONDAY + WEEK)
    resume(appeal, correction="Here it is.", by=executor, at=MONDAY + WEEK + 3 * DAY)
    Term.objects.filter(clock=ClockKind.REPLY, kind=Kind.COMPLAINT).update(stops_for_correction=True)

    classed(appeal, head, at=MONDAY + 2 * WEEK, kind=Kind.COMPLAINT, complained_of=body())

    told = [clock.steps for clock in explain_all(clocks_of(appeal), calendar())]
    days = [next(step.facts["day"] for step in steps if step.code == Code.DUE) for steps in told]
    assert days == [clock.due_on for clock in clocks_of(appeal)]
    assert sum(step.code == Code.STOOD_STILL for steps in told for step in steps) == 2


def test_reclassify_while_a_correction_is_awaited_can_change_the_topic_and_not_the_kind(appeal, executor):
    hold(appeal, missing="Your address.", days=5, by=executor, at=MONDAY)

    with pytest.raises(Refused, match="End the wait first"):
        classed(appeal, executor, kind=Kind.PROPOSAL)

    assert classed(appeal, executor, topic=None).topic is None


def test_reclassify_after_an_extension_can_change_the_topic_and_not_the_kind(appeal, head):
    extend(appeal, until=date(2026, 3, 10), reason="A check on site.", by=head, at=MONDAY)

    for to in ({"kind": Kind.PROPOSAL}, {"kind": Kind.INQUIRY, "special_type": "media"}):
        with pytest.raises(Refused, match="The term was extended"):
            classed(appeal, head, **to)

    assert classed(appeal, head, topic=None).topic is None
    assert reply_clocks(appeal) == [(MONDAY.date(), date(2026, 3, 10), None)]


def test_reclassify_to_a_term_already_over_is_a_breach_at_once(appeal, executor):
    at = MONDAY + 2 * WEEK

    classed(appeal, executor, at=at, kind=Kind.INQUIRY, special_type="media")

    breach = appeal.breaches.get()
    assert (breach.kind, breach.due_on, breach.detected_on) == (ClockKind.REPLY, SEVEN, at.date())
    assert list(appeal.events.values_list("kind", flat=True))[-2:] == [EventKind.RECLASSIFIED, EventKind.BREACHED]
    assert note_missed(zone=appeal.agency.zone, on=at.date(), at=at, limit=10) == 0


def test_reclassify_what_is_late_already_counts_the_delay_once(appeal, executor):
    at = MONDAY + 4 * WEEK

    classed(appeal, executor, at=at, kind=Kind.INQUIRY, special_type="media")

    assert appeal.breaches.get().due_on == FIFTEEN
    assert note_missed(zone=appeal.agency.zone, on=at.date(), at=at, limit=10) == 0
    assert differences() == []


def test_reclassify_what_was_late_to_a_longer_term_keeps_the_breach_and_runs_on(appeal, head):
    at = MONDAY + 23 * DAY

    classed(appeal, head, at=at, kind=Kind.COMPLAINT, complained_of=body())

    assert appeal.breaches.get().due_on == FIFTEEN
    assert appeal.clocks.get(kind=ClockKind.REPLY, cancelled_on=None).breached_on is None


def test_reclassify_to_a_complaint_about_its_holder_is_to_be_passed_up_from_today(appeal, executor):
    classed(appeal, executor, at=MONDAY + WEEK, kind=Kind.COMPLAINT, complained_of=appeal.agency)

    appeal.refresh_from_db()
    running = appeal.clocks.running().get()
    assert (running.kind, running.starts_on, running.due_on) == (
        ClockKind.PASSING_UP,
        (MONDAY + WEEK).date(),
        date(2026, 2, 12),
    )
    assert appeal.next_due_on == running.due_on
    forward(appeal, body("akimat.kz-79"), by=executor, at=MONDAY + WEEK, reason="Art. 91(4)")
    assert appeal.breaches.count() == 0


def test_reclassify_a_complaint_by_the_body_complained_of_is_refused(executor, head):
    complaint = make_appeal(kind=Kind.COMPLAINT, topic=None, complained_of=head.agency)

    with pytest.raises(Refused, match="passes the complaint up"):
        classed(complaint, head, kind=Kind.APPLICATION, complained_of=None)

    assert complaint.clocks.filter(kind=ClockKind.PASSING_UP).get().is_running


def test_reclassify_a_complaint_to_an_application_by_the_superior_clears_the_body_complained_of(executor):
    complaint = make_appeal(kind=Kind.COMPLAINT, topic=None, complained_of=body(), holder=executor.agency)

    classed(complaint, make_officer(role=Role.REGISTRAR), kind=Kind.APPLICATION, complained_of=None)

    complaint.refresh_from_db()
    assert (complaint.kind, complaint.complained_of) == (Kind.APPLICATION, None)
    assert reply_clocks(complaint)[-1] == (MONDAY.date(), FIFTEEN, None)
    assert complaint.clocks.filter(kind=ClockKind.FORWARDING).get().is_running


def test_reclassify_at_the_office_moves_no_term(db):
    appeal = make_appeal(topic=None)
    clerk = make_officer(office(), Role.REGISTRAR)

    classed(appeal, clerk, kind=Kind.COMPLAINT, complained_of=body(), topic=Topic.objects.get(code="education.school"))

    assert [clock.kind for clock in appeal.clocks.running()] == [ClockKind.FORWARDING]


@pytest.mark.parametrize(
    ("to", "field"),
    [
        ({}, ""),
        ({"kind": Kind.COMPLAINT}, "complained_of"),
        ({"special_type": "media"}, "special_type"),
        ({"special_type": "nonsense"}, "special_type"),
    ],
)
def test_reclassify_to_what_cannot_be_is_refused_at_the_field_and_changes_nothing(appeal, head, to, field):
    before = appeal.events.count()

    with pytest.raises(InvalidIntake) as refused:
        classed(appeal, head, **to)

    assert (refused.value.field, appeal.events.count()) == (field, before)


def test_reclassify_to_no_complaint_that_names_a_body_is_refused(appeal, head):
    with pytest.raises(InvalidIntake, match="Only a complaint"):
        classed(appeal, head, kind=Kind.REPORT, complained_of=body())


def test_reclassify_without_a_reason_is_refused(appeal, head):
    with pytest.raises(InvalidIntake, match="Say why") as refused:
        reclassify(appeal, replace(Classes.of(appeal), topic=None), reason=" ", by=head, at=MONDAY)

    assert refused.value.field == "reason"


@pytest.mark.parametrize("role", [Role.EXECUTOR, Role.CONTROLLER, Role.DUTY, Role.OVERSIGHT])
def test_reclassify_by_who_has_nothing_to_do_with_it_is_refused(appeal, role):
    with pytest.raises(Refused):
        classed(appeal, make_officer(role=role), topic=None)


def test_reclassify_counts_every_act_on_record_anew(appeal, executor, head):
    clerk = make_officer(ELSEWHERE, Role.REGISTRAR)
    late = MONDAY + 5 * WEEK
    forward(appeal, body(), by=head, at=MONDAY + 2 * WEEK, reason="Theirs.")
    note_missed(zone=appeal.agency.zone, on=late.date(), at=late, limit=10)
    fold(limit=4)

    classed(
        appeal,
        clerk,
        at=late,
        kind=Kind.PROPOSAL,
        topic=Topic.objects.get(code="education.school"),
        region=Region.objects.get(code="KZ-75"),
    )

    assert differences() == []
    fold(limit=1000)
    assert differences() == []


def test_reclassify_only_the_special_type_counts_nothing_anew(appeal, executor):
    classed(appeal, executor, kind=Kind.INQUIRY, special_type="media")
    counted = CountDelta.objects.count()

    classed(appeal, make_officer(role=Role.HEAD), special_type="advocate")

    assert CountDelta.objects.count() == counted


def test_assign_to_a_colleague_under_review_keeps_the_clock(appeal, executor, head):
    begin_review(appeal, by=executor, at=MONDAY)
    clocks = list(appeal.clocks.values())
    colleague = make_officer()

    assign(appeal, colleague, by=head, at=MONDAY + DAY)

    appeal.refresh_from_db()
    assert (appeal.status, appeal.officer) == (Status.ASSIGNED, colleague)
    assert list(appeal.clocks.values()) == clocks
    assert not appeal.events.filter(kind=EventKind.ACCEPTED).count() > 1


def test_reclassify_before_acceptance_leaves_the_term_for_forwarding(head):
    appeal = make_appeal()

    classed(appeal, head, kind=Kind.INQUIRY, special_type="media")

    assert appeal.clocks.filter(kind=ClockKind.FORWARDING).get().is_running
    accept(appeal, by=head, at=MONDAY + DAY)


def test_reclassify_while_an_extension_awaits_its_decision_is_refused_and_changes_nothing(appeal, executor, head):
    ask_extension(appeal, until=date(2026, 3, 10), reason="A check on site.", by=executor, at=MONDAY)
    before = appeal.events.count()

    with pytest.raises(Refused, match="Let it be decided first"):
        reclassify(appeal, replace(Classes.of(appeal), kind=Kind.REPORT), reason="A report.", by=head, at=MONDAY)

    appeal.refresh_from_db()
    assert (appeal.kind, appeal.events.count()) == (Kind.APPLICATION, before)
