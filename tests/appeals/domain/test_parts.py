"""Some questions of an appeal go to another body, under a number of their own (Art. 65(2)-(3))."""

from datetime import date, timedelta

import pytest

from agencies.enums import Role
from agencies.models import Agency, Officer, Topic
from appeals.domain import coupons, numbering
from appeals.domain.assignment import accept, assign, begin_review
from appeals.domain.forwarding import forward
from appeals.domain.history import faults
from appeals.domain.parts import forward_part
from appeals.domain.replies import Answer, prepare_reply, reply
from appeals.domain.routing import office
from appeals.domain.statistics.folding import fold
from appeals.domain.statistics.rebuilding import differences
from appeals.domain.wording import names_in, told_to_applicant
from appeals.enums import ClockKind, EventKind, Kind, Measure, NoticeKind, Outcome, Status
from appeals.errors import InvalidIntake, Refused
from appeals.models import NOTHING_DUE, Appeal, CountDelta, Notice
from tests.factories import MONDAY, make_appeal, make_officer

DAY = timedelta(days=1)
SCHOOL = "akimat.education.kz-79"
QUESTIONS = "Why is the school not heated?"


@pytest.fixture
def registrar(db: None) -> Officer:
    return make_officer(role=Role.REGISTRAR)


@pytest.fixture
def appeal(db: None) -> Appeal:
    return make_appeal()


def body(code: str = SCHOOL) -> Agency:
    return Agency.objects.get(code=code)


def parted(appeal: Appeal, by: Officer, **how: object) -> Appeal:
    given = {"to": body(), "questions": QUESTIONS, "reason": "Schools are theirs.", "at": MONDAY} | how
    return forward_part(appeal, by=by, **given)


def test_forward_part_makes_an_appeal_of_its_own_with_the_questions_handed_over(appeal, registrar):
    part = parted(appeal, registrar, topic=Topic.objects.get(code="education.school"))

    part.refresh_from_db()
    assert (part.number, part.parent, part.agency) == (f"{appeal.number}/1", appeal, body())
    assert (part.status, part.registered_on, part.hops) == (Status.REGISTERED, MONDAY.date(), 1)
    shared = ("kind", "special_type", "form", "channel", "language", "region", "applicant", "received_at")
    assert [getattr(part, name) for name in shared] == [getattr(appeal, name) for name in shared]
    assert part.topic.code == "education.school"
    assert part.content.text.endswith(f"\n\n{QUESTIONS}")
    assert appeal.number in part.content.text
    assert coupons.opened(numbering.slug(part.number), coupons.key_of(part)) == part


def test_forward_part_starts_the_receivers_clocks_on_the_day_of_arrival(appeal, registrar):
    part = parted(appeal, registrar, at=MONDAY + 2 * DAY)

    clocks = {clock.kind: (clock.agency, clock.starts_on, clock.due_on) for clock in part.clocks.all()}
    arrived = (MONDAY + 2 * DAY).date()
    assert clocks[ClockKind.FORWARDING] == (body(), arrived, date(2026, 2, 9))
    assert clocks[ClockKind.REPLY] == (body(), arrived, date(2026, 2, 25))
    assert part.next_due_on == date(2026, 2, 9)


def test_forward_part_on_a_day_off_is_registered_on_the_next_working_day(appeal, registrar):
    part = parted(appeal, registrar, at=MONDAY + 6 * DAY)

    assert part.registered_on == date(2026, 2, 9)
    clocks = {clock.kind: (clock.starts_on, clock.due_on, clock.breached_on) for clock in part.clocks.all()}
    assert clocks[ClockKind.REGISTRATION] == (date(2026, 2, 9), date(2026, 2, 9), None)
    assert clocks[ClockKind.REPLY] == (date(2026, 2, 9), date(2026, 3, 2), None)


def test_forward_part_meets_the_forwarding_clock_and_leaves_the_reply_clock_for_what_was_kept(appeal, registrar):
    parted(appeal, registrar)

    appeal.refresh_from_db()
    forwarding, kept = (appeal.clocks.get(kind=kind) for kind in (ClockKind.FORWARDING, ClockKind.REPLY))
    assert (forwarding.met_on, forwarding.breached_on) == (MONDAY.date(), None)
    assert kept.is_running
    assert (appeal.agency, appeal.status, appeal.next_due_on) == (registrar.agency, Status.REGISTERED, kept.due_on)


