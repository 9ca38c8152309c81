"""However a case came to its holder, its pages read as much: page, API, and the page for giving it back."""

from collections.abc import Callable, Iterator

import pytest
import time_machine

from agencies.enums import Role
from appeals.domain.disputes import decide
from appeals.models import Appeal
from tests.appeals.api.test_reading import cost, url
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
    sent_on,
)
from tests.appeals.domain.test_succession import cease, succeed
from tests.appeals.web.desk.conftest import address, signed_in
from tests.factories import MONDAY, make_appeal

pytestmark = pytest.mark.django_db

CULTURE = "akimat.culture.kz-79"


@pytest.fixture(autouse=True)
def on_tuesday() -> Iterator[None]:
    with time_machine.travel(MONDAY + DAY, tick=False):
        yield


def passed_up_and_on() -> Appeal:
    return sent_on(sent_on(complaint(), AKIMAT), HEALTH)


def passed_up_by_a_body_that_ceased() -> Appeal:
    return gone(passed_up_and_on(), UTILITIES, EDUCATION)


def taken_over() -> Appeal:
    return gone(forwarded(), EDUCATION, HEALTH)


def taken_over_twice() -> Appeal:
    return gone(gone(forwarded(), EDUCATION, HEALTH), HEALTH, CULTURE)


def decided_and_taken_over() -> Appeal:
    asked = disputed(forwarded())
    decide(asked, body(EDUCATION), by=by(AKIMAT, Role.HEAD), at=MONDAY, grounds="Theirs.")
    return gone(asked.appeal, EDUCATION, HEALTH)


def gone(appeal: Appeal, code: str, successor: str) -> Appeal:
    """With the body `code` no more since Monday."""
    cease(body(code), body(successor), on=MONDAY.date())
    succeed(at=MONDAY + DAY)
    return Appeal.objects.get(pk=appeal.pk)


ANY = [
    make_appeal,
    passed_up_and_on,
    passed_up_by_a_body_that_ceased,
    taken_over,
    taken_over_twice,
    decided_and_taken_over,
]
GIVEN_BACK = [passed_up_and_on, passed_up_by_a_body_that_ceased, taken_over, taken_over_twice]


@pytest.mark.parametrize("way", ANY, ids=lambda way: way.__name__)
def test_a_case_reads_as_much_whichever_way_it_came(way: Callable[[], Appeal], rows_read):
    appeal = way()
    client = signed_in(by(appeal.agency))

    with rows_read() as statements:
        assert client.get(address(appeal)).status_code == 200

    assert len(statements) == 8, "\n".join(statements)
    assert cost(client, url(appeal)) == 8


@pytest.mark.parametrize("way", GIVEN_BACK, ids=lambda way: way.__name__)
def test_the_page_for_giving_a_case_back_reads_as_much_whichever_way_it_came(way: Callable[[], Appeal], rows_read):
    appeal = way()
    client = signed_in(by(appeal.agency))

    with rows_read() as statements:
        assert client.get(address(appeal, "send-back/")).status_code == 200

    assert len(statements) <= 8, "\n".join(statements)
