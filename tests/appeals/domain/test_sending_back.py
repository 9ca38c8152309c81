"""Who gets an appeal that is not its own gives it back, once; and the third door is chosen by the body above."""

from dataclasses import replace
from datetime import date

import pytest

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import acts
from appeals.domain.assignment import accept, assign
from appeals.domain.breaches import note_missed
from appeals.domain.disputes import decide, dispute
from appeals.domain.dossier import dossier
from appeals.domain.forwarding import forward, send_back
from appeals.domain.history import faults
from appeals.domain.parts import forward_part, passages
from appeals.domain.reclassification import Classes, reclassify
from appeals.domain.routing import office
from appeals.domain.statistics.folding import fold
from appeals.domain.statistics.rebuilding import differences
from appeals.domain.wording import names_in, told_to_applicant, told_to_officials
from appeals.enums import ClockKind, Kind, NoticeKind, Status
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, Notice
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
    given_back,
    sent_on,
    trail,
)
from tests.appeals.domain.test_succession import cease, succeed
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db


def test_send_back_returns_the_appeal_to_where_it_came_from_and_tells_the_applicant():
    appeal = forwarded()

    back = given_back(appeal, at=MONDAY + DAY)

    assert (back.agency.code, back.status, back.officer, back.hops) == (UTILITIES, Status.REGISTERED, None, 1)
    hop = back.forwardings.last()
    assert (hop.left.code, hop.to.code, hop.is_return, hop.on_last_day) == (EDUCATION, UTILITIES, True, False)
    assert trail(back) == ["registered", "routed", "forwarded", "sent_back"]
    assert Notice.objects.filter(appeal=back, kind=NoticeKind.SENT_BACK).count() == 1
    assert not list(faults(back.events.all()))


def test_send_back_ends_the_terms_of_who_sends_and_starts_those_of_who_gets_it_anew():
    back = given_back(forwarded(), at=MONDAY + DAY)

    theirs = {clock.kind: clock for clock in back.clocks.filter(agency__code=EDUCATION)}
    assert theirs[ClockKind.FORWARDING].met_on == theirs[ClockKind.REPLY].cancelled_on == date(2026, 2, 3)
    ours = back.clocks.running().filter(agency__code=UTILITIES).order_by("due_on")
    assert [(clock.kind, clock.starts_on, clock.due_on) for clock in ours] == [
        (ClockKind.FORWARDING, date(2026, 2, 3), date(2026, 2, 6)),
        (ClockKind.REPLY, date(2026, 2, 3), date(2026, 2, 24)),
    ]
    assert back.next_due_on == date(2026, 2, 6)


def test_send_back_is_counted_as_handing_on_and_the_counts_can_be_rebuilt():
    given_back(forwarded())

    fold(limit=1000)
    assert differences() == []


def test_the_applicant_reads_why_it_went_back_and_no_blame_for_the_day():
    back = given_back(forwarded(), at=MONDAY + 3 * DAY)

    events = list(back.events.select_related("words", "by__user"))
    names = names_in(event.data for event in events)
    entry, inner = told_to_applicant(events, names)[-1], told_to_officials(events, names)[-1]
    assert entry.title == f"Sent back, to: {body(UTILITIES)}"
    assert entry.text == "Heating is the other body's."
    assert "on the last day for it, or later" in inner.text


@pytest.mark.parametrize("reason", ["", "   "])
def test_send_back_without_a_reason_is_asked_again_and_changes_nothing(reason):
    appeal = forwarded()

    with pytest.raises(InvalidIntake) as fault:
        send_back(appeal, by=by(EDUCATION), at=MONDAY, reason=reason)

    assert fault.value.field == "reason"
    assert Appeal.objects.get().agency.code == EDUCATION


def refused(appeal: Appeal, why: str, *, at: object = MONDAY) -> None:
    before = trail(appeal)
    with pytest.raises(Refused, match=why):
        send_back(appeal, by=by(appeal.agency), at=at, reason="Not ours.")
    assert trail(appeal) == before
    assert Appeal.objects.get(pk=appeal.pk).agency == appeal.agency


def test_send_back_what_came_from_nobody_is_refused():
    refused(make_appeal(), "came from no other body")


def test_send_back_after_acceptance_is_refused():
    refused(accept(forwarded(), by=by(EDUCATION), at=MONDAY), "already accepted")


def test_send_back_after_the_third_day_is_refused_and_forwarding_is_not():
    appeal, late = forwarded(), MONDAY + 4 * DAY
    refused(appeal, "is over", at=late)

    assert sent_on(appeal, HEALTH, at=late).agency.code == HEALTH


def test_send_back_to_a_body_that_has_ceased_is_refused():
    appeal = forwarded()
    gone = body(UTILITIES)
    gone.valid_to = MONDAY.date()
    gone.save()

    refused(appeal, "no longer exists", at=MONDAY + DAY)


def test_send_back_a_complaint_passed_up_is_refused():
    passed_up = forward(complaint(), body("akimat.kz-79"), by=by(UTILITIES), at=MONDAY, reason="Passed up.")

    refused(passed_up, "may not go to the body complained of")


