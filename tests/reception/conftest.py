"""A browser that asks for English, so that what pages say can be read here."""

import pytest
from django.test import Client


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})
