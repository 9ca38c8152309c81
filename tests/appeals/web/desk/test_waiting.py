"""Extensions and corrections at the desk: six questions to each, and what their pages say."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from agencies.domain.wording import long_date
from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import clocks, extensions, holds
from appeals.domain.assignment import assign
from appeals.enums import ClockKind, EventKind, Status
from appeals.models import Appeal
from tests.appeals.web.desk.conftest import address, signed_in
from tests.factories import make_appeal, make_officer

WEEK = timedelta(days=7)


@pytest.fixture
def current(head: Officer, executor: Officer) -> Appeal:
    """Assigned today: its term runs."""
    at = timezone.now()
    return assign(make_appeal(at=at), executor, by=head, at=at)


@pytest.fixture
def asked(current: Appeal, executor: Officer) -> Appeal:
    until = last_day(current) + WEEK
    extensions.ask_extension(current, until=until, reason="A check on site.", by=executor, at=timezone.now())
    return current


@pytest.fixture
def held(current: Appeal, executor: Officer) -> Appeal:
    return holds.hold(current, missing="The address.", days=3, by=executor, at=timezone.now())


@pytest.fixture
def old(executor: Officer, head: Officer) -> Appeal:
    """Assigned long ago: its term is over."""
    at = timezone.now() - timedelta(days=60)
    return assign(make_appeal(at=at), executor, by=head, at=at)


def last_day(appeal: Appeal) -> date:
    return appeal.clocks.get(kind=ClockKind.REPLY).due_on


def spread(day: date) -> dict[str, int]:
    return {"until_day": day.day, "until_month": day.month, "until_year": day.year}


def extension(appeal: Appeal) -> dict[str, Any]:
    return {**spread(last_day(appeal) + WEEK), "reason": "A check on site."}


# the act: who may, in which stage, with what, and what it leaves; who may not; the wrong stage and its reason
ACTS: dict[str, tuple[str, str, Callable[[Appeal], dict[str, Any]], EventKind, str, str, str]] = {
    "ask-extension": (
        "executor", "current", extension, EventKind.EXTENSION_ASKED, "head", "asked", "already asked for",
    ),
    "extend": ("head", "asked", extension, EventKind.EXTENDED, "executor", "old", "could be extended only before that"),
    "refuse-extension": (
        "head", "asked", lambda _: {"reason": "Simple."}, EventKind.EXTENSION_REFUSED, "executor", "old",
        "No extension is asked for",
    ),
    "hold": (
        "executor", "current", lambda _: {"missing": "The address.", "days": 5}, EventKind.HELD, "stranger_here",
        "held", "was asked for a correction",
    ),
    "resume": (
        "executor", "held", lambda _: {"correction": "12 Abai street."}, EventKind.RESUMED, "stranger_here", "old",
        "No correction is awaited",
    ),
}  # fmt: skip


@pytest.fixture
def stranger_here(db: None) -> Officer:
    """A controller of the same body."""
    return make_officer(role=Role.CONTROLLER)


def trail(appeal: Appeal) -> list[str]:
    return list(appeal.events.order_by("seq").values_list("kind", flat=True))


@pytest.mark.parametrize("act", ACTS)
def test_an_act_by_who_may_is_done_and_leads_back_to_the_case(act, request):
    who, stage, sent, left, *_ = ACTS[act]
    officer, appeal = request.getfixturevalue(who), request.getfixturevalue(stage)
    client = signed_in(officer)
    assert client.get(address(appeal, f"{act}/")).status_code == 200

    response = client.post(address(appeal, f"{act}/"), sent(appeal))

    assert response.status_code == 302, response.content.decode()
    assert response.url == address(appeal)
    assert trail(appeal)[-1] == left
    assert "Done" in client.get(response.url).content.decode()


@pytest.mark.parametrize("act", ACTS)
def test_an_act_by_another_body_is_not_there(act, request, stranger):
    _, stage, sent, *_ = ACTS[act]
    appeal = request.getfixturevalue(stage)
    before = trail(appeal)

    assert signed_in(stranger).post(address(appeal, f"{act}/"), sent(appeal)).status_code == 404
    assert signed_in(stranger).get(address(appeal, f"{act}/")).status_code == 404
    assert trail(appeal) == before


@pytest.mark.parametrize("act", ACTS)
def test_an_act_by_the_wrong_person_or_at_the_wrong_moment_is_refused_with_its_reason(act, request):
    who, stage, sent, _, wrong_person, wrong_stage, reason = ACTS[act]
    appeal, elsewhere = request.getfixturevalue(stage), request.getfixturevalue(wrong_stage)
    before = trail(appeal)

    by_wrong_person = signed_in(request.getfixturevalue(wrong_person)).post(address(appeal, f"{act}/"), sent(appeal))
    at_wrong_moment = signed_in(request.getfixturevalue(who)).post(address(elsewhere, f"{act}/"), sent(elsewhere))

    assert (by_wrong_person.status_code, at_wrong_moment.status_code) == (403, 403)
    assert reason in at_wrong_moment.content.decode()
    assert trail(appeal) == before or stage == wrong_stage


@pytest.mark.parametrize("act", ACTS)
def test_an_act_with_an_empty_form_is_asked_again_and_changes_nothing(act, request):
    who, stage, *_ = ACTS[act]
    appeal = request.getfixturevalue(stage)
    before = trail(appeal)

    response = signed_in(request.getfixturevalue(who)).post(address(appeal, f"{act}/"), {})

    assert response.status_code == 422
    assert trail(appeal) == before


@pytest.mark.parametrize("act", ACTS)
def test_the_page_of_an_act_costs_at_most_eight_reads(act, request, rows_read):
    who, stage, *_ = ACTS[act]
    appeal, client = request.getfixturevalue(stage), signed_in(request.getfixturevalue(who))

    with rows_read() as statements:
        assert client.get(address(appeal, f"{act}/")).status_code == 200

    assert len(statements) <= 8, "\n".join(statements)


def test_an_extension_past_the_cap_is_named_at_its_field_and_keeps_what_was_typed(current, head):
    day = last_day(current) + 30 * WEEK

    response = signed_in(head).post(address(current, "extend/"), {**spread(day), "reason": "Much to do."})

    page = response.content.decode()
    assert response.status_code == 422
    assert "The law lets this term be extended until" in page
    assert "Much to do." in page
    assert f'value="{day.year}"' in page
    assert trail(current)[-1] == EventKind.ASSIGNED


def test_more_days_than_the_law_allows_are_named_at_their_field(current, executor):
    response = signed_in(executor).post(address(current, "hold/"), {"missing": "The address.", "days": 99})

    assert response.status_code == 422
    assert "between 1 and 10 working days" in response.content.decode()
    current.refresh_from_db()
    assert current.status == Status.ASSIGNED


def test_an_extension_to_a_sunday_says_on_which_day_the_term_ends(current, head):
    sunday = last_day(current) + timedelta(days=14)
    sunday += timedelta(days=6 - sunday.weekday())
    client = signed_in(head)

    client.post(address(current, "extend/"), {**spread(sunday), "reason": "A check on site."})

    assert last_day(current) > sunday
    assert (
        f"The term is extended until {long_date(last_day(current))}." in client.get(address(current)).content.decode()
    )


def test_the_head_reads_what_was_asked_before_she_decides(asked, head):
    page = signed_in(head).get(address(asked, "extend/")).content.decode()

    assert "A check on site." in page
    assert long_date(last_day(asked) + WEEK) in page


def test_the_case_tells_officials_what_was_asked_and_why(asked, head):
    page = signed_in(head).get(address(asked)).content.decode()

    assert f"Extension asked for, until {long_date(last_day(asked) + WEEK)}" in page
    assert "A check on site." in page
    assert clocks.reply_clock(asked).due_on == last_day(asked)
