"""Urgent appeals at the desk: above the queue, on the duty officer's page, marked and settled by forms."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import alarms
from appeals.domain.forwarding import forward
from appeals.domain.routing import OFFICE
from appeals.enums import Alarm, Danger, EventKind, Status
from appeals.models import AccessRecord, Appeal, Urgency
from tests.appeals.web.desk.conftest import ELSEWHERE, address, signed_in
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 2, 7, 21, tzinfo=UTC)  # two at night on Sunday in Shymkent
GAS = "В подъезде пахнет газом, <b>помогите</b>."
PHONE = "+77010000000"


@pytest.fixture
def duty() -> Officer:
    return make_officer(role=Role.DUTY)


@pytest.fixture
def urgent() -> Appeal:
    return make_appeal(at=NIGHT, text=GAS)


def text_of(page: object) -> str:
    return page.content.decode()


def seen(client: Client, url: str, *, at: datetime = NIGHT + timedelta(minutes=12)) -> object:
    with time_machine.travel(at, tick=False):
        return client.get(url)


def test_queue_shows_what_cannot_wait_above_all_with_a_red_tag(urgent, duty):
    plain = make_appeal(at=NIGHT)

    page = seen(signed_in(duty), "/desk/")

    above, below = text_of(page).split("<caption")[1:3]
    assert "Urgent: do not wait" in text_of(page)
    assert urgent.number in above
    assert plain.number not in above
    assert "пахнет газом" in above
    assert "12 minutes ago" in above
    assert PHONE not in text_of(page)
    assert below.count("tag--urgent") == 1
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=119), "119 minutes ago"),
        (timedelta(hours=47, minutes=59), "47 hours ago"),
        (timedelta(days=9, hours=2), "9 days ago"),
    ],
)
def test_queue_tells_since_when_it_is_urgent_in_the_unit_that_is_read_at_a_glance(urgent, duty, since, told):
    assert told in text_of(seen(signed_in(duty), "/desk/", at=NIGHT + since))


def test_queue_without_anything_urgent_says_nothing_of_it(duty):
    make_appeal(at=NIGHT)

    assert "Urgent: do not wait" not in text_of(seen(signed_in(duty), "/desk/"))


def test_queue_filtered_shows_urgent_ones_alone(urgent, duty):
    plain = make_appeal(at=NIGHT)

    page = seen(signed_in(duty), "/desk/?urgent=yes")

    assert [row.appeal for row in page.context["rows"]] == [urgent]
    assert plain.number not in text_of(page)


def test_queue_of_another_body_says_nothing_of_it_and_of_the_office_everything(urgent):
    stranger, office = make_officer(ELSEWHERE, Role.DUTY), make_officer(OFFICE, Role.DUTY)

    assert urgent.number not in text_of(seen(signed_in(stranger), "/desk/"))
    assert urgent.number in text_of(seen(signed_in(office), "/desk/"))
    assert seen(signed_in(office), address(urgent)).status_code == 200


@pytest.mark.parametrize("path", ["/desk/", "/desk/urgent/"])
def test_pages_cost_the_same_with_one_urgent_appeal_and_with_three(path, duty, rows_read):
    client, costs = signed_in(duty), []
    for how_many in (1, 2):
        for _ in range(how_many):
            make_appeal(at=NIGHT, text=GAS)
        with rows_read() as statements:
            assert seen(client, path).status_code == 200
        costs.append(len([sql for sql in statements if "INSERT" not in sql]))

    assert costs[0] == costs[1] <= 8


def test_page_of_the_duty_officer_shows_telephones_and_puts_the_look_on_record(urgent, duty):
    page = text_of(seen(signed_in(duty), "/desk/urgent/"))

    assert f'href="tel:{PHONE}"' in page
    assert "Threat to life or health" in page
    assert urgent.agency.name_en in page
    assert "<b>" not in page.split("<main")[1].split("пахнет")[1]
    (look,) = AccessRecord.objects.all()
    assert (look.appeal, look.officer, look.purpose) == (urgent, duty, "urgent")


def test_page_of_the_duty_officer_says_where_no_telephone_was_given_and_what_was_denied(duty):
    make_appeal(at=NIGHT, text=GAS, details={"name": "Сынақ Азамат", "address": "Шымкент"}, is_denied=True)

    page = text_of(seen(signed_in(duty), "/desk/urgent/"))

    assert "Not given" in page
    assert "The applicant says that nobody is in danger." in page
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.EXECUTOR, Role.CONTROLLER, Role.UNIT_HEAD])
def test_page_of_the_duty_officer_is_refused_to_others(role, urgent):
    page = seen(signed_in(make_officer(role=role)), "/desk/urgent/")

    assert page.status_code == 403
    assert PHONE not in text_of(page)


def test_page_of_the_duty_officer_with_nothing_urgent_says_so(duty):
    assert "Nothing is urgent now." in text_of(seen(signed_in(duty), "/desk/urgent/"))


def test_case_says_why_it_is_urgent_and_offers_to_settle_it_first(urgent, duty):
    page = seen(signed_in(duty), address(urgent))

    assert page.context["actions"][0].label == "Settle the urgency"
    assert "Threat to life or health" in text_of(page)
    assert "Not settled yet." in text_of(page)
    assert "Marked as urgent. Danger: Threat to life or health" in text_of(page)


def test_case_tells_the_next_body_what_the_one_before_found(urgent, duty):
    health = make_officer("akimat.health.kz-79", Role.DUTY)
    alarms.settle_urgency(urgent, Alarm.REAL, by=duty, at=NIGHT, reason="She smells it, too.")
    assert "Found before" not in text_of(seen(signed_in(duty), address(urgent)))
    forward(urgent, health.agency, by=duty, at=NIGHT, reason="Yours.")

    page = seen(signed_in(health), address(urgent))

    assert page.context["actions"][0].refusal == ""
    assert "Not settled yet." in text_of(page)
    told = " ".join(text_of(page).split())
    assert "Found before, 8 February 2026, 02:00: Urgency settled. The danger is real. She smells it, too." in told


MARK = {"danger": "violence", "reason": "She rang."}
SETTLE = {"alarm": "false", "reason": "A film."}
ACTS = {
    "mark-urgent": (MARK, EventKind.MARKED_URGENT, "executor", Role.CONTROLLER),
    "settle-urgency": (SETTLE, EventKind.URGENCY_SETTLED, "duty", Role.REGISTRAR),
}


def case_for(act: str) -> Appeal:
    return make_appeal(at=NIGHT, text=GAS) if act == "settle-urgency" else make_appeal(at=NIGHT)


def sent(officer: Officer, appeal: Appeal, act: str, given: dict[str, str]) -> object:
    with time_machine.travel(MONDAY, tick=False):
        return signed_in(officer).post(address(appeal, f"{act}/"), given)


@pytest.mark.parametrize("act", ACTS)
def test_act_works_by_its_form_and_leaves_one_line(act):
    appeal, (given, event, role, _wrong) = case_for(act), ACTS[act]
    officer = make_officer(role=Role(role))
    before = appeal.events.count()

    assert signed_in(officer).get(address(appeal, f"{act}/")).status_code == 200
    answer = sent(officer, appeal, act, given)

    assert answer.status_code == 302
    assert appeal.events.count() == before + 1
    assert appeal.events.order_by("seq").last().kind == event
    appeal.refresh_from_db()
    assert appeal.is_urgent == (act == "mark-urgent")


@pytest.mark.parametrize("act", ACTS)
def test_act_by_a_stranger_is_not_there_and_by_the_wrong_person_is_refused(act):
    appeal, (given, _event, _role, wrong) = case_for(act), ACTS[act]

    assert sent(make_officer(ELSEWHERE, Role.HEAD), appeal, act, given).status_code == 404
    refused = sent(make_officer(role=wrong), appeal, act, given)

    assert refused.status_code == 403
    assert "Your role in the body does not allow this." in text_of(refused)
    assert Urgency.objects.filter(settled_at=None).count() == (act == "settle-urgency")


@pytest.mark.parametrize(("act", "why"), [("mark-urgent", "urgent already"), ("settle-urgency", "settled already")])
def test_act_at_the_wrong_moment_is_refused_with_its_reason(act, why, urgent, duty):
    alarms.settle_urgency(urgent, Alarm.REAL, by=duty, at=NIGHT, reason="x")

    refused = sent(duty, urgent, act, ACTS[act][0])

    assert refused.status_code == 403
    assert why in text_of(refused)
    assert Urgency.objects.get().danger == Danger.LIFE


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("missing", [0, 1])
def test_act_with_a_bad_form_comes_back_as_it_was_typed(act, missing):
    appeal, (given, *_rest) = case_for(act), ACTS[act]
    bad = dict(given)
    bad[list(given)[missing]] = ["nothing of this", ""][missing]

    answer = sent(make_officer(role=Role.DUTY), appeal, act, bad)

    assert answer.status_code == 422
    appeal.refresh_from_db()
    assert appeal.is_urgent == (act == "settle-urgency")
    assert appeal.status == Status.REGISTERED


def test_settle_urgency_of_a_case_never_urgent_is_refused(duty):
    assert sent(duty, make_appeal(at=NIGHT), "settle-urgency", SETTLE).status_code == 403


def test_page_of_urgent_appeals_takes_no_post(duty):
    assert signed_in(duty).post("/desk/urgent/").status_code == 405


def test_return_form_of_an_urgent_appeal_is_refused_with_the_reason(urgent):
    page = signed_in(make_officer(role=Role.HEAD)).get(address(urgent, "return/"))

    assert page.status_code == 403
    assert "hand it on at once" in text_of(page)
