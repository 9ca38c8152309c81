"""Repeats and like appeals at the desk: linked, grouped, answered together."""

from collections.abc import Callable
from random import Random

import pytest
from django.test import Client

from agencies.models import Officer
from appeals.domain import forwarding, grouping, linking
from appeals.domain.assignment import assign
from appeals.domain.replies import prepare_reply, reply
from appeals.enums import EventKind, Status
from appeals.models import Appeal, Group
from tests.appeals.domain.test_likeness import OTHER, TEXT, changed
from tests.appeals.web.desk.conftest import ANSWER, ELSEWHERE, address, signed_in
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
FAMILY = [changed(TEXT, Random(n)) for n in range(4)]  # noqa: S311
WHY = {"reason": "Same street, same lamps."}


@pytest.fixture
def on_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def person(n: int) -> dict[str, str]:
    return {"name": f"Азамат {n}", "idn": f"90010135000{n}", "email": f"azamat{n}@example.test"}


@pytest.fixture
def crowd(db: None) -> list[Appeal]:
    """Four people, one matter."""
    return [make_appeal(text=text, details=person(n)) for n, text in enumerate(FAMILY)]


@pytest.fixture
def group(crowd: list[Appeal], registrar: Officer) -> Group:
    return grouping.open_group(crowd, name="Lamps", by=registrar, at=MONDAY)


@pytest.fixture
def in_work(group: Group, crowd: list[Appeal], executor: Officer, registrar: Officer) -> list[Appeal]:
    return [assign(appeal, executor, by=registrar, at=MONDAY) for appeal in crowd]


def trail(appeal: Appeal) -> list[str]:
    return list(appeal.events.values_list("kind", flat=True))


# linking


def test_case_shows_earlier_appeals_of_the_same_applicant_and_offers_to_link(executor, registrar):
    earlier = make_appeal(text=TEXT)
    make_appeal(text=TEXT, details=person(5))
    later = assign(make_appeal(text=FAMILY[0]), executor, by=registrar, at=MONDAY)

    page = signed_in(executor).get(address(later)).content.decode()

    assert page.count("The text is alike.") == 1
    assert f"{address(later, 'link/')}?to={earlier.number.lower().replace('жт', 'zht')}" in page


def test_case_does_not_show_earlier_appeals_that_the_reader_may_not_know_of(executor, registrar):
    elsewhere = make_officer(ELSEWHERE).agency
    hidden = make_appeal(text=TEXT, holder=elsewhere)
    later = assign(make_appeal(text=TEXT), executor, by=registrar, at=MONDAY)

    assert hidden.number not in signed_in(executor).get(address(later)).content.decode()


def test_person_with_another_idn_is_another_person_even_with_the_same_phone(executor, registrar):
    other = make_appeal(text=TEXT, details={"name": "Б", "idn": "900101350011", "phone": "+77010000000"})
    later = assign(make_appeal(text=TEXT), executor, by=registrar, at=MONDAY)

    assert other.number not in signed_in(executor).get(address(later)).content.decode()


def test_link_ties_the_appeal_to_the_earlier_one_and_takes_it_back(registrar):
    earlier, later = make_appeal(), make_appeal()
    client = signed_in(registrar)

    assert client.get(address(later, "link/")).status_code == 200
    assert client.post(address(later, "link/"), {"to": earlier.number, **WHY}).status_code == 302
    later.refresh_from_db()
    assert later.previous == earlier
    assert "Linked to the earlier appeal" in client.get(address(later)).content.decode()

    assert client.get(address(later, "unlink/")).status_code == 200
    assert client.post(address(later, "unlink/"), WHY).status_code == 302
    later.refresh_from_db()
    assert later.previous is None
    assert trail(later)[-2:] == [EventKind.LINKED, EventKind.UNLINKED]


@pytest.mark.parametrize("to", ["", "nothing", "ЖТ-2026-99999999"])
def test_link_to_what_is_not_there_is_asked_again(registrar, to: str):
    make_appeal()
    later = make_appeal()

    answer = signed_in(registrar).post(address(later, "link/"), {"to": to, **WHY})

    assert answer.status_code == 422
    assert EventKind.LINKED not in trail(later)


def test_link_to_a_later_appeal_is_asked_again(registrar):
    earlier, later = make_appeal(), make_appeal()

    answer = signed_in(registrar).post(address(earlier, "link/"), {"to": later.number, **WHY})

    assert answer.status_code == 422
    assert "received before it" in answer.content.decode()


def test_link_to_an_appeal_of_another_body_is_asked_again_without_saying_that_it_exists(registrar):
    hidden = make_appeal(holder=make_officer(ELSEWHERE).agency)
    later = make_appeal()

    answer = signed_in(registrar).post(address(later, "link/"), {"to": hidden.number, **WHY})

    assert answer.status_code == 422
    assert "has no appeal with this number" in answer.content.decode()