def test_forward_part_after_the_third_day_leaves_a_breach_with_the_body_that_was_late(appeal, registrar):
    parted(appeal, registrar, at=MONDAY + 7 * DAY)

    breach = appeal.breaches.get()
    assert (breach.kind, breach.agency) == (ClockKind.FORWARDING, registrar.agency)


def test_forward_part_of_an_accepted_appeal_after_the_third_day_is_a_breach_all_the_same(appeal, registrar):
    accept(appeal, by=registrar, at=MONDAY)

    parted(appeal, registrar, at=MONDAY + 7 * DAY)

    assert appeal.breaches.get().kind == ClockKind.FORWARDING
    assert appeal.clocks.get(kind=ClockKind.FORWARDING).cancelled_on is None


def test_forward_a_second_part_late_is_a_breach_though_the_first_was_in_time(appeal, registrar):
    parted(appeal, registrar)

    parted(appeal, registrar, to=body("akimat.education.kz-75"), at=MONDAY + 7 * DAY)

    assert appeal.breaches.get().kind == ClockKind.FORWARDING


def test_forward_the_rest_late_is_a_breach_though_a_part_was_in_time(appeal, registrar):
    parted(appeal, registrar)

    forward(appeal, body("akimat.education.kz-75"), by=registrar, at=MONDAY + 7 * DAY, reason="Theirs, too.")

    assert appeal.breaches.get().kind == ClockKind.FORWARDING


def test_forward_part_from_the_office_leaves_it_owing_the_rest(db):
    appeal = make_appeal(topic=None)
    clerk = make_officer(office(), Role.REGISTRAR)

    part = parted(appeal, clerk)

    appeal.refresh_from_db()
    assert appeal.clocks.get(kind=ClockKind.FORWARDING).is_running
    assert appeal.next_due_on != NOTHING_DUE
    assert part.clocks.running().filter(kind=ClockKind.REPLY).exists()


def test_forward_part_leaves_one_line_with_the_parent_and_two_with_the_part(appeal, registrar):
    before = appeal.events.count()

    part = parted(appeal, registrar)

    line = appeal.events.last()
    assert (appeal.events.count(), line.kind, line.by) == (before + 1, EventKind.FORWARDED_IN_PART, registrar)
    assert line.data == {"part": part.number, "left": registrar.agency.code, "to": SCHOOL}
    assert list(part.events.values_list("kind", flat=True)) == [EventKind.REGISTERED, EventKind.ROUTED]
    assert part.routing.explanation["reason"] == "in_part"
    events = part.events.order_by("seq").select_related("words")
    told = told_to_applicant(events, names_in(event.data for event in events))
    assert told[1].text == (
        f"It is a part of the appeal {appeal.number}. It was passed on by: {registrar.agency}. Schools are theirs."
    )
    for chain in (appeal, part):
        assert list(faults(chain.events.select_related("appeal", "words").order_by("seq"))) == []


def test_forward_part_tells_the_applicant_once(appeal, registrar):
    Notice.objects.all().delete()

    parted(appeal, registrar)

    assert [(notice.kind, notice.appeal) for notice in Notice.objects.all()] == [(NoticeKind.FORWARDED_IN_PART, appeal)]


def test_forward_part_counts_a_forwarding_and_a_registration_as_the_record_says(appeal, registrar):
    CountDelta.objects.all().delete()

    parted(appeal, registrar, topic=Topic.objects.get(code="education.school"))

    counted = {(row.measure, row.agency.code, row.topic.code) for row in CountDelta.objects.all()}
    school = "education.school"
    assert counted == {
        (Measure.REGISTERED, SCHOOL, school),
        (Measure.FORWARDED, registrar.agency.code, school),
    }


def test_counts_with_parts_agree_with_the_record(appeal, registrar):
    part = parted(appeal, registrar)
    parted(appeal, registrar, to=body("akimat.education.kz-75"), at=MONDAY + 7 * DAY)
    clerk = make_officer(SCHOOL, Role.REGISTRAR)
    forward(part, body("akimat.education.kz-75"), by=clerk, at=MONDAY + 9 * DAY, reason="Theirs.")
    fold(limit=3)

    assert differences() == []


