"""What a page costs: at most eight statements, however much there is to show."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import breaches, closing, coupons, disputes, forwarding
from appeals.enums import ReturnGround
from appeals.models import Appeal
from appeals.rules import MOST_FORWARDINGS
from tests.appeals.domain.test_uploads import PDF
from tests.factories import make_appeal, make_officer
from tests.reception.journey import ANSWERS, answer, write

pytestmark = pytest.mark.django_db
MOST = 8


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    told = [query["sql"] for query in captured.captured_queries]
    return len([sql for sql in told if "SAVEPOINT" not in sql])


def add_files(client: Client, how_many: int) -> None:
    for n in range(how_many):
        file = SimpleUploadedFile(f"{n}.pdf", PDF + bytes([65 + n]))
        client.post("/write/files/", {"file": file, "add": "1"})


@pytest.mark.parametrize("path", ["/", "/about/", "/accessibility/", "/follow/", *[f"/write/{s}/" for s in ANSWERS]])
def test_page_of_the_counter_costs_few_statements(client: Client, path: str):
    write(client)

    assert statements(client, path) <= MOST


def test_search_for_a_body_costs_few_statements(client: Client):
    write(client, kind={"kind": "complaint"}, upto="text")

    assert statements(client, "/write/body/?q=a") <= MOST


@pytest.mark.parametrize("place", ["KZ-79", "none"])
@pytest.mark.parametrize("kind", ["application", "complaint"])
def test_last_page_costs_the_same_with_one_file_and_with_three(client: Client, kind: str, place: str):
    costs = []
    for how_many in (1, 3):
        write(client, upto="files", kind={"kind": kind}, place={"region": place})
        add_files(client, how_many)
        if kind == "complaint":
            answer(client, "body", complained_of="akimat.education.kz-79")
        for step in ("files", "applicant", "name", "contacts"):
            answer(client, step)
        costs.append(statements(client, "/write/check/"))

    assert costs[0] == costs[1] <= MOST


def test_receipt_costs_few_statements(client: Client):
    write(client)
    client.post("/write/check/")

    assert statements(client, "/receipt/") <= MOST


def forwarded(hops: int) -> Appeal:
    appeal = make_appeal(at=timezone.now() - timedelta(days=60))
    bodies = ("akimat.education.kz-79", "akimat.health.kz-79", "akimat.utilities.kz-79")
    for n, code in enumerate(bodies[:hops]):
        by = make_officer(Appeal.objects.get(pk=appeal.pk).agency, role=Role.REGISTRAR)
        at, to = appeal.received_at + timedelta(days=n), Agency.objects.get(code=code)
        if n < MOST_FORWARDINGS:
            appeal = forwarding.forward(appeal, to, by=by, at=at, reason="Theirs")
        else:
            asked = disputes.dispute(appeal, by=by, at=at, reason="Not ours")
            decided = disputes.decide(asked, to, by=make_officer(asked.above, Role.HEAD), at=at, grounds="Theirs")
            appeal = decided.appeal
    breaches.note_missed(zone=appeal.agency.zone, on=timezone.localdate(), at=timezone.now(), limit=10)
    return appeal


def test_returned_case_and_the_question_before_deleting_cost_few_statements(client: Client):
    write(client)
    appeal = make_appeal()
    by = make_officer(role=Role.HEAD)
    closing.return_without_review(appeal, ReturnGround.INSULTING, by=by, at=appeal.received_at, reason="Insults.")
    client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})

    assert statements(client, "/follow/appeal/") <= MOST
    assert statements(client, "/write/discard/") <= MOST


def test_case_costs_the_same_after_one_hop_and_after_three(client: Client):
    costs = []
    for hops in (1, 3):
        appeal = forwarded(hops)
        client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})
        costs.append(statements(client, "/follow/appeal/"))

    assert costs[0] == costs[1] <= MOST
