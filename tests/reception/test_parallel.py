"""Many hands on one draft."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from appeals.models import Appeal, Applicant, Coupon, Notice
from reception.models import Draft, DraftFile
from tests.appeals.domain.test_uploads import PDF
from tests.reception.journey import answer, write
from tests.reception.test_bad_input import add

SENDS = 30


@pytest.mark.usefixtures("own_database")
def test_thirty_parallel_sends_of_one_draft_are_one_appeal(django_db_blocker):
    with django_db_blocker.unblock():
        client = Client()
        write(client, upto="files")
        add(client, PDF)
        for step in ("files", "applicant", "name", "contacts"):
            answer(client, step)
        start = Barrier(SENDS)

        def send(_n: int) -> str:
            hand = Client()
            hand.cookies = client.cookies
            start.wait(timeout=60)
            try:
                return hand.post("/write/check/").headers["Location"]
            finally:
                connection.close()

        with ThreadPoolExecutor(SENDS) as hands:
            told = list(hands.map(send, range(SENDS)))

        assert told == ["/receipt/"] * SENDS
        appeal = Appeal.objects.get()
        assert (Applicant.objects.count(), Coupon.objects.count(), Notice.objects.count()) == (1, 1, 1)
        assert appeal.attachments.count() == 1
        assert Draft.objects.get().appeal == appeal
        assert not DraftFile.objects.exists()