def test_link_without_a_reason_is_asked_again(registrar):
    earlier, later = make_appeal(), make_appeal()

    assert signed_in(registrar).post(address(later, "link/"), {"to": earlier.number}).status_code == 422


# what every act of a case answers


ONE_CASE = {
    "link": lambda appeals, by: None,
    "unlink": lambda appeals, by: linking.link(appeals[1], appeals[0], reason="Why", by=by, at=MONDAY),
    "group": lambda appeals, by: None,
    "ungroup": lambda appeals, by: grouping.open_group(appeals[1:], name="Lamps", by=by, at=MONDAY),
}
NOT_NOW = {"link": "unlink", "unlink": "link", "group": "ungroup", "ungroup": "group"}


@pytest.mark.parametrize("act", ONE_CASE)
def test_act_by_a_stranger_finds_nothing(act: str, stranger):
    assert signed_in(stranger).post(address(make_appeal(), f"{act}/")).status_code == 404


@pytest.mark.parametrize("act", ONE_CASE)
def test_act_by_the_wrong_person_is_refused(act: str, registrar, executor):
    appeals = [make_appeal(), make_appeal()]
    ONE_CASE[act](appeals, registrar)
    before = trail(appeals[1])

    answer = signed_in(executor).post(address(appeals[1], f"{act}/"), WHY)

    assert answer.status_code == 403
    assert "only with what is assigned to her" in answer.content.decode()
    assert trail(appeals[1]) == before


@pytest.mark.parametrize("act", ONE_CASE)
def test_act_at_the_wrong_moment_is_refused(act: str, registrar):
    appeals = [make_appeal(), make_appeal()]
    ONE_CASE[NOT_NOW[act]](appeals, registrar)
    before = trail(appeals[1])

    assert signed_in(registrar).post(address(appeals[1], f"{act}/"), WHY).status_code == 403
    assert trail(appeals[1]) == before


@pytest.mark.parametrize("act", ["unlink", "ungroup"])
def test_act_without_a_reason_is_asked_again(act: str, registrar):
    appeals = [make_appeal(), make_appeal()]
    ONE_CASE[act](appeals, registrar)

    assert signed_in(registrar).post(address(appeals[1], f"{act}/"), {}).status_code == 422


# grouping


def test_like_appeals_are_listed_and_lead_to_their_grouping(crowd, registrar):
    make_appeal(text=OTHER, details=person(7))

    page = signed_in(registrar).get("/desk/alike/").content.decode()

    assert page.count(address(crowd[0], "group/")) == 1
    assert address(crowd[1], "group/") not in page


def test_many_people_about_one_topic_and_place_are_listed(registrar):
    appeals = [make_appeal(text=f"Су {n}", details=person(n)) for n in range(10)]

    assert address(appeals[0], "group/") in signed_in(registrar).get("/desk/alike/").content.decode()


def test_one_person_who_writes_the_same_again_is_no_crowd(registrar):
    for _ in range(10):
        make_appeal(text=TEXT)

    page = signed_in(registrar).get("/desk/alike/").content.decode()

    assert "No like texts." in page


def test_grouping_joins_what_was_chosen_and_tells_nobody(crowd, registrar):
    client = signed_in(registrar)
    page = client.get(address(crowd[0], "group/")).content.decode()
    assert page.count("checked") == 4  # three others, and the new group
    notices = [appeal.notices.count() for appeal in crowd]

    sent = {"into": "new", "name": "Lamps", "others": [crowd[1].pk, crowd[3].pk]}
    assert client.post(address(crowd[0], "group/"), sent).status_code == 302

    group = Group.objects.get()
    assert set(group.appeals.all()) == {crowd[0], crowd[1], crowd[3]}
    assert trail(crowd[1])[-1] == EventKind.GROUPED
    assert [appeal.notices.count() for appeal in crowd] == notices
    assert "One of 3 like appeals:" in client.get(address(crowd[1])).content.decode()


def test_appeal_joins_a_group_there_is(group, registrar):
    late = make_appeal(text=TEXT, details=person(8))

    signed_in(registrar).post(address(late, "group/"), {"into": group.pk})

    assert group.appeals.count() == 5


@pytest.mark.parametrize(
    "sent", [{}, {"into": "new"}, {"into": "0"}, {"into": "new", "name": "Lamps", "others": ["0"]}, {"into": "x"}]
)
def test_grouping_that_cannot_be_taken_is_asked_again(crowd, registrar, sent: dict):
    assert signed_in(registrar).post(address(crowd[0], "group/"), sent).status_code == 422
    assert not Group.objects.exists()


def test_appeal_of_another_body_cannot_be_joined(crowd, registrar):
    other = make_appeal(text=TEXT, holder=make_officer(ELSEWHERE).agency)

    sent = {"into": "new", "name": "Lamps", "others": [other.pk]}
    assert signed_in(registrar).post(address(crowd[0], "group/"), sent).status_code == 422


