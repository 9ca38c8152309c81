"""The body complained of satisfies the complaint in full itself, within three working days (Art. 91(4))."""

from datetime import date

import pytest

from agencies.enums import Role
from appeals.domain.forwarding import forward
from appeals.domain.history import faults
from appeals.domain.replies import satisfy
from appeals.domain.statistics.folding import fold
from appeals.domain.statistics.rebuilding import differences
from appeals.enums import ClockKind, NoticeKind, Outcome, Status
from appeals.errors import InvalidIntake, Refused
from appeals.models import NOTHING_DUE, Appeal, Notice, Reply
from tests.appeals.domain.journeys import AKIMAT, DAY, UTILITIES, body, by, complaint, trail
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

TOLD = {"text": "Жылу қосылды, шот қайта есептелді.", "law": "Кодекстің 91-бабы", "remedy": "Үш ай ішінде."}


def satisfied(appeal: Appeal, **how: object) -> Appeal:
    return satisfy(appeal, **TOLD | {"by": by(UTILITIES, Role.HEAD), "at": MONDAY + DAY} | how)


def test_satisfy_answers_the_complaint_meets_the_clock_and_ends_its_way_up():
    appeal = satisfied(complaint())

    assert (appeal.status, appeal.agency.code, appeal.closed_on) == (Status.ANSWERED, UTILITIES, date(2026, 2, 3))
    assert appeal.reply.outcome == Outcome.SATISFIED
    assert appeal.reply.signed_by == appeal.reply.prepared_by == by(UTILITIES, Role.HEAD)
    assert appeal.reply.superior.code == AKIMAT
    clock = appeal.clocks.get(kind=ClockKind.PASSING_UP)
    assert (clock.met_on, clock.breached_on) == (date(2026, 2, 3), None)
    assert appeal.next_due_on == NOTHING_DUE
    assert trail(appeal) == ["registered", "routed", "answered"]
    assert Notice.objects.filter(kind=NoticeKind.ANSWERED).count() == 1
    assert not list(faults(appeal.events.all()))


def test_satisfy_is_counted_as_an_answer():
    satisfied(complaint())
    fold(limit=100)

    assert differences() == []


def test_satisfy_with_something_still_to_be_done_starts_its_term():
    appeal = satisfied(complaint(), needs_execution=True)

    assert appeal.clocks.running().get().kind == ClockKind.EXECUTION


def refused(appeal: Appeal, why: str, **how: object) -> None:
    before = trail(appeal)
    with pytest.raises(Refused, match=why):
        satisfied(appeal, **how)
    assert trail(appeal) == before
    assert not Reply.objects.exists()


def test_satisfy_after_the_third_day_is_refused():
    refused(complaint(), "three working days are over", at=MONDAY + 4 * DAY)


def test_satisfy_by_anybody_but_head_and_deputy_is_refused():
    refused(complaint(), "Your role", by=make_officer(role=Role.UNIT_HEAD))


def test_satisfy_what_is_no_complaint_is_refused():
    refused(make_appeal(), "Only the body complained of")


def test_satisfy_by_the_superior_is_refused_since_it_decides():
    appeal = forward(complaint(), body(AKIMAT), by=by(UTILITIES), at=MONDAY, reason="Passed up.")

    refused(appeal, "Only the body complained of", by=by(AKIMAT, Role.HEAD))


def test_satisfy_twice_is_refused():
    appeal = satisfied(complaint())

    with pytest.raises(Refused, match="closed"):
        satisfied(appeal)


@pytest.mark.parametrize("field", TOLD)
def test_satisfy_without_its_words_is_asked_again_and_changes_nothing(field):
    appeal = complaint()

    with pytest.raises(InvalidIntake) as fault:
        satisfied(appeal, **{field: " "})

    assert fault.value.field == field
    assert trail(appeal) == ["registered", "routed"]
