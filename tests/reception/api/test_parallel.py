"""Programs that lose patience send again before the first answer has come."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from appeals.models import Appeal
from tests.reception.api.bodies import body, send

AT_ONCE = 10


@pytest.mark.usefixtures("own_database")
def test_submit_many_times_at_once_with_one_key_is_one_appeal_and_one_coupon():
    def sent(_: int) -> tuple[int, Any]:
        try:
            answer = send(Client(), body(), key="impatient")
            return answer.status_code, answer.json()["key"]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(sent, range(AT_ONCE)))

    assert sorted(status for status, _ in answers) == [200] * (AT_ONCE - 1) + [201]
    assert len({key for _, key in answers}) == 1
    assert Appeal.objects.count() == 1