def test_appeal_forwarded_to_another_body_leaves_the_group(group, crowd, registrar):
    to = make_officer(ELSEWHERE).agency

    forwarding.forward(crowd[0], to, by=registrar, at=MONDAY, reason="Theirs.")

    assert Appeal.objects.get(pk=crowd[0].pk).group is None
    assert group.appeals.count() == 3


def test_appeal_taken_out_of_the_group_is_in_it_no_more(group, crowd, registrar):
    assert signed_in(registrar).post(address(crowd[0], "ungroup/"), WHY).status_code == 302

    assert group.appeals.count() == 3
    assert trail(crowd[0])[-1] == EventKind.UNGROUPED


@pytest.mark.parametrize("act", ["", "prepare-reply/", "reply/"])
def test_group_of_another_body_is_not_there(group, stranger, act: str):
    assert signed_in(stranger).get(f"/desk/groups/{group.pk}/{act}").status_code == 404


def test_group_is_open_to_the_oversight_which_answers_nothing(group, overseer):
    client = signed_in(overseer)

    assert client.get(f"/desk/groups/{group.pk}/").status_code == 200
    assert client.post(f"/desk/groups/{group.pk}/reply/", {"seen": "x"}).status_code == 403


@pytest.mark.parametrize("path", ["/desk/alike/", "/desk/groups/{}/"])
def test_reading_page_takes_no_post(group, registrar, path: str):
    assert signed_in(registrar).post(path.format(group.pk)).status_code == 405


@pytest.mark.parametrize("path", ["/desk/alike/", "/desk/groups/{}/", "/desk/groups/{}/reply/"])
def test_page_costs_the_same_with_few_and_many(rows_read: Callable, in_work, group, head, executor, path: str):
    def cost(client: Client) -> int:
        with rows_read() as statements:
            assert client.get(path.format(group.pk)).status_code == 200
        return len(statements)

    client = signed_in(head)
    prepare_reply(in_work[0], ANSWER, by=executor, at=MONDAY)
    few = cost(client)
    for appeal in in_work[1:]:
        prepare_reply(appeal, ANSWER, by=executor, at=MONDAY)
    for n in range(3):
        make_appeal(text=OTHER, details=person(n))
        grouping.open_group([make_appeal(text=OTHER)], name=f"Pensions {n}", by=head, at=MONDAY)

    assert cost(client) == few <= 8


def test_case_in_a_group_with_earlier_appeals_costs_few_statements(rows_read: Callable, in_work, executor):
    client = signed_in(executor)
    with rows_read() as statements:
        assert client.get(address(in_work[0])).status_code == 200

    assert len(statements) <= 8


# ended as a repeat


ENDINGS = [("return/", "identical", Status.RETURNED), ("terminate/", "repeated", Status.TERMINATED)]


@pytest.fixture
def considered(registrar: Officer, executor: Officer, head: Officer) -> Appeal:
    """Answered; the same person writes again."""
    appeal = assign(make_appeal(text=TEXT), executor, by=registrar, at=MONDAY)
    prepare_reply(appeal, ANSWER, by=executor, at=MONDAY)
    return reply(appeal, by=head, at=MONDAY, seen=MONDAY)


@pytest.mark.parametrize(("act", "ground", "status"), ENDINGS)
def test_appeal_ended_as_a_repeat_names_the_one_considered(act, ground, status, considered, head):
    again = make_appeal(text=FAMILY[0])
    client = signed_in(head)
    assert considered.number in client.get(address(again, act)).content.decode()

    sent = {"ground": ground, "reason": "Answered before.", "earlier": considered.pk}
    assert client.post(address(again, act), sent).status_code == 302

    again.refresh_from_db()
    assert (again.status, again.previous) == (status, considered)


@pytest.mark.parametrize(("act", "ground", "status"), ENDINGS)
def test_appeal_ended_as_a_repeat_of_nothing_named_is_asked_again(act, ground, status, considered, head):
    again = make_appeal(text=TEXT)

    for earlier in ("", "0", make_appeal().pk):
        sent = {"ground": ground, "reason": "Answered before.", "earlier": earlier}
        assert signed_in(head).post(address(again, act), sent).status_code == 422

    again.refresh_from_db()
    assert again.status != status


@pytest.mark.parametrize(("act", "ground", "status"), ENDINGS)
def test_earlier_appeal_may_be_named_in_the_reason(act, ground, status, considered, head):
    again = make_appeal(text=TEXT)
    sent = {"ground": ground, "reason": "Answered on paper in 2019.", "earlier": "other"}

    assert signed_in(head).post(address(again, act), sent).status_code == 302

    again.refresh_from_db()
    assert (again.status, again.previous) == (status, None)
