"""Bodies cannot settle whose an appeal is: the body above decides, and that binds."""

from datetime import date

import pytest

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import deliveries
from appeals.domain.assignment import assign
from appeals.domain.disputes import body_above, decide, dispute, heard_by
from appeals.domain.forwarding import forward
from appeals.domain.history import faults
from appeals.domain.holds import hold
from appeals.domain.replies import Answer, prepare_reply, reply
from appeals.domain.routing import OFFICE, office
from appeals.domain.withdrawal import withdraw
from appeals.domain.wording import names_in, told_to_applicant, told_to_officials
from appeals.enums import ClockKind, Kind, NoticeKind, Outcome, Status
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, Dispute, Notice
from tests.appeals.domain.journeys import (
    AKIMAT,
    DAY,
    EDUCATION,
    HEALTH,
    UTILITIES,
    body,
    by,
    complaint,
    disputed,
    forwarded,
    forwarded_twice,
    sent_on,
    trail,
)
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

ANSWER = Answer(Outcome.SATISFIED, "Жылу қосылды.", "Кодекстің 76-бабы", "Үш ай ішінде.")


def decided(asked: Dispute, code: str, **how: object) -> Dispute:
    given = {"by": by(asked.above, Role.HEAD), "at": MONDAY, "grounds": "Heating is theirs."} | how
    return decide(asked, body(code), **given)


def test_dispute_leaves_the_appeal_where_it_is_and_its_terms_running():
    appeal = forwarded_twice()
    before = list(appeal.clocks.running().values_list("kind", "due_on"))

    asked = disputed(appeal, proposed=body(UTILITIES))

    appeal.refresh_from_db()
    assert (appeal.agency.code, appeal.status) == (HEALTH, Status.REGISTERED)
    assert list(appeal.clocks.running().values_list("kind", "due_on")) == before
    assert (asked.above.code, asked.proposed.code, asked.decided_on) == (AKIMAT, UTILITIES, None)
    assert trail(appeal)[-1] == "competence_disputed"
    assert not list(faults(appeal.events.all()))


def test_dispute_is_told_to_who_decides_and_to_nobody_else():
    deciding = [make_officer(AKIMAT, role) for role in (Role.HEAD, Role.DEPUTY, Role.UNIT_HEAD, Role.REGISTRAR)]
    make_officer(AKIMAT, Role.EXECUTOR)

    disputed()

    told = Notice.objects.filter(kind=NoticeKind.COMPETENCE_DISPUTED)
    assert {notice.officer for notice in told} == set(deciding)
    letter = deliveries.worded(told.first(), at=MONDAY)
    assert "/desk/disputes/" in letter.body
    assert str(body(HEALTH)) in letter.body


def test_dispute_shows_the_case_to_the_body_above_for_good_and_lists_it_nowhere_as_forwarded():
    head = by(AKIMAT, Role.HEAD)
    appeal = forwarded_twice()
    assert not Appeal.objects.visible_to(head).filter(pk=appeal.pk).exists()

    asked = disputed(appeal)
    assert Appeal.objects.visible_to(head).filter(pk=appeal.pk).exists()

    decided(asked, HEALTH)
    assert Appeal.objects.visible_to(head).filter(pk=appeal.pk).exists()


def test_the_body_above_is_the_nearest_that_has_who_decides_else_the_office():
    appeal = forwarded_twice()
    assert body_above(appeal, MONDAY.date()) == office()

    by(AKIMAT, Role.EXECUTOR)
    assert body_above(appeal, MONDAY.date()) == office()

    by(AKIMAT, Role.DEPUTY)
    assert body_above(appeal, MONDAY.date()).code == AKIMAT


def test_the_body_above_of_a_complaint_is_not_the_one_complained_of():
    appeal = make_appeal(kind=Kind.COMPLAINT, complained_of=body(AKIMAT))
    Appeal.objects.filter(pk=appeal.pk).update(agency=body("akimat.utilities.kz-75"))
    by(AKIMAT, Role.HEAD)
    appeal.refresh_from_db()

    assert body_above(appeal, MONDAY.date()).code != AKIMAT


def test_dispute_twice_is_refused_and_leaves_one():
    asked = disputed()

    with pytest.raises(Refused, match="already asked"):
        dispute(asked.appeal, by=by(HEALTH), at=MONDAY, reason="Again.")

    assert Dispute.objects.count() == 1


def test_dispute_about_an_appeal_nobody_else_had_is_refused():
    appeal = make_appeal()

    with pytest.raises(Refused, match="No other body has had"):
        dispute(appeal, by=by(UTILITIES), at=MONDAY, reason="Not ours.")

    assert trail(appeal) == ["registered", "routed"]


def test_dispute_without_a_reason_is_asked_again():
    appeal = forwarded()

    with pytest.raises(InvalidIntake) as fault:
        dispute(appeal, by=by(EDUCATION), at=MONDAY, reason=" ")

    assert fault.value.field == "reason"
    assert not Dispute.objects.exists()


def test_while_it_is_undecided_the_holder_works_on_and_hands_nothing_on():
    asked = disputed()
    executor = make_officer(HEALTH)

    with pytest.raises(Refused, match="Until it decides"):
        sent_on(asked.appeal, UTILITIES)
    assign(asked.appeal, executor, by=by(HEALTH), at=MONDAY)
    prepare_reply(asked.appeal, ANSWER, by=executor, at=MONDAY)
    reply(asked.appeal, by=make_officer(HEALTH, Role.HEAD), at=MONDAY, seen=MONDAY)

    assert Appeal.objects.get().status == Status.ANSWERED


