"""One decision for a group of like appeals: prepared and signed for each, by its own rules."""

from datetime import date, timedelta
from random import Random

import pytest

from agencies.models import Officer
from appeals.domain import grouping
from appeals.domain.assignment import assign
from appeals.domain.group_replies import Decision, prepare_for_group, sign_for_group, wordings
from appeals.domain.holds import hold, note_lapsed
from appeals.domain.replies import prepare_reply
from appeals.enums import ClockKind, EventKind, Outcome, Status
from appeals.models import Appeal, Group
from tests.appeals.domain.test_likeness import TEXT, changed
from tests.appeals.web.desk.conftest import ANSWER, signed_in
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]


@pytest.fixture
def on_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def in_work(registrar: Officer, executor: Officer) -> list[Appeal]:
    """Four people, one matter, one officer."""
    texts = [changed(TEXT, Random(n)) for n in range(4)]  # noqa: S311
    people = [{"name": f"Азамат {n}", "email": f"azamat{n}@example.test"} for n in range(4)]
    written = [make_appeal(text=text, details=details) for text, details in zip(texts, people, strict=True)]
    return [assign(appeal, executor, by=registrar, at=MONDAY) for appeal in written]


@pytest.fixture
def group(in_work: list[Appeal], registrar: Officer) -> Group:
    return grouping.open_group(in_work, name="Lamps", by=registrar, at=MONDAY)


def trail(appeal: Appeal) -> list[str]:
    return list(appeal.events.values_list("kind", flat=True))


DECISION = {"language": "", "outcome": "explained", "text": "Шамдар маусымда ауысады.", "law": "76-бап"}


def test_reply_prepared_for_a_group_is_each_members_own(in_work, group, executor):
    client = signed_in(executor)
    assert client.get(f"/desk/groups/{group.pk}/prepare-reply/").status_code == 200

    answer = client.post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION)

    assert "Done for 4 appeals." in answer.content.decode()
    for appeal in in_work:
        appeal.refresh_from_db()
        assert (appeal.status, appeal.reply.text) == (Status.IN_REVIEW, DECISION["text"])
        assert appeal.reply.remedy
        assert trail(appeal)[-1] == EventKind.REPLY_PREPARED


def test_reply_prepared_for_a_group_twice_is_prepared_once(in_work, group, executor):
    client = signed_in(executor)
    client.post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION)

    answer = client.post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION)

    assert "There was nothing left to do." in answer.content.decode()
    assert trail(in_work[0]).count(EventKind.REPLY_PREPARED) == 1


def test_reply_prepared_for_a_group_again_ends_the_term_to_return_of_whom_no_correction_came(group, executor):
    asked = Decision(Outcome.EXPLAINED, "Шамдар маусымда ауысады.", "76-бап")
    prepare_for_group(group, asked, language="", by=executor, at=MONDAY)
    held = hold(Appeal.objects.all()[0], missing="Which house?", days=3, by=executor, at=MONDAY)
    note_lapsed(zone="Asia/Almaty", on=date(2026, 2, 6), at=MONDAY + timedelta(days=4), limit=10)

    again = prepare_for_group(group, asked, language="", by=executor, at=MONDAY + timedelta(days=4))

    assert list(again.done) == [held.number]
    assert not held.clocks.running().filter(kind=ClockKind.RETURN).exists()


def test_reply_prepared_for_a_group_that_was_signed_meanwhile_has_nothing_left_to_do(group, executor, head):
    signed_in(executor).post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION)
    sent = sign_for_group(group, seen=[one.key for one in wordings(group, reader=head)], by=head, at=MONDAY)

    again = signed_in(executor).post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION)

    assert (len(sent.done), "There was nothing left to do." in again.text) == (4, True)


def test_reply_in_a_language_reaches_those_who_wrote_in_it(in_work, group, executor):
    Appeal.objects.filter(pk=in_work[0].pk).update(language="ru")

    signed_in(executor).post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION | {"language": "ru"})

    assert [hasattr(Appeal.objects.get(pk=appeal.pk), "reply") for appeal in in_work] == [True, False, False, False]


def test_reply_for_a_group_skips_with_its_reason_what_is_not_hers(in_work, group, executor, head):
    assign(in_work[0], make_officer(), by=head, at=MONDAY)

    page = signed_in(executor).post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION).content.decode()

    assert "Done for 3 appeals." in page
    assert f"{in_work[0].number}: The appeal is assigned to somebody else." in page


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"outcome": "x"}, {"law": ""}, {"language": "fr"}, {"needs_execution": "on"}]
)
def test_reply_for_a_group_that_cannot_be_taken_is_asked_again(in_work, group, executor, wrong: dict):
    answer = signed_in(executor).post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION | wrong)

    assert answer.status_code == 422
    assert EventKind.REPLY_PREPARED not in trail(in_work[0])


def test_reply_for_a_group_by_the_wrong_person_is_refused(in_work, group, registrar):
    assert signed_in(registrar).post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION).status_code == 403


