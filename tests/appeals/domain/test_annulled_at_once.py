"""An annulment asked for many times at the same moment, where commits are real."""

from agencies.enums import Role
from appeals.domain.accountability import annul_breach
from appeals.domain.routing import OFFICE
from appeals.domain.statistics.rebuilding import differences
from appeals.enums import EventKind
from appeals.errors import Refused
from appeals.models import Breach, BreachAnnulment, CountDelta
from tests.appeals.domain.statistics.situations import WEEK, sweep
from tests.appeals.domain.test_at_once import at_once, unbroken
from tests.factories import MONDAY, make_appeal, make_officer


def test_breach_annulled_by_five_at_once_is_annulled_once_and_taken_back_once(own_database):
    make_appeal()
    sweep(MONDAY + WEEK)
    breach, overseer = Breach.objects.get(), make_officer(OFFICE, Role.OVERSIGHT)

    answers = at_once(5, lambda: annul_breach(breach, reason="A strike.", by=overseer, at=MONDAY + 2 * WEEK))

    assert sum(isinstance(answer, Refused) for answer in answers) == 4
    assert BreachAnnulment.objects.count() == CountDelta.objects.filter(n=-1).count() == 1
    assert breach.appeal.events.filter(kind=EventKind.BREACH_ANNULLED).count() == 1
    assert unbroken()
    assert differences() == []
