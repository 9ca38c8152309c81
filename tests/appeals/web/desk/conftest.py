"""Officials signed in, and appeals in every stage of work."""

import pytest
from django.test import Client

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain.accountability import annul_breach, explain_breach
from appeals.domain.assignment import assign, begin_review
from appeals.domain.numbering import slug
from appeals.domain.replies import Answer, prepare_reply
from appeals.domain.routing import OFFICE
from appeals.enums import BreachCause, Outcome
from appeals.models import Appeal, Breach
from tests.appeals.domain.statistics.situations import WEEK, sweep
from tests.factories import MONDAY, make_appeal, make_officer

LATER = MONDAY + 2 * WEEK
ELSEWHERE = "akimat.education.kz-75"
ANSWER = Answer(Outcome.SATISFIED, "Жылу қосылды.", "Кодекстің 76-бабы", "Үш ай ішінде шағымдануға болады.")


def signed_in(officer: Officer) -> Client:
    """A browser in which `officer` has signed in, in English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer.user)
    return client


def words(page: object) -> str:
    """What a page is made of, without its line breaks."""
    return " ".join(page.content.decode().split())


def address(appeal: Appeal, act: str = "") -> str:
    return f"/desk/{slug(appeal.number)}/{act}"


@pytest.fixture
def appeal(db: None) -> Appeal:
    return make_appeal()


@pytest.fixture
def registrar(db: None) -> Officer:
    return make_officer(role=Role.REGISTRAR)


@pytest.fixture
def executor(db: None) -> Officer:
    return make_officer(role=Role.EXECUTOR)


@pytest.fixture
def head(db: None) -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def stranger(db: None) -> Officer:
    """The head of another body."""
    return make_officer(ELSEWHERE, Role.HEAD)


@pytest.fixture
def assigned(appeal: Appeal, registrar: Officer, executor: Officer) -> Appeal:
    return assign(appeal, executor, by=registrar, at=MONDAY)


@pytest.fixture
def in_review(assigned: Appeal, executor: Officer) -> Appeal:
    return begin_review(assigned, by=executor, at=MONDAY)


@pytest.fixture
def prepared(in_review: Appeal, executor: Officer) -> Appeal:
    return prepare_reply(in_review, ANSWER, by=executor, at=MONDAY)


@pytest.fixture
def breach(db: None) -> Breach:
    """The body forwards until 5 February; it was noted on the 9th that it had not."""
    make_appeal()
    sweep(MONDAY + WEEK)
    return Breach.objects.get()


@pytest.fixture
def explained(breach: Breach, head: Officer) -> Breach:
    return explain_breach(breach, cause=BreachCause.WORKLOAD, text="Two were ill.", by=head, at=LATER)


@pytest.fixture
def annulled(explained: Breach, overseer: Officer) -> Breach:
    return annul_breach(explained, reason="The post was on strike.", by=overseer, at=LATER)


@pytest.fixture
def overseer(db: None) -> Officer:
    return make_officer(OFFICE, Role.OVERSIGHT)


@pytest.fixture
def unit_head(db: None) -> Officer:
    return make_officer(role=Role.UNIT_HEAD)
