"""What one way of moving an appeal leaves to the next: disputes, succession, groups, urgency, complaints together."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import crowds, grouping
from appeals.domain.alarms import mark_urgent, settle_urgency
from appeals.domain.assignment import accept
from appeals.domain.disputes import decide, dispute, heard_by
from appeals.domain.forwarding import forward
from appeals.domain.history import faults
from appeals.domain.reclassification import Classes, reclassify
from appeals.domain.routing import OFFICE
from appeals.domain.wording import names_in, told_to_applicant
from appeals.enums import Alarm, ClockKind, Danger, EventKind, Kind, NoticeKind
from appeals.errors import Refused
from appeals.models import Appeal, Dispute, Group, Notice
from appeals.rules import is_complained_of
from tests.appeals.domain.journeys import (
    AKIMAT,
    DAY,
    EDUCATION,
    HEALTH,
    UTILITIES,
    body,
    by,
    disputed,
    given_back,
    sent_on,
    trail,
)
from tests.appeals.domain.test_succession import HEIR, THE_DAY_AFTER, cease, succeed
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db


def made_a_complaint(appeal: Appeal, about: Agency) -> Appeal:
    to = replace(Classes.of(appeal), kind=Kind.COMPLAINT, complained_of=about)
    return reclassify(appeal, to, reason="It is about that body.", by=by(appeal.agency, Role.HEAD), at=MONDAY)


# disputes and complaints


def test_body_that_turns_out_to_be_complained_of_decides_no_longer_who_answers():
    asked = disputed()
    appeal = made_a_complaint(Appeal.objects.get(), body(AKIMAT))

    asked.refresh_from_db()
    with pytest.raises(Refused):
        decide(asked, body(EDUCATION), by=by(AKIMAT, Role.HEAD), at=MONDAY, grounds="Theirs.")

    assert not is_complained_of(asked.above, appeal)
    assert trail(appeal)[-2:] == ["reclassified", "competence_disputed"]
    assert not list(faults(appeal.events.all()))
    assert not heard_by(by(AKIMAT, Role.HEAD)).exists()


def test_question_about_competence_stays_with_the_body_above_when_the_complaint_is_about_another():
    asked = disputed()
    appeal = made_a_complaint(Appeal.objects.get(), body(UTILITIES))

    asked.refresh_from_db()
    assert asked.above == body(AKIMAT)
    assert trail(appeal)[-1] == "reclassified"


def test_body_that_decided_and_is_complained_of_afterwards_does_not_decide_anew():
    asked = disputed()
    decide(asked, body(HEALTH), by=by(AKIMAT, Role.HEAD), at=MONDAY, grounds="Theirs.")
    appeal = made_a_complaint(Appeal.objects.get(), body(AKIMAT))
    sent_on(appeal, OFFICE)
    how = {"by": by(AKIMAT, Role.HEAD), "at": MONDAY, "grounds": "No.", "instead_of": body(HEALTH)}

    with pytest.raises(Refused, match="complaint is about your body"):
        decide(Dispute.objects.get(), body("akimat.education.kz-75"), **how)

    assert Appeal.objects.get().agency.code == OFFICE


# succession


def test_appeal_of_a_group_that_goes_to_triage_leaves_the_group():
    registrar = make_officer(role=Role.REGISTRAR)
    appeal = make_appeal()
    group = grouping.open_group([appeal], name="Lamps", by=registrar, at=MONDAY)
    cease(registrar.agency, None)

    succeed()

    appeal.refresh_from_db()
    assert appeal.group is None
    assert not crowds.members(group).exists()


@pytest.mark.parametrize("heir", [HEIR, None])
def test_urgent_appeal_of_a_body_that_ceased_is_told_to_who_is_on_duty_with_the_next(heir: str | None):
    registrar = make_officer(role=Role.REGISTRAR)
    on_duty = make_officer(heir or OFFICE, Role.DUTY)
    appeal = mark_urgent(make_appeal(), Danger.LIFE, by=registrar, at=MONDAY, reason="Gas.")
    usual = make_appeal()
    Notice.objects.all().delete()
    cease(registrar.agency, Agency.objects.get(code=heir) if heir else None)

    succeed()

    told = Notice.objects.filter(kind=NoticeKind.URGENT)
    assert [(notice.appeal, notice.officer) for notice in told] == [(appeal, on_duty)]
    assert trail(usual)[-1] == "succeeded"


def test_body_that_gets_an_appeal_back_by_succession_is_not_late_for_what_it_did_in_time():
    appeal = sent_on(make_appeal(), EDUCATION)
    in_time = appeal.clocks.get(agency=body(UTILITIES), kind=ClockKind.FORWARDING)
    assert in_time.met_on
    accept(appeal, by=by(EDUCATION), at=MONDAY)
    cease(body(EDUCATION), body(UTILITIES))
    succeed()
    appeal.refresh_from_db()
    assert appeal.agency == body(UTILITIES)

    forward(appeal, body(HEALTH), by=by(UTILITIES), at=MONDAY + 10 * DAY, reason="Theirs.")

    assert appeal.clocks.get(pk=in_time.pk).met_on == in_time.met_on
    assert not appeal.breaches.filter(agency=body(UTILITIES)).exists()


# who may know of like appeals


def test_administrator_of_the_software_is_shown_no_like_appeals_and_no_groups():
    administrator, registrar = make_officer(role=Role.ADMINISTRATOR), make_officer(role=Role.REGISTRAR)
    alike = [make_appeal(details={"name": f"Азамат {n}", "email": f"a{n}@example.test"}) for n in range(2)]
    on = alike[0].registered_on
    assert crowds.crowds(registrar, on=on)
    grouping.open_group(alike, name="Lamps", by=registrar, at=MONDAY)
    make_appeal(details={"name": "Азамат 7", "email": "a7@example.test"})
    make_appeal(details={"name": "Азамат 8", "email": "a8@example.test"})

    assert crowds.crowds(administrator, on=on) == []
    assert not Group.objects.visible_to(administrator).exists()
    assert Group.objects.visible_to(registrar).exists()


# disputes and what cannot wait


def urgent(appeal: Appeal) -> Appeal:
    return mark_urgent(appeal, Danger.LIFE, by=by(appeal.agency), at=MONDAY, reason="Gas.")


@pytest.mark.parametrize("how", ["forward", "send_back"])
def test_question_about_competence_ends_where_the_appeal_is_moved_by_urgency(how: str):
    asked = disputed()
    appeal = urgent(Appeal.objects.get())

    moved = sent_on(appeal, UTILITIES, at=MONDAY + DAY) if how == "forward" else given_back(appeal, at=MONDAY + DAY)

    asked.refresh_from_db()
    assert (asked.ended_on, asked.decided_on, asked.to) == ((MONDAY + DAY).date(), None, None)
    assert trail(moved)[-2:] == ["marked_urgent", {"forward": "forwarded", "send_back": "sent_back"}[how]]
    assert moved.events.last().data["undecided"] == AKIMAT
    assert not list(faults(moved.events.all()))
    assert not heard_by(by(AKIMAT, Role.HEAD)).exists()


def test_what_ended_undecided_is_decided_no_more_and_binds_nobody():
    asked = disputed()
    moved = sent_on(urgent(Appeal.objects.get()), EDUCATION)
    settle_urgency(moved, Alarm.FALSE, by=by(EDUCATION, Role.HEAD), at=MONDAY, reason="A drill.")

    with pytest.raises(Refused, match="moved before you decided"):
        decide(asked, body(UTILITIES), by=by(AKIMAT, Role.HEAD), at=MONDAY, grounds="Theirs.")
    again = dispute(Appeal.objects.get(), by=by(EDUCATION), at=MONDAY, reason="Not education.")

    assert Appeal.objects.get().agency.code == EDUCATION
    assert (again.agency.code, again.is_undecided) == (EDUCATION, True)
    assert list(heard_by(by(AKIMAT, Role.HEAD))) == [again]


def test_question_about_competence_ends_where_the_complaint_is_passed_up():
    disputed()
    appeal = made_a_complaint(Appeal.objects.get(), body(HEALTH))

    passed_up = sent_on(appeal, AKIMAT)

    assert passed_up.events.last().data == {"left": HEALTH, "to": AKIMAT, "undecided": AKIMAT}
    assert not Dispute.objects.undecided().exists()


@pytest.mark.parametrize("heir", [UTILITIES, None])
def test_question_about_competence_ends_in_triage_and_goes_on_with_a_successor(heir: str | None):
    asked = disputed()
    cease(body(HEALTH), body(heir) if heir else None)

    succeed()

    asked.refresh_from_db()
    assert asked.is_undecided == bool(heir)
    told = asked.appeal.events.last()
    assert (told.kind, told.data.get("undecided")) == (EventKind.SUCCEEDED, None if heir else AKIMAT)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_end_of_a_question_about_competence_is_told_in_words(language: str):
    disputed()
    moved = sent_on(urgent(Appeal.objects.get()), EDUCATION)
    events = [moved.events.get(kind=EventKind.FORWARDED, data__undecided=AKIMAT)]

    with override(language):
        (told,) = told_to_applicant(events, names_in(event.data for event in events))

    assert told.text.endswith(f": {body(AKIMAT).named(language)}")


def test_body_above_does_not_decide_anew_about_what_was_moved_by_urgency_since():
    asked = disputed()
    decide(asked, body(HEALTH), by=by(AKIMAT, Role.HEAD), at=MONDAY, grounds="Theirs.")
    moved = sent_on(urgent(Appeal.objects.get()), "police.territorial.kz-79")
    settle_urgency(moved, Alarm.FALSE, by=by(moved.agency, Role.HEAD), at=MONDAY, reason="A drill.")
    asked.refresh_from_db()
    how = {"by": by(AKIMAT, Role.HEAD), "at": MONDAY, "grounds": "No.", "instead_of": body(HEALTH)}

    with pytest.raises(Refused, match="has gone to another body since you decided"):
        decide(asked, body(EDUCATION), **how)

    assert Appeal.objects.get().agency.code == "police.territorial.kz-79"


def test_body_above_decides_anew_about_what_its_successor_has():
    asked = disputed()
    decide(asked, body(HEALTH), by=by(AKIMAT, Role.HEAD), at=MONDAY, grounds="Theirs.")
    cease(body(HEALTH), body(UTILITIES))
    succeed()
    asked.refresh_from_db()

    how = {"at": THE_DAY_AFTER, "grounds": "Schools.", "instead_of": body(HEALTH)}
    decide(asked, body(EDUCATION), by=by(AKIMAT, Role.HEAD), **how)

    assert Appeal.objects.get().agency.code == EDUCATION
