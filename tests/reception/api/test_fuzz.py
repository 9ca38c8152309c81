"""Whatever a program sends, the answer is a receipt or a clear refusal, never a fault of ours."""

import json
from typing import Any

from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.reception.api.bodies import applicant, body, send

ODD_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ODD_TEXT
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXT, inner, max_size=3))
SOME = settings(max_examples=80, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def odd(valid: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """`valid` with up to three fields turned into anything."""
    return st.dictionaries(st.sampled_from(sorted(valid)), JSON, min_size=1, max_size=3).map(lambda bad: valid | bad)


BODIES = odd(body() | {"complained_of": "akimat"}) | odd(applicant()).map(lambda bad: body(applicant=bad)) | JSON


class SubmitTests(TestCase):
    @SOME
    @given(BODIES)
    def test_submit_of_anything_is_taken_or_refused(self, content: Any) -> None:
        cache.clear()
        client = Client(raise_request_exception=True)

        answer = send(client, json.dumps(content).encode())

        assert answer.status_code in (200, 201, 400), answer.content
        assert answer["Content-Type"] == "application/json"

    @SOME
    @given(st.binary(max_size=60))
    def test_submit_of_any_bytes_is_refused(self, raw: bytes) -> None:
        cache.clear()

        assert send(Client(raise_request_exception=True), raw).status_code == 400