def test_reply_for_a_group_is_not_offered_to_whom_none_of_it_is_assigned(in_work, group, head):
    client, nothing_hers = signed_in(head), "None of the open appeals of the group is assigned to you."

    page = client.get(f"/desk/groups/{group.pk}/")
    refused = client.post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION)

    assert [(action.label, action.refusal) for action in page.context["actions"]] == [
        ("Sign and send the replies", ""),
        ("Prepare one reply for all", nothing_hers),
    ]
    assert (refused.status_code, nothing_hers in refused.text) == (403, True)
    assert EventKind.REPLY_PREPARED not in trail(in_work[0])


def test_signing_a_group_sends_each_its_own_answer_by_its_own_rules(in_work, group, executor, head):
    held = hold(in_work[0], missing="Which house?", days=4, by=executor, at=MONDAY)
    signed_in(executor).post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION)
    client = signed_in(head)
    page = client.get(f"/desk/groups/{group.pk}/reply/").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]

    answer = client.post(f"/desk/groups/{group.pk}/reply/", {"seen": seen}).content.decode()

    assert "Done for 3 appeals." in answer
    assert f"{held.number}: The applicant was asked for a correction." in answer
    for appeal in in_work[1:]:
        appeal.refresh_from_db()
        assert appeal.status == Status.ANSWERED
        assert appeal.reply.signed_by == head
        assert appeal.notices.filter(kind="answered").count() == 1
    again = client.post(f"/desk/groups/{group.pk}/reply/", {"seen": seen}).content.decode()
    assert f"{held.number}: The applicant was asked for a correction." in again
    assert "Done for" not in again


def test_signing_a_group_refuses_an_adverse_answer_before_its_hearing(in_work, group, executor, head):
    signed_in(executor).post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION | {"outcome": Outcome.REFUSED})
    client = signed_in(head)
    seen = client.get(f"/desk/groups/{group.pk}/reply/").content.decode().split('name="seen" value="')[1].split('"')[0]

    page = client.post(f"/desk/groups/{group.pk}/reply/", {"seen": seen}).content.decode()

    assert "Done for" not in page
    assert page.count("preliminary decision") == 4


def test_signing_a_group_leaves_out_a_wording_that_was_not_read(in_work, group, executor, head):
    signed_in(executor).post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION)
    client = signed_in(head)
    seen = client.get(f"/desk/groups/{group.pk}/reply/").content.decode().split('name="seen" value="')[1].split('"')[0]
    prepare_reply(in_work[0], ANSWER, by=executor, at=MONDAY)

    page = client.post(f"/desk/groups/{group.pk}/reply/", {"seen": seen}).content.decode()

    assert f"{in_work[0].number}: The reply was changed after you opened it." in page
    assert Appeal.objects.get(pk=in_work[0].pk).is_open


def test_signing_a_group_without_having_read_is_asked_again(in_work, group, head):
    assert signed_in(head).post(f"/desk/groups/{group.pk}/reply/", {}).status_code == 422


def test_signing_a_group_by_the_wrong_person_is_refused(in_work, group, executor):
    assert signed_in(executor).post(f"/desk/groups/{group.pk}/reply/", {"seen": "x"}).status_code == 403


def test_large_group_is_dealt_with_in_rounds(in_work, group, executor, monkeypatch):
    monkeypatch.setattr("appeals.domain.group_replies.ROUND", 3)
    client = signed_in(executor)

    first = client.post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION).content.decode()
    second = client.post(f"/desk/groups/{group.pk}/prepare-reply/", DECISION | {"after": in_work[2].pk})

    assert "Done for 3 appeals." in first
    assert f'name="after" value="{in_work[2].pk}"' in first
    assert "Done for 1 appeal." in second.content.decode()
    assert "Go on with the next" not in second.content.decode()


def test_rounds_go_through_the_members_by_their_keys_whatever_order_appeals_have(in_work, group, executor, monkeypatch):
    monkeypatch.setattr("appeals.domain.group_replies.ROUND", 1)
    decision = Decision(Outcome.EXPLAINED, "Шамдар маусымда ауысады.", "76-бап")
    done, after = [], 0

    for _ in in_work:
        told = prepare_for_group(group, decision, language="", by=executor, at=MONDAY, after=after)
        done, after = [*done, *told.done], told.after

    assert list(Appeal.objects.filter(group=group)) == in_work[::-1]
    assert (done, after) == ([appeal.number for appeal in in_work], 0)


def test_registrar_reads_on_the_groups_page_why_she_may_not_answer(group, registrar):
    page = signed_in(registrar).get(f"/desk/groups/{group.pk}/").content.decode()

    assert page.count("Your role in the body does not allow this.") == 2


def test_signing_is_not_offered_where_no_reply_waits_for_it(in_work, group, head):
    page = signed_in(head).get(f"/desk/groups/{group.pk}/reply/").content.decode()

    assert "No reply waits for a signature." in page
    assert ">Sign and send</button>" not in page
