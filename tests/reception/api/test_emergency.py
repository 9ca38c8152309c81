"""An urgent appeal sent by a program: whom to call comes with the receipt; a name is not needed."""

import pytest
from django.test import Client

from appeals.models import Appeal
from tests.reception.api.bodies import body, send

pytestmark = pytest.mark.django_db

BEATEN = "Муж меня избивает, боюсь за детей."
NO_NAME = {"is_anonymous": True}


def test_receipt_of_an_urgent_appeal_says_whom_to_call(client: Client):
    answer = send(client, body(text=BEATEN))

    assert answer.status_code == 201
    told = answer.json()
    assert told["emergency"]["danger"] == "violence"
    assert [line["number"] for line in told["emergency"]["helplines"]] == ["112", "102", "103", "111"]
    assert told["agency"]["code"] == "police.territorial.kz-79"
    assert told["reason"]["codes"]["reason"] == "urgent"
    assert "the police of the region" in told["reason"]["text"]


@pytest.mark.parametrize("changes", [{}, {"text": BEATEN, "is_denied": True}])
def test_receipt_of_what_is_not_urgent_or_was_denied_names_nobody(client: Client, changes):
    answer = send(client, body(**changes))

    assert answer.json()["emergency"] is None
    assert answer.json()["agency"]["code"] == "akimat.utilities.kz-79"


def test_urgent_appeal_is_taken_without_a_name(client: Client):
    answer = send(client, body(text=BEATEN, applicant=NO_NAME))

    assert answer.status_code == 201
    assert Appeal.objects.get().applicant.unseal() == {}


@pytest.mark.parametrize("changes", [{}, {"text": BEATEN, "is_denied": True}])
def test_without_a_name_is_refused_where_nothing_is_urgent(client: Client, changes):
    answer = send(client, body(**changes | {"applicant": NO_NAME}))

    assert answer.status_code == 400
    assert not Appeal.objects.exists()


def test_no_name_is_missing_where_it_was_not_said_so(client: Client):
    answer = send(client, body(text=BEATEN, applicant={"type": "person", "address": "Шымкент"}))

    assert answer.status_code == 400
    assert "name" in answer.json()["applicant"]
