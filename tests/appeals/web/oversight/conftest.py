
import pytest
from django.test import Client

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain.routing import OFFICE
from tests.factories import make_officer


@pytest.fixture
def overseer() -> Officer:
    return make_officer(OFFICE, Role.OVERSIGHT)


@pytest.fixture
def overseeing(client: Client, overseer: Officer) -> Client:
    client.force_login(overseer.user)
    return client
