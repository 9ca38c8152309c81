"""The morning message to a body's leaders: who gets it, when, once a day; its figures are those of its sending."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from agencies.enums import Role
from agencies.models import Agency, CalendarDay, Officer
from appeals.domain import deliveries
from appeals.domain.assignment import assign
from appeals.domain.breaches import note_missed
from appeals.domain.closing import terminate
from appeals.domain.digests import digest, owe_digests
from appeals.domain.extensions import ask_extension
from appeals.domain.holds import hold
from appeals.enums import NoticeKind, TerminationGround
from appeals.models import Appeal, Notice
from tests.factories import MONDAY, make_appeal, make_officer, make_user

pytestmark = pytest.mark.django_db

ZONE = "Asia/Almaty"
THURSDAY = date(2026, 2, 5)  # the last day of the forwarding
AFTER = date(2026, 2, 24)  # a Tuesday; both terms have run out
NINE = time(9)


def moment(on: date, at: time = NINE) -> datetime:
    return datetime.combine(on, at, ZoneInfo(ZONE))


def run(on: date, at: time = NINE, *, zone: str = ZONE, limit: int = 100) -> int:
    return owe_digests(zone=zone, on=on, at=moment(on, at), limit=limit)


def readers() -> list[Officer]:
    return [notice.officer for notice in Notice.objects.filter(kind=NoticeKind.DIGEST).order_by("pk")]


@pytest.fixture
def head() -> Officer:
    return make_officer(role=Role.HEAD, user=make_user(language="en"))


@pytest.fixture
def executor() -> Officer:
    return make_officer()


@pytest.fixture
def appeal(head: Officer) -> Appeal:
    return make_appeal()


def test_owe_digests_tells_head_controller_and_unit_heads_and_nobody_else(appeal, head, executor):
    leaders = [head, make_officer(role=Role.CONTROLLER), make_officer(role=Role.UNIT_HEAD)]
    make_officer(role=Role.REGISTRAR)
    make_officer("akimat.utilities.kz-75", Role.HEAD)  # has nothing to say

    assert run(THURSDAY) == 1
    assert readers() == leaders
    assert not Notice.objects.filter(kind=NoticeKind.DIGEST).exclude(appeal=None).exists()


def test_owe_digests_where_there_is_no_head_tells_the_deputy_and_else_not(appeal, head):
    deputy = make_officer(role=Role.DEPUTY)
    assert run(THURSDAY) == 1
    assert readers() == [head]

    Officer.objects.filter(pk=head.pk).update(valid_to=THURSDAY)

    assert run(THURSDAY + timedelta(days=1)) == 1
    assert readers() == [head, deputy]


def test_owe_digests_before_the_working_day_starts_tells_nobody(appeal, head):
    Agency.objects.filter(pk=head.agency_id).update(day_starts=time(8, 30))

    assert run(THURSDAY, time(8, 29)) == 0
    assert run(THURSDAY, time(8, 30)) == 1


def test_owe_digests_twice_the_same_day_changes_nothing(appeal, head):
    run(THURSDAY)
    make_officer(role=Role.CONTROLLER)

    assert [run(THURSDAY), run(THURSDAY, time(17))] == [0, 0]
    assert readers() == [head]


def test_owe_digests_after_a_missed_morning_makes_up_this_day_and_not_the_day_before(appeal, head):
    assert run(THURSDAY, time(16, 45)) == 1
    assert run(THURSDAY + timedelta(days=4)) == 1  # Friday was missed; this is Monday

    keys = Notice.objects.filter(kind=NoticeKind.DIGEST).order_by("pk").values_list("key", flat=True)
    assert [key.split(":")[1] for key in keys] == ["2026-02-05", "2026-02-09"]


@pytest.mark.parametrize("on", [date(2026, 2, 7), date(2026, 2, 8), date(2026, 3, 23), date(2026, 3, 25)])
def test_owe_digests_on_a_day_off_is_silent(appeal, head, on):
    assert run(on) == 0


def test_owe_digests_on_a_worked_saturday_tells(appeal, head):
    CalendarDay.objects.create(day=date(2026, 2, 7), is_working=True, act="No. 1")

    assert run(date(2026, 2, 7)) == 1


def test_owe_digests_of_a_body_with_nothing_to_say_tells_nobody(appeal, head):
    terminate(appeal, TerminationGround.DECIDED, by=head, at=MONDAY, reason="Decided.")

    assert run(AFTER) == 0


def test_owe_digests_goes_by_the_local_time_of_the_body(appeal, head):
    Agency.objects.filter(pk=head.agency_id).update(zone="Asia/Oral")

    assert run(THURSDAY) == 0
    assert run(THURSDAY, zone="Asia/Oral") == 1


@pytest.mark.parametrize("reason", ["waiting", "extension", "breach"])
def test_owe_digests_for_each_thing_there_is_to_say(reason, executor, head):
    appeal = assign(make_appeal(), executor, by=head, at=MONDAY)
    if reason == "waiting":
        hold(appeal, missing="The contract.", days=3, by=executor, at=MONDAY)
    elif reason == "extension":
        ask_extension(appeal, until=date(2026, 3, 2), reason="A check.", by=executor, at=MONDAY)
    else:
        note_missed(zone=ZONE, on=AFTER, at=moment(AFTER), limit=10)
        Appeal.objects.update(next_due_on=date.max)

    assert run(MONDAY.date()) == 1


def test_owe_digests_in_batches_reaches_every_body(appeal, head):
    make_officer("akimat.utilities.kz-75", Role.HEAD)
    other = make_appeal()
    Appeal.objects.filter(pk=other.pk).update(agency=Agency.objects.get(code="akimat.utilities.kz-75"))

    assert [run(THURSDAY, limit=1) for _ in range(3)] == [1, 1, 0]
    assert len(readers()) == 2


def test_digest_counts_what_is_late_near_waiting_and_asked_for(executor, head):
    for registered_ago in (0, 0, 1, 3, 40):
        make_appeal(at=MONDAY - timedelta(days=registered_ago))
    waiting, asked = (assign(make_appeal(), executor, by=head, at=MONDAY) for _ in range(2))
    hold(waiting, missing="The contract.", days=3, by=executor, at=MONDAY)
    ask_extension(asked, until=date(2026, 3, 2), reason="A check.", by=executor, at=MONDAY)
    note_missed(zone=ZONE, on=MONDAY.date(), at=MONDAY, limit=10)

    found = digest(head.agency, at=moment(THURSDAY))

    assert (found.overdue, found.today, found.soon) == (2, 3, 0)
    assert (found.waiting, found.extensions, found.breaches) == (1, 1, 2)
    assert [line.due_on for line in found.first] == sorted(line.due_on for line in found.first)
    assert len(found.first) == 5


def test_digest_names_ten_at_most(head):
    for _ in range(12):
        make_appeal()

    found = digest(head.agency, at=moment(THURSDAY))

    assert (found.today, len(found.first)) == (12, 10)


def test_digest_asks_as_much_of_many_as_of_one(head, django_assert_num_queries):
    for _ in range(2):
        make_appeal()
        with django_assert_num_queries(4):
            digest(head.agency, at=moment(THURSDAY))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_digest_is_worded_in_the_readers_language_with_the_figures_of_sending(language):
    head = make_officer(role=Role.HEAD, user=make_user(language=language))
    appeal = make_appeal()
    run(THURSDAY)
    make_appeal()
    sent: list[deliveries.Letter] = []

    (notice_id,) = [pk for pk in deliveries.claim(at=moment(THURSDAY), limit=10) if is_digest(pk)]
    deliveries.deliver(notice_id, send=sent.append, at=moment(THURSDAY))

    assert sent[0].to == head.user.email
    assert appeal.number in sent[0].body
    assert ": 2\n" in sent[0].body
    assert head.agency.named(language) in sent[0].body
    assert "Сынақ" not in sent[0].body
    assert "{" not in sent[0].subject + sent[0].body
    assert Notice.objects.get(pk=notice_id).delivered_at == moment(THURSDAY)


def test_a_digest_whose_day_is_over_is_not_sent(appeal, head):
    run(THURSDAY)
    sent: list[deliveries.Letter] = []
    later = moment(THURSDAY + timedelta(days=1), time(0, 1))

    for notice_id in filter(is_digest, deliveries.claim(at=later, limit=10)):
        deliveries.deliver(notice_id, send=sent.append, at=later)

    assert sent == []
    assert Notice.objects.get(kind=NoticeKind.DIGEST).failure == "Out of date"


def is_digest(pk: int) -> bool:
    return Notice.objects.filter(pk=pk, kind=NoticeKind.DIGEST).exists()
