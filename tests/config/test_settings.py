"""What the environment says reaches everything that reads it."""

import json
import os
import subprocess
import sys
import zoneinfo
from datetime import datetime, timedelta

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.test import RequestFactory
from rest_framework.throttling import BaseThrottle

SHOW = """
import json
from config.settings import test as s
print(json.dumps([s.REST_FRAMEWORK["NUM_PROXIES"], s.ALLAUTH_TRUSTED_PROXY_COUNT]))
"""


def proxies(**environment: str) -> list[int]:
    """How many balancers the API's limits and those of sign-in believe, in a process of its own."""
    env = {name: value for name, value in os.environ.items() if name != "TRUSTED_PROXIES"} | environment
    done = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_trusted_proxies_reach_the_limits_of_the_api_and_of_sign_in():
    assert proxies(TRUSTED_PROXIES="2") == [2, 2]
    assert proxies() == [0, 0]


@pytest.mark.parametrize(("trusted", "address"), [(0, "10.0.0.1"), (1, "203.0.113.7"), (2, "198.51.100.9")])
def test_limits_go_by_the_address_the_outermost_balancer_saw(settings, trusted: int, address: str):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": trusted}
    seen = {"X-Forwarded-For": "192.0.2.1, 198.51.100.9, 203.0.113.7"}

    request = RequestFactory(REMOTE_ADDR="10.0.0.1", headers=seen).get("/follow/")

    assert get_adapter().get_client_ip(request) == address
    assert BaseThrottle().get_ident(request) == address


def test_time_zones_come_with_the_program_and_not_from_the_machine():
    assert zoneinfo.TZPATH == ()
    assert datetime(2024, 3, 2, tzinfo=zoneinfo.ZoneInfo("Asia/Almaty")).utcoffset() == timedelta(hours=5)
