from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from agencies.enums import Role
from appeals.domain.routing import OFFICE
from tests.factories import MONDAY, make_officer

NOW = MONDAY + timedelta(days=44)  # Wednesday 18 March 2026


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    with time_machine.travel(NOW):
        yield NOW


@pytest.fixture
def overseeing(client: Client) -> Client:
    """Signed in for the President's Office, reading English."""
    client.force_login(make_officer(OFFICE, Role.OVERSIGHT).user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