def test_forward_part_keeps_the_part_in_sight_of_the_body_that_let_go(appeal, registrar):
    part = parted(appeal, registrar)

    assert part in Appeal.objects.visible_to(registrar)
    assert appeal not in Appeal.objects.visible_to(make_officer(SCHOOL, Role.HEAD))


def test_forward_two_parts_numbers_them_one_after_the_other(appeal, registrar):
    parted(appeal, registrar)

    assert parted(appeal, registrar, to=body("akimat.education.kz-75")).number == f"{appeal.number}/2"


def test_forward_part_of_a_part_is_refused_and_forwarding_it_whole_is_not(appeal, registrar):
    part = parted(appeal, registrar)
    clerk = make_officer(SCHOOL, Role.REGISTRAR)

    with pytest.raises(Refused, match="not divided again"):
        parted(part, clerk, to=body("akimat.education.kz-75"))

    forward(part, body("akimat.education.kz-75"), by=clerk, at=MONDAY, reason="Theirs.")
    assert not part.parts.exists()


def test_forward_part_to_a_body_with_an_open_part_is_refused_and_to_one_that_answered_it_is_not(appeal, registrar):
    part = parted(appeal, registrar)

    with pytest.raises(Refused, match="already has an open part"):
        parted(appeal, registrar)

    answer(part)
    assert parted(appeal, registrar).number.endswith("/2")


def answer(appeal: Appeal) -> None:
    executor, head = make_officer(appeal.agency), make_officer(appeal.agency, Role.HEAD)
    assign(appeal, executor, by=head, at=MONDAY)
    begin_review(appeal, by=executor, at=MONDAY)
    prepare_reply(appeal, Answer(Outcome.NOTED, "Noted.", "Art. 89", "To the akimat."), by=executor, at=MONDAY)
    reply(appeal, by=head, at=MONDAY, seen=MONDAY)


def test_forward_part_to_itself_or_to_a_body_that_has_ceased_is_refused(appeal, registrar):
    Agency.objects.filter(code=SCHOOL).update(valid_to=date(2026, 1, 1))

    for to, reason in ((registrar.agency, "already with this body"), (body(), "no longer exists")):
        with pytest.raises(Refused, match=reason):
            parted(appeal, registrar, to=to)
    assert not appeal.parts.exists()


def test_forward_part_of_a_complaint_to_the_body_complained_of_or_below_is_refused(registrar):
    complaint = make_appeal(
        kind=Kind.COMPLAINT, topic=None, complained_of=body("akimat.kz-75"), holder=registrar.agency
    )

    for to in ("akimat.kz-75", "akimat.education.kz-75"):
        with pytest.raises(Refused, match="may not go to the body complained of"):
            parted(complaint, registrar, to=body(to))


def test_forward_part_by_the_body_complained_of_is_refused(registrar):
    complaint = make_appeal(kind=Kind.COMPLAINT, topic=None, complained_of=registrar.agency)

    with pytest.raises(Refused, match="passes the complaint up whole"):
        parted(complaint, registrar)


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.EXECUTOR])
def test_forward_part_by_whom_it_is_not_given_to_is_refused(appeal, role):
    with pytest.raises(Refused):
        parted(appeal, make_officer(role=role))
    assert not appeal.parts.exists()


def test_forward_part_by_another_body_is_refused(appeal):
    with pytest.raises(Refused, match="holding"):
        parted(appeal, make_officer("akimat.education.kz-75", Role.HEAD))


@pytest.mark.parametrize(
    ("given", "field"),
    [({"questions": " "}, "questions"), ({"questions": "x" * 20_001}, "questions"), ({"reason": " "}, "reason")],
)
def test_forward_part_with_something_missing_is_refused_at_the_field_and_changes_nothing(
    appeal, registrar, given, field
):
    before = appeal.events.count()

    with pytest.raises(InvalidIntake) as refused:
        parted(appeal, registrar, **given)

    assert refused.value.field == field
    assert (appeal.events.count(), appeal.parts.count()) == (before, 0)