def test_send_back_by_the_body_complained_of_is_refused():
    refused(complaint(), "came from no other body")


def test_send_back_a_second_time_is_refused_to_either_body():
    back = given_back(forwarded())
    refused(back, "returned once already")

    with pytest.raises(Refused, match="returned once already"):
        sent_on(back, EDUCATION)


def test_forward_to_a_body_that_had_it_is_a_return_and_counts_as_one():
    appeal = sent_on(forwarded(), UTILITIES)

    assert [hop.is_return for hop in appeal.forwardings.all()] == [False, True]
    assert appeal.hops == 2


def test_forward_a_third_time_is_refused_and_leaves_no_trace():
    appeal = forwarded_twice()

    with pytest.raises(Refused, match="forwarded twice already"):
        sent_on(appeal, "akimat.culture.kz-79")

    assert Appeal.objects.get().agency.code == HEALTH
    assert trail(appeal).count("forwarded") == 2


def test_forward_after_it_was_sent_back_once_is_the_second_time_only():
    appeal = sent_on(given_back(forwarded()), HEALTH)

    assert (appeal.agency.code, appeal.hops) == (HEALTH, 2)


def test_forward_by_the_office_is_never_too_often():
    appeal = sent_on(sent_on(make_appeal(topic=None), UTILITIES), office().code)

    assert sent_on(appeal, UTILITIES).agency.code == UTILITIES


def test_passing_a_complaint_up_does_not_count_as_a_forwarding():
    up = forward(complaint(), body("akimat.kz-79"), by=by(UTILITIES), at=MONDAY, reason="Passed up.")

    assert up.hops == 0
    assert Notice.objects.filter(kind=NoticeKind.FORWARDED).count() == 1


def test_what_is_urgent_is_handed_on_without_being_counted_and_told_each_time():
    appeal = forwarded_twice()
    Appeal.objects.filter(pk=appeal.pk).update(is_urgent=True)
    appeal.refresh_from_db()

    appeal = sent_on(sent_on(appeal, UTILITIES), EDUCATION)

    assert (appeal.agency.code, appeal.hops) == (EDUCATION, 2)
    assert Notice.objects.filter(kind=NoticeKind.FORWARDED).count() == 4


@pytest.mark.parametrize(("days", "is_flagged"), [(2, False), (3, True), (7, True)])
def test_forward_on_the_last_day_or_later_is_flagged(days, is_flagged):
    appeal = forwarded(at=MONDAY + days * DAY)

    assert appeal.forwardings.get().on_last_day == is_flagged
    assert ("on_last_day" in appeal.events.last().data) == is_flagged


def test_forward_on_the_last_day_after_acceptance_is_flagged_by_the_term_it_had():
    appeal = accept(make_appeal(), by=by(UTILITIES), at=MONDAY)

    assert sent_on(appeal, EDUCATION, at=MONDAY + 3 * DAY).forwardings.get().on_last_day


def test_forward_part_on_the_last_day_is_flagged():
    whole = make_appeal()

    part = forward_part(
        whole, body(EDUCATION), questions="The school?", reason="Theirs.", by=by(UTILITIES), at=MONDAY + 3 * DAY
    )

    assert part.forwardings.get().on_last_day
    assert whole.events.last().data["on_last_day"]


def test_a_part_can_be_sent_back_to_who_divided_the_appeal():
    part = forward_part(
        make_appeal(), body(EDUCATION), questions="The school?", reason="Theirs.", by=by(UTILITIES), at=MONDAY
    )

    assert given_back(part).agency.code == UTILITIES


def test_breach_stays_with_the_body_that_let_its_day_pass_before_the_appeal_came_back_to_it():
    appeal = forwarded()
    note_missed(zone="Asia/Almaty", on=date(2026, 2, 6), at=MONDAY + 4 * DAY, limit=10)
    sent_on(appeal, HEALTH, at=MONDAY + 4 * DAY)

    assert [breach.agency.code for breach in appeal.breaches.all()] == [EDUCATION]


def test_who_let_the_appeal_go_keeps_it_in_sight_and_cannot_act_on_it():
    back = given_back(forwarded())

    clerk = by(EDUCATION)
    assert Appeal.objects.visible_to(clerk).filter(pk=back.pk).exists()
    with pytest.raises(Refused, match="holding the appeal"):
        send_back(back, by=clerk, at=MONDAY, reason="Again.")


def test_whom_it_was_decided_for_neither_forwards_nor_sends_back_nor_asks_again():
    asked = disputed()
    decide(asked, body(EDUCATION), by=by("akimat.kz-79", Role.HEAD), at=MONDAY, grounds="Schools are theirs.")
    appeal = Appeal.objects.get()

    acts = (
        lambda: sent_on(appeal, HEALTH),
        lambda: given_back(appeal),
        lambda: dispute(appeal, by=by(EDUCATION), at=MONDAY, reason="No."),
    )
    for act in acts:
        with pytest.raises(Refused, match="decided that your body"):
            act()
    assert assign(appeal, make_officer(EDUCATION), by=by(EDUCATION), at=MONDAY).status == Status.ASSIGNED


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Heating?\n\n  School?\r\nRoad?\n", ["Heating?", "School?", "Road?"]),
        ("There is no heat. Why? The school is cold…  When will it be warm?", None),
        ("One", ["One"]),
        ("", [""]),
    ],
)
def test_the_text_is_marked_by_paragraphs_or_where_there_is_one_by_sentences(text, marked):
    sentences = ["There is no heat.", "Why?", "The school is cold…", "When will it be warm?"]

    assert passages(text) == (sentences if marked is None else marked)


