"""Officials signed in, and appeals in every stage of work."""

import pytest
from django.test import Client

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain.assignment import assign, begin_review
from appeals.domain.numbering import slug
from appeals.domain.replies import Answer, prepare_reply
from appeals.enums import Outcome
from appeals.models import Appeal
from tests.factories import MONDAY, make_appeal, make_officer

ELSEWHERE = "akimat.education.kz-75"
ANSWER = Answer(Outcome.SATISFIED, "Жылу қосылды.", "Кодекстің 76-бабы", "Үш ай ішінде шағымдануға болады.")


def signed_in(officer: Officer) -> Client:
    """A browser in which `officer` has signed in, in English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer.user)
    return client


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