def test_an_appeal_that_ended_leaves_nothing_to_decide():
    asked = disputed()
    head = by(AKIMAT, Role.HEAD)
    assert list(heard_by(head)) == [asked]

    withdraw(asked.appeal, at=MONDAY)

    assert not heard_by(head)
    with pytest.raises(Refused, match="closed"):
        decided(asked, UTILITIES)


def test_decide_for_another_body_hands_the_appeal_over_with_the_grounds_and_a_message():
    asked = disputed()

    decided(asked, UTILITIES, at=MONDAY + DAY)

    appeal = Appeal.objects.get()
    assert (appeal.agency.code, appeal.hops) == (UTILITIES, 3)
    hop = appeal.forwardings.last()
    assert (hop.left.code, hop.is_return, hop.on_last_day, hop.by) == (HEALTH, True, False, by(AKIMAT, Role.HEAD))
    reply_clock = appeal.clocks.running().get(kind=ClockKind.REPLY)
    assert (reply_clock.agency.code, reply_clock.starts_on) == (UTILITIES, date(2026, 2, 3))
    assert trail(appeal)[-1] == "competence_decided"
    assert Notice.objects.filter(kind=NoticeKind.FORWARDED).count() == 3
    asked.refresh_from_db()
    assert (asked.to.code, asked.decided_on, asked.grounds) == (UTILITIES, date(2026, 2, 3), "Heating is theirs.")


def test_decide_for_the_holder_moves_nothing_and_starts_no_new_term():
    asked = disputed()
    before = list(asked.appeal.clocks.values_list("pk", "due_on", "met_on"))

    decided(asked, HEALTH)

    appeal = Appeal.objects.get()
    assert (appeal.agency.code, appeal.hops) == (HEALTH, 2)
    assert list(appeal.clocks.values_list("pk", "due_on", "met_on")) == before


def test_decide_a_second_time_without_knowing_of_the_first_is_refused():
    asked = disputed()
    decided(asked, UTILITIES)

    with pytest.raises(Refused, match="Meanwhile it was decided"):
        decided(asked, EDUCATION)

    assert Appeal.objects.get().agency.code == UTILITIES


def test_decide_anew_by_who_knows_the_first_decision_moves_the_appeal_again():
    asked = disputed()
    decided(asked, UTILITIES)

    decided(asked, EDUCATION, instead_of=body(UTILITIES))

    appeal = Appeal.objects.get()
    assert appeal.agency.code == EDUCATION
    assert trail(appeal).count("competence_decided") == 2
    with pytest.raises(Refused, match="decided that your body"):
        sent_on(appeal, HEALTH)


@pytest.mark.parametrize("to", [OFFICE, "gone"])
def test_decide_for_a_body_that_does_not_answer_is_refused(to):
    asked = disputed()
    Agency.objects.create(
        code="gone", level="local", name_kk="Жоқ", name_ru="Нет", name_en="Gone", valid_to=date(2026, 2, 1)
    )

    with pytest.raises(Refused):
        decided(asked, to)

    assert Appeal.objects.get().agency.code == HEALTH
    assert not Dispute.objects.get().to


def test_decide_that_a_complaint_goes_to_the_body_complained_of_is_refused():
    passed_up = forward(complaint(), body(AKIMAT), by=by(UTILITIES), at=MONDAY, reason="Passed up.")
    other = forward(passed_up, body("akimat.kz-75"), by=by(AKIMAT), at=MONDAY, reason="Theirs.")
    asked = dispute(other, by=by("akimat.kz-75"), at=MONDAY, reason="Not ours.")

    with pytest.raises(Refused, match="may not go to the body complained of"):
        decided(asked, UTILITIES)

    assert Appeal.objects.get().agency.code == "akimat.kz-75"


def test_decide_without_grounds_is_asked_again():
    asked = disputed()

    with pytest.raises(InvalidIntake) as fault:
        decided(asked, UTILITIES, grounds="")

    assert fault.value.field == "grounds"
    assert not Dispute.objects.get().to


def test_decide_by_a_stranger_or_in_the_wrong_role_is_refused():
    asked = disputed()

    for officer in (make_officer(UTILITIES, Role.HEAD), make_officer(AKIMAT, Role.EXECUTOR)):
        with pytest.raises(Refused):
            decided(asked, UTILITIES, by=officer)

    assert not Dispute.objects.get().to


def test_decide_during_a_wait_for_the_applicant_ends_the_wait():
    asked = disputed()
    hold(asked.appeal, missing="Your address.", days=5, by=by(HEALTH, Role.HEAD), at=MONDAY)

    decided(asked, UTILITIES, at=MONDAY + DAY)

    appeal = Appeal.objects.get()
    assert (appeal.status, appeal.agency.code) == (Status.REGISTERED, UTILITIES)
    assert not appeal.clocks.running().filter(kind=ClockKind.CORRECTION).exists()


def test_the_applicant_reads_who_decides_and_why_and_not_what_the_bodies_say_of_each_other():
    asked = disputed(reason="Utilities are always wrong.")
    decided(asked, UTILITIES)

    events = list(asked.appeal.events.select_related("words", "by__user").order_by("seq"))
    names = names_in(event.data for event in events)
    told = [(entry.title, entry.text) for entry in told_to_applicant(events, names)[-2:]]
    assert told == [
        (f"Who answers is left to the body above: {body(AKIMAT)}", ""),
        (f"The body above decided who answers: {body(UTILITIES)}", "Heating is theirs."),
    ]
    assert "always wrong" in told_to_officials(events, names)[-2].text


def test_the_body_above_hears_what_is_open_the_longest_asked_first():
    first, second = disputed(), disputed()

    assert list(heard_by(by(AKIMAT, Role.HEAD))) == [first, second]
    assert not heard_by(by(HEALTH, Role.HEAD))
