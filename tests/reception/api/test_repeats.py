"""An earlier appeal named by a program: told to officials, and neither confirmed nor linked."""

import pytest
from django.test import Client

from appeals.models import Appeal
from tests.factories import make_appeal
from tests.reception.api.bodies import body, send

pytestmark = pytest.mark.django_db


def test_submit_naming_an_earlier_appeal_is_answered_alike_whether_there_is_one(client: Client):
    there, missing = make_appeal(), "ЖТ-2026-09999999"

    answers = [send(client, body(earlier=number)) for number in (there.number, missing)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert [sorted(answer.json()) for answer in answers] == [sorted(answers[0].json())] * 2
    later = Appeal.objects.order_by("pk")[1:]
    assert [appeal.previous for appeal in later] == [None, None]
    assert [appeal.events.get(seq=1).data["said_earlier"] for appeal in later] == [there.number, missing]


@pytest.mark.parametrize("earlier", ["12", "жоқ", "x" * 61, 7, ["ЖТ-2026-00000001"]])
def test_submit_naming_what_is_no_number_is_refused_at_the_field(client: Client, earlier):
    answer = send(client, body(earlier=earlier))

    assert (answer.status_code, list(answer.json())) == (400, ["earlier"])
    assert not Appeal.objects.exists()
