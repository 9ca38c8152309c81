"""Two officers hand the same appeal on at the same moment: one act, and a sentence for the others."""

from agencies.enums import Role
from appeals.domain.alarms import mark_urgent
from appeals.domain.disputes import decide, dispute
from appeals.domain.forwarding import forward, send_back
from appeals.domain.replies import satisfy
from appeals.enums import Danger
from appeals.errors import AppealError
from appeals.models import Appeal, Dispute, Forwarding
from tests.appeals.domain.journeys import (
    AKIMAT,
    EDUCATION,
    HEALTH,
    UTILITIES,
    body,
    by,
    complaint,
    disputed,
    forwarded,
    forwarded_twice,
)
from tests.appeals.domain.test_at_once import at_once, unbroken
from tests.factories import MONDAY, make_appeal


def refused(results: list[object]) -> int:
    return sum(isinstance(result, AppealError) for result in results)


def test_send_back_five_at_once_is_one_return_and_four_refusals(own_database):
    appeal, clerk = forwarded(), by(EDUCATION)

    results = at_once(5, lambda: send_back(appeal, by=clerk, at=MONDAY, reason="Not ours."))

    assert refused(results) == 4
    assert Forwarding.objects.filter(is_return=True).count() == 1
    assert unbroken()


def test_dispute_five_at_once_is_one_question_and_four_refusals(own_database):
    appeal, clerk, _ = forwarded_twice(), by(HEALTH), by(AKIMAT, Role.HEAD)

    results = at_once(5, lambda: dispute(appeal, by=clerk, at=MONDAY, reason="Not ours."))

    assert refused(results) == 4
    assert Dispute.objects.count() == 1
    assert unbroken()


def test_decide_for_two_bodies_at_once_is_one_decision_and_one_refusal(own_database):
    asked, head = disputed(), by(AKIMAT, Role.HEAD)
    bodies = [body(UTILITIES), body(EDUCATION)]

    results = at_once(2, lambda: decide(asked, bodies.pop(), by=head, at=MONDAY, grounds="Theirs."))

    assert refused(results) == 1
    assert Appeal.objects.get().agency == Dispute.objects.get().to
    assert Forwarding.objects.count() == 3
    assert unbroken()


def test_satisfy_five_at_once_is_one_answer_and_four_refusals(own_database):
    appeal, head = complaint(), by(UTILITIES, Role.HEAD)
    told = {"text": "Жылу қосылды.", "law": "91-бап", "remedy": "Үш ай ішінде."}

    results = at_once(5, lambda: satisfy(appeal, **told, by=head, at=MONDAY))

    assert refused(results) == 4
    assert list(appeal.events.order_by("seq").values_list("kind", flat=True)) == ["registered", "routed", "answered"]
    assert unbroken()


def test_urgent_appeal_forwarded_while_it_is_decided_whose_it_is_moves_once(own_database):
    asked, head, clerk = disputed(), by(AKIMAT, Role.HEAD), by(HEALTH)
    mark_urgent(asked.appeal, Danger.LIFE, by=clerk, at=MONDAY, reason="Gas.")
    acts = [
        lambda: decide(asked, body(UTILITIES), by=head, at=MONDAY, grounds="Theirs."),
        lambda: forward(asked.appeal, body(EDUCATION), by=clerk, at=MONDAY, reason="At once."),
    ]

    def next_act() -> object:
        return acts.pop()()

    results = at_once(2, next_act)

    asked.refresh_from_db()
    assert refused(results) == 1
    assert Forwarding.objects.count() == 3
    assert not asked.is_undecided
    assert unbroken()


def test_forward_to_two_bodies_at_once_goes_to_one(own_database):
    appeal, clerk, bodies = make_appeal(), by(UTILITIES), [body(EDUCATION), body(HEALTH)]

    results = at_once(2, lambda: forward(appeal, bodies.pop(), by=clerk, at=MONDAY, reason="Theirs."))

    assert refused(results) == 1
    assert Forwarding.objects.get().to == Appeal.objects.get().agency
    assert unbroken()
