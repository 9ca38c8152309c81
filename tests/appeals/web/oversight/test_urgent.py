"""The oversight sees how much of what cannot wait nobody has settled."""

import re

import pytest

from agencies.enums import Role
from appeals.domain import alarms
from appeals.enums import Alarm
from tests.appeals.web.oversight.test_breaches import PAGE, real_queries
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

GAS = "В подъезде пахнет газом."
UNSETTLED = re.compile(r'number__value">([^<]+)</span>\s*<span class="number__label">Urgent, not settled yet')


def test_number_of_urgent_appeals_not_settled_counts_neither_settled_nor_ordinary_ones(overseeing):
    duty = make_officer(role=Role.DUTY)
    make_appeal()
    for alarm in (None, None, *Alarm):
        appeal = make_appeal(text=GAS)
        if alarm:
            alarms.settle_urgency(appeal, alarm, by=duty, at=MONDAY, reason="x")

    (shown,) = UNSETTLED.findall(overseeing.get(PAGE).content.decode())

    assert shown.strip() == "2"
    assert real_queries(overseeing, PAGE) <= 8


def test_number_without_anything_urgent_is_nought(overseeing):
    make_appeal()

    assert UNSETTLED.findall(overseeing.get(PAGE).content.decode()) == ["0"]
