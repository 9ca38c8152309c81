"""Answering for a broken term: what each act leaves, what is refused, and that nothing of it can be erased."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain.accountability import annul, annul_breach, explain_breach, review_breach, take_measure
from appeals.domain.closing import terminate
from appeals.domain.forwarding import forward
from appeals.domain.routing import OFFICE, office
from appeals.domain.statistics import cases
from appeals.domain.statistics.cases import Chosen
from appeals.domain.statistics.folding import fold
from appeals.domain.statistics.periods import Period
from appeals.domain.statistics.rebuilding import differences, rebuild
from appeals.enums import (
    Axis,
    BreachCause,
    ClockKind,
    EventKind,
    Measure,
    MeasureKind,
    Status,
    TerminationGround,
    Verdict,
)
from appeals.errors import InvalidIntake, Refused
from appeals.models import (
    Breach,
    BreachAnnulment,
    BreachExplanation,
    BreachMeasure,
    BreachReview,
    Clock,
    CountDelta,
    DayCount,
    MonthCount,
    Notice,
)
from tests.appeals.domain.statistics.situations import DAY, WEEK, filled, sweep
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

LATER = MONDAY + 2 * WEEK
ORDER = {"officer": None, "taken_on": date(2026, 2, 12), "order_number": "17-к"}
RECORDED = [BreachExplanation, BreachReview, BreachMeasure, BreachAnnulment]


@pytest.fixture
def breach() -> Breach:
    """A term to forward that ended on 5 February and was noted on the 9th."""
    make_appeal()
    sweep(MONDAY + WEEK)
    return Breach.objects.get()


@pytest.fixture
def head(breach: Breach) -> Officer:
    return make_officer(breach.agency, Role.HEAD)


@pytest.fixture
def overseer(db: None) -> Officer:
    return make_officer(OFFICE, Role.OVERSIGHT)


def explained(breach: Breach, by: Officer, cause: BreachCause = BreachCause.WORKLOAD) -> Breach:
    return explain_breach(breach, cause=cause, text="Two officers were ill.", by=by, at=LATER)


def trail(breach: Breach) -> list[str]:
    return list(breach.appeal.events.order_by("seq").values_list("kind", flat=True))


def left(breach: Breach) -> tuple:
    """Everything an act could have changed."""
    breach.refresh_from_db()
    rows = [model.objects.count() for model in RECORDED]
    return breach.cause, breach.annulled_on, rows, trail(breach), CountDelta.objects.count(), Notice.objects.count()


def test_explanation_names_the_cause_and_leaves_one_line_of_codes(breach, head):
    explained(breach, head)

    breach.refresh_from_db()
    event, said = breach.appeal.events.last(), breach.explanations.get()
    assert breach.cause == BreachCause.WORKLOAD
    assert (said.cause, said.text, said.by, said.at) == ("workload", "Two officers were ill.", head, LATER)
    assert (event.kind, event.by, event.words.text) == (EventKind.BREACH_EXPLAINED, head, "Two officers were ill.")
    assert event.data == {
        "breach": breach.pk,
        "clock": "forwarding",
        "agency": breach.agency.code,
        "cause": "workload",
    }


def test_explanation_given_anew_is_added_and_its_cause_is_the_one_that_stands(breach, head):
    explained(breach, head)

    explained(breach, head, BreachCause.NEGLECT)

    breach.refresh_from_db()
    assert breach.cause == BreachCause.NEGLECT
    assert [said.cause for said in breach.explanations.all()] == ["workload", "neglect"]


def test_explanation_after_the_appeal_went_to_another_body_is_still_of_the_body_that_was_late(breach, head):
    elsewhere = Agency.objects.get(code="akimat.education.kz-79")
    forward(breach.appeal, elsewhere, by=head, at=LATER, reason="About a school.")

    explained(breach, head)

    assert trail(breach)[-1] == EventKind.BREACH_EXPLAINED
    with pytest.raises(Refused, match="Only the body whose term was broken"):
        explained(breach, make_officer(elsewhere, Role.HEAD))


def test_explanation_after_the_appeal_was_closed_is_taken(breach, head):
    terminate(breach.appeal, TerminationGround.DECIDED, by=head, at=LATER, reason="Decided.")

    explained(breach, head)

    breach.appeal.refresh_from_db()
    assert breach.appeal.status == Status.TERMINATED
    assert breach.explanations.count() == 1


def test_explanation_without_words_is_refused_and_leaves_no_trace(breach, head):
    before = left(breach)

    with pytest.raises(InvalidIntake, match="Write what led") as refused:
        explain_breach(breach, cause=BreachCause.OTHER, text=" ", by=head, at=LATER)

    assert refused.value.field == "text"
    assert left(breach) == before


def test_review_before_an_explanation_is_refused_and_leaves_no_trace(breach, overseer):
    before = left(breach)

    with pytest.raises(Refused, match="has not explained"):
        review_breach(breach, verdict=Verdict.ACCEPTED, text="", by=overseer, at=LATER)

    assert left(breach) == before


def test_review_of_an_explanation_leaves_the_verdict(breach, head, overseer):
    explained(breach, head)

    review_breach(breach, verdict=Verdict.INSUFFICIENT, text="Who was ill?", by=overseer, at=LATER + DAY)
    review_breach(breach, verdict=Verdict.MEASURES_DUE, text="", by=overseer, at=LATER + 2 * DAY)

    event = breach.appeal.events.last()
    assert [review.verdict for review in breach.reviews.all()] == ["insufficient", "measures_due"]
    assert (event.kind, event.data["verdict"]) == (EventKind.BREACH_REVIEWED, "measures_due")
    assert trail(breach).count(EventKind.BREACH_REVIEWED) == 2


def test_measure_keeps_who_when_and_by_which_order(breach, head):
    clerk = make_officer(breach.agency, valid_to=date(2026, 2, 10))

    take_measure(breach, kind=MeasureKind.REMARK, **ORDER | {"officer": clerk}, by=head, at=LATER)
    take_measure(
        breach,
        kind=MeasureKind.ORGANISATIONAL,
        officer=None,
        taken_on=LATER.date(),
        order_number="",
        by=head,
        at=LATER,
    )

    first, second = breach.measures.all()
    event = breach.appeal.events.get(kind=EventKind.MEASURE_TAKEN, data__measure="remark")
    assert (first.officer, first.taken_on, first.order_number, first.by) == (clerk, date(2026, 2, 12), "17-к", head)
    assert (second.kind, second.officer, second.order_number) == ("organisational", None, "")
    assert (event.data["officer"], event.data["taken_on"], event.words.text) == (clerk.pk, "2026-02-12", "17-к")


@pytest.mark.parametrize(
    ("kind", "changed", "field"),
    [
        ("reprimand", {"order_number": " "}, "order_number"),
        ("dismissal", {"order_number": ""}, "order_number"),
        ("remark", {"taken_on": date(2026, 2, 17)}, "taken_on"),
        ("organisational", {"taken_on": date(2026, 2, 17)}, "taken_on"),
        ("remark", {"taken_on": date(2026, 2, 5)}, "taken_on"),
        ("remark", {"officer": "stranger"}, "officer"),
    ],
)
def test_measure_that_cannot_be_is_refused_at_its_field_and_leaves_no_trace(breach, head, kind, changed, field):
    if changed.get("officer"):
        changed = {"officer": make_officer("akimat.education.kz-79")}
    before = left(breach)

    with pytest.raises(InvalidIntake) as refused:
        take_measure(breach, kind=MeasureKind(kind), **ORDER | changed, by=head, at=LATER)

    assert refused.value.field == field
    assert left(breach) == before


def test_what_is_sent_twice_is_refused_the_second_time_and_leaves_no_trace(breach, head, overseer):
    def explain() -> None:
        explained(breach, head)

    def review() -> None:
        review_breach(breach, verdict=Verdict.INSUFFICIENT, text="", by=overseer, at=LATER)

    def punish() -> None:
        take_measure(breach, kind=MeasureKind.REMARK, **ORDER, by=head, at=LATER)

    for act in (explain, review, punish):
        act()
        before = left(breach)

        with pytest.raises(InvalidIntake, match="already on record"):
            act()

        assert left(breach) == before


def test_review_in_the_same_words_of_a_later_explanation_is_taken(breach, head, overseer):
    for n, cause in enumerate((BreachCause.WORKLOAD, BreachCause.NEGLECT)):
        explain_breach(breach, cause=cause, text="Two officers were ill.", by=head, at=LATER + n * DAY)
        review_breach(breach, verdict=Verdict.INSUFFICIENT, text="", by=overseer, at=LATER + n * DAY)

    assert breach.reviews.count() == 2


def test_measure_of_the_day_after_the_last_one_is_taken(breach, head):
    take_measure(breach, kind=MeasureKind.REMARK, **ORDER | {"taken_on": date(2026, 2, 6)}, by=head, at=LATER)

    assert breach.measures.count() == 1


def test_annulment_takes_the_breach_off_the_count_and_keeps_it_on_record(breach, overseer):
    notices = Notice.objects.count()

    annul_breach(breach, reason="The post was on strike.", by=overseer, at=LATER)

    breach.refresh_from_db()
    taken_back = CountDelta.objects.get(n=-1)
    assert breach.annulled_on == LATER.date()
    assert (breach.annulment.reason, breach.annulment.by) == ("The post was on strike.", overseer)
    assert trail(breach)[-1] == EventKind.BREACH_ANNULLED
    assert (taken_back.measure, taken_back.day, taken_back.clock) == ("breached", breach.detected_on, "forwarding")
    assert Notice.objects.count() == notices
    assert not Breach.objects.standing().exists()


def test_annulment_twice_is_refused_and_leaves_no_trace(breach, overseer):
    annul_breach(breach, reason="A mistake.", by=overseer, at=LATER)
    before = left(breach)

    with pytest.raises(Refused, match="is annulled"):
        annul_breach(breach, reason="Again.", by=overseer, at=LATER)

    assert left(breach) == before


def test_annulment_without_a_reason_is_refused_and_leaves_no_trace(breach, overseer):
    before = left(breach)

    with pytest.raises(InvalidIntake, match="Say why") as refused:
        annul_breach(breach, reason="\n", by=overseer, at=LATER)

    assert refused.value.field == "reason"
    assert left(breach) == before


def test_nothing_more_is_said_of_an_annulled_breach(breach, head, overseer):
    explained(breach, head)
    annul_breach(breach, reason="A mistake.", by=overseer, at=LATER)
    before = left(breach)

    with pytest.raises(Refused, match="is annulled"):
        explained(breach, head)
    with pytest.raises(Refused, match="is annulled"):
        review_breach(breach, verdict=Verdict.ACCEPTED, text="", by=overseer, at=LATER)
    with pytest.raises(Refused, match="is annulled"):
        take_measure(breach, kind=MeasureKind.REMARK, **ORDER, by=head, at=LATER)

    assert left(breach) == before


def test_annulled_breach_is_not_noted_again_by_the_sweep(breach, overseer):
    annul_breach(breach, reason="A mistake.", by=overseer, at=LATER)

    sweep(LATER + DAY)

    assert Breach.objects.filter(clock=breach.clock).count() == 1


def test_clock_armed_anew_after_an_annulment_can_be_broken_again(breach, overseer):
    with transaction.atomic():
        annul(breach, "The calendar was changed.", at=LATER)
    Clock.objects.filter(pk=breach.clock_id).update(breached_on=None, excused_on=None)

    sweep(LATER + DAY)

    assert [found.annulled_on is None for found in Breach.objects.filter(clock=breach.clock)] == [True, False]
    assert breach.annulment.by is None


def test_annulled_breach_is_not_among_the_cases_behind_a_number(breach, overseer):
    spring = Period(date(2026, 2, 1), date(2026, 3, 31))
    assert cases.breaches(Chosen(), spring, is_official=True).count() == 1

    annul_breach(breach, reason="A mistake.", by=overseer, at=LATER)

    assert cases.breaches(Chosen(), spring, is_official=True).count() == 0


@pytest.mark.parametrize("folded_before", [True, False])
def test_rebuild_after_annulments_gives_the_same_figures(overseer, folded_before):
    filled()
    if folded_before:
        fold(limit=10_000)
    annulled = [*Breach.objects.filter(is_official=True)[:3], *Breach.objects.filter(is_official=False)[:1]]
    for breach in annulled:
        annul_breach(breach, reason="A mistake.", by=overseer, at=MONDAY + 7 * WEEK)
    assert differences() == []
    fold(limit=10_000)
    kept = figures()

    rebuild()

    assert figures() == kept
    assert differences() == []
    counted = DayCount.objects.filter(axis=Axis.TOTAL, measure=Measure.BREACHED).values_list("n", flat=True)
    assert sum(counted) == Breach.objects.standing().filter(is_official=True).count() > 0


def figures() -> tuple[set, set]:
    days = DayCount.objects.exclude(n=0).values_list("day", "level", "axis", "value", "measure", "n")
    months = MonthCount.objects.exclude(n=0).values_list("month", "agency", "axis", "value", "measure", "n")
    return set(days), set(months)


@pytest.mark.parametrize("model", [Breach, *RECORDED])
def test_what_a_breach_left_cannot_be_deleted_nor_reworded(breach, head, overseer, model):
    explained(breach, head)
    review_breach(breach, verdict=Verdict.MEASURES_DUE, text="Act.", by=overseer, at=LATER)
    take_measure(breach, kind=MeasureKind.REMARK, **ORDER, by=head, at=LATER)
    annul_breach(breach, reason="A mistake.", by=overseer, at=LATER)
    rows, row = model.objects.all(), model.objects.get()
    changed = {"due_on": LATER.date()} if model is Breach else {"by": None}

    for act in (lambda: rows._raw_delete(rows.db), lambda: rows.update(**changed)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()

    assert model.objects.get() == row


@pytest.mark.parametrize(
    "column", ["clock", "appeal", "agency", "officer", "kind", "is_official", "due_on", "detected_on"]
)
def test_what_identifies_a_breach_is_frozen(breach, column):
    with pytest.raises(DatabaseError), transaction.atomic():
        Breach.objects.update(**{column: F(column)})


def test_breaches_are_visible_to_who_answers_for_them():
    appeal = make_appeal()
    clerk, other = make_officer(), make_officer()
    appeal.officer = clerk
    appeal.save()
    sweep(MONDAY + WEEK)
    elsewhere = make_officer("akimat.education.kz-79", Role.HEAD)
    see_all = [make_officer(role=role) for role in (Role.HEAD, Role.DEPUTY, Role.UNIT_HEAD, Role.CONTROLLER)]
    see_none = [other, elsewhere, make_officer(role=Role.REGISTRAR), make_officer(role=Role.ADMINISTRATOR), None]
    see_none.append(make_officer(office(), Role.HEAD))

    seen = [Breach.objects.visible_to(officer).count() for officer in [*see_all, clerk]]
    unseen = [Breach.objects.visible_to(officer).count() for officer in see_none]

    assert seen == [1] * 5
    assert unseen == [0] * 6
    assert Breach.objects.visible_to(make_officer(OFFICE, Role.OVERSIGHT)).get().kind == ClockKind.FORWARDING