def test_what_became_a_complaint_is_not_sent_back_to_a_body_below_the_one_complained_of():
    appeal = sent_on(make_appeal(), "ministry.energy")
    to = replace(Classes.of(appeal), kind=Kind.COMPLAINT, complained_of=body(AKIMAT))
    appeal = reclassify(appeal, to, reason="It is about the akimat.", by=by("ministry.energy", Role.HEAD), at=MONDAY)
    before = trail(appeal)

    with pytest.raises(Refused, match="nor to one below it"):
        given_back(appeal)

    shown = dossier(by("ministry.energy"), appeal.number, at=MONDAY)
    assert "nor to one below it" in acts.refusals(shown)["send_back"]
    assert trail(appeal) == before


def test_the_successor_of_the_receiver_may_send_back_what_it_took_over_in_time():
    appeal = forwarded()
    cease(body(EDUCATION), body(HEALTH), on=MONDAY.date())
    succeed(at=MONDAY + DAY)
    appeal.refresh_from_db()

    back = given_back(appeal, at=MONDAY + DAY)

    assert (back.agency.code, trail(back)[-2:]) == (UTILITIES, ["succeeded", "sent_back"])


def test_the_successor_is_bound_by_what_the_body_above_decided_for_its_predecessor():
    asked = disputed(forwarded())
    decide(asked, body(EDUCATION), by=by(AKIMAT, Role.HEAD), at=MONDAY, grounds="Theirs.")
    cease(body(EDUCATION), body(HEALTH), on=MONDAY.date())
    succeed(at=MONDAY + DAY)
    appeal = Appeal.objects.get()

    assert appeal.agency.code == HEALTH
    for act in (lambda: sent_on(appeal, UTILITIES, at=MONDAY + DAY), lambda: given_back(appeal, at=MONDAY + DAY)):
        with pytest.raises(Refused, match="The body above decided that your body answers"):
            act()


def test_a_body_that_succeeds_the_one_it_forwarded_to_has_nobody_to_send_it_back_to():
    appeal = forwarded()
    cease(body(EDUCATION), body(UTILITIES), on=MONDAY.date())
    succeed(at=MONDAY + DAY)
    appeal.refresh_from_db()

    with pytest.raises(Refused, match="came from no other body"):
        given_back(appeal, at=MONDAY + DAY)


def test_a_body_into_which_the_sender_was_merged_has_nobody_to_send_it_back_to():
    appeal = forwarded()
    cease(body(UTILITIES), body(EDUCATION), on=MONDAY.date())

    refused(appeal, "came from no other body", at=MONDAY + DAY)


def test_forward_to_who_succeeded_a_body_that_had_it_is_a_return():
    back = given_back(forwarded())
    cease(body(EDUCATION), body(HEALTH), on=MONDAY.date())
    before = trail(back)

    with pytest.raises(Refused, match="returned once already"):
        sent_on(back, HEALTH, at=MONDAY + DAY)

    assert (trail(back), Appeal.objects.get().agency.code) == (before, UTILITIES)
    assert back.forwardings.count() == 2


def test_the_first_return_may_be_to_who_succeeded_and_counts_as_one():
    appeal = forwarded()
    cease(body(UTILITIES), body(HEALTH), on=MONDAY.date())

    sent_on(appeal, HEALTH, at=MONDAY + DAY)

    assert [hop.is_return for hop in appeal.forwardings.all()] == [False, True]
    with pytest.raises(Refused, match="returned once already"):
        given_back(Appeal.objects.get(), at=MONDAY + DAY)


def test_who_is_only_to_succeed_a_body_that_had_it_has_not_had_it_yet():
    back = given_back(forwarded())
    cease(body(EDUCATION), body(HEALTH), on=(MONDAY + DAY).date())

    sent_on(back, HEALTH, at=MONDAY + DAY)

    assert [hop.is_return for hop in back.forwardings.all()] == [False, True, False]


def test_what_became_a_complaint_is_not_sent_back_to_a_body_that_hears_none():
    appeal = forwarded()
    Agency.objects.filter(code=UTILITIES).update(complaint_instance=False)
    to = replace(Classes.of(appeal), kind=Kind.COMPLAINT, complained_of=body(HEALTH))
    appeal = reclassify(appeal, to, reason="It is about health.", by=by(EDUCATION, Role.HEAD), at=MONDAY)

    refused(appeal, "hears no complaints")

    shown = dossier(by(EDUCATION), appeal.number, at=MONDAY)
    assert "hears no complaints" in acts.refusals(shown)["send_back"]
