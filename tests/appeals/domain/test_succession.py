"""A body ceases: its open appeals go on with the successor, once, by the same last days; breaches stay."""

import csv
import io
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import (
    assignment,
    breaches,
    co_execution,
    execution,
    file_access,
    hearings,
    history,
    holds,
    replies,
    succession,
)
from appeals.domain.statistics import rebuilding
from appeals.enums import ClockKind, EventKind, HearingWay, Kind, NoticeKind, Outcome, Status
from appeals.models import Appeal, Breach, Clock, Dispute, Event, Notice, Reply
from appeals.rules import refusal_to_forward
from tests.factories import MONDAY, UTILITIES_OF_SHYMKENT, make_appeal, make_officer

pytestmark = pytest.mark.django_db

ZONE = "Asia/Almaty"
HEIR = "akimat.housing.kz-79"
LAST_DAY = date(2026, 2, 9)
THE_DAY_AFTER = datetime(2026, 2, 10, 1, tzinfo=UTC)
ANSWER = replies.Answer(Outcome.SATISFIED, "Жауап.", "76-бап", "Үш ай ішінде.", needs_execution=True)


@pytest.fixture
def body():
    return Agency.objects.get(code=UTILITIES_OF_SHYMKENT)


@pytest.fixture
def heir():
    return Agency.objects.get(code=HEIR)


@pytest.fixture
def executor(body):
    return make_officer(body)


@pytest.fixture
def head(body):
    return make_officer(body, Role.HEAD)


def cease(body: Agency, successor: Agency | None, on: date = LAST_DAY) -> None:
    Agency.objects.filter(pk=body.pk).update(valid_to=on, successor=successor)


def succeed(at: datetime = THE_DAY_AFTER, limit: int = 500) -> int:
    n, on = 0, at.astimezone(UTC).date()
    while done := succession.succeed(zone=ZONE, on=on, at=at, limit=limit):
        n += done
    return n


def trail(appeal: Appeal) -> list[str]:
    return list(appeal.events.order_by("seq").values_list("kind", flat=True))


def in_review(executor, head, **fields) -> Appeal:
    appeal = make_appeal(**fields)
    assignment.assign(appeal, executor, by=head, at=MONDAY)
    assignment.begin_review(appeal, by=executor, at=MONDAY)
    return appeal


def test_appeals_in_every_status_go_on_with_the_successor_by_the_same_last_days(body, heir, executor, head):
    fresh, working, waiting = make_appeal(), in_review(executor, head), in_review(executor, head)
    holds.hold(waiting, missing="Мекенжай", days=5, by=executor, at=MONDAY)
    replies.prepare_reply(working, ANSWER, by=executor, at=MONDAY)
    owed = Clock.objects.running().filter(appeal__in=[fresh, working, waiting])
    before = {clock.pk: (clock.kind, clock.due_on) for clock in owed.exclude(kind=ClockKind.FORWARDING)}
    cease(body, heir)

    n = succeed()

    assert n == 3
    for appeal in (fresh, working, waiting):
        appeal.refresh_from_db()
        assert (appeal.agency, appeal.officer) == (heir, None)
        assert trail(appeal)[-1] == EventKind.SUCCEEDED
        assert appeal.events.last().data == {"left": body.code, "to": heir.code}
        assert appeal.notices.get(kind=NoticeKind.SUCCEEDED).officer is None
        assert appeal.forwardings.count() == appeal.hops == 0
        assert list(history.faults(Event.objects.filter(appeal=appeal).order_by("seq"))) == []
    assert [a.status for a in (fresh, working, waiting)] == [Status.REGISTERED, Status.REGISTERED, Status.ON_HOLD]
    after = Clock.objects.running().filter(agency=heir).exclude(kind=ClockKind.FORWARDING)
    assert {clock.pk: (clock.kind, clock.due_on) for clock in after} == before
    assert not Clock.objects.running().filter(agency=body).exists()
    assert not Reply.objects.filter(appeal=working).exists()
    assert rebuilding.differences() == []


def test_succession_again_changes_nothing(body, heir, executor, head):
    appeal = in_review(executor, head)
    cease(body, heir)
    succeed()
    lines, told = trail(appeal), Notice.objects.count()

    assert succeed() == 0
    assert succeed(THE_DAY_AFTER + timedelta(days=1)) == 0
    assert (trail(appeal), Notice.objects.count()) == (lines, told)


def test_a_body_that_is_still_to_cease_keeps_its_appeals_until_its_last_day_is_over(body, heir):
    appeal = make_appeal()
    cease(body, heir)

    assert succeed(datetime(2026, 2, 9, 10, tzinfo=UTC)) == 0
    assert Appeal.objects.get().agency == body
    assert succeed() == 1
    assert Appeal.objects.get() == appeal


def test_what_ran_out_is_a_breach_of_the_body_that_ceased_and_what_runs_out_later_of_the_successor(body, heir):
    appeal = make_appeal()
    forwarding = appeal.clocks.get(kind=ClockKind.FORWARDING)
    reply = appeal.clocks.get(kind=ClockKind.REPLY)
    cease(body, heir)

    succeed()
    after = reply.due_on + timedelta(days=1)
    breaches.note_missed(zone=ZONE, on=after, at=THE_DAY_AFTER + timedelta(days=60), limit=10)

    assert forwarding.due_on < LAST_DAY
    broken = dict(Breach.objects.values_list("kind", "agency__code"))
    assert broken == {"forwarding": body.code, "reply": heir.code}
    assert trail(appeal)[-3:] == [EventKind.BREACHED, EventKind.SUCCEEDED, EventKind.BREACHED]


def test_the_correction_of_the_applicant_is_taken_by_the_successor(body, heir, executor, head):
    appeal = in_review(executor, head)
    holds.hold(appeal, missing="Мекенжай", days=10, by=executor, at=MONDAY)
    cease(body, heir)
    succeed()

    holds.resume(appeal, correction="Сынақ көшесі, 1", at=THE_DAY_AFTER)

    appeal.refresh_from_db()
    assert (appeal.status, appeal.agency, appeal.officer) == (Status.REGISTERED, heir, None)
    assert appeal.next_due_on == appeal.clocks.get(kind=ClockKind.REPLY).due_on


def test_the_applicant_can_object_before_the_successor_to_what_its_predecessor_made_known(body, heir, executor, head):
    appeal = in_review(executor, head)
    hearings.notify_hearing(
        appeal, decision="Бас тартпақпыз.", way=HearingWay.WRITTEN, by=executor, at=THE_DAY_AFTER - timedelta(hours=20)
    )
    cease(body, heir)
    succeed()

    hearings.object_(appeal, text="Қарсымын.", at=THE_DAY_AFTER)

    assert appeal.clocks.get(kind=ClockKind.OBJECTION).met_on is not None


def test_inner_terms_of_officers_of_the_body_that_ceased_end(body, heir, executor, head):
    appeal, colleague = in_review(executor, head), make_officer(body)
    co_execution.ask_co_executor(
        appeal, to=colleague, question="Есептегіш не көрсетеді?", days=9, by=head, at=MONDAY + timedelta(days=4)
    )
    cease(body, heir)

    succeed()

    inner = appeal.clocks.get(kind=ClockKind.CO_EXECUTOR)
    assert (inner.agency, inner.is_running) == (body, False)
    assert not Breach.objects.filter(kind=ClockKind.CO_EXECUTOR).exists()


def test_a_body_without_successor_leaves_its_appeals_to_the_office(body, executor, head):
    working, waiting = in_review(executor, head), in_review(executor, head)
    holds.hold(waiting, missing="Мекенжай", days=10, by=executor, at=MONDAY)
    cease(body, None)

    assert succeed() == 2
    assert succeed() == 0

    for appeal in (working, waiting):
        appeal.refresh_from_db()
        assert (appeal.agency.code, appeal.status, appeal.officer) == ("president.office", Status.REGISTERED, None)
        assert appeal.events.last().data == {"left": body.code, "to": "president.office", "why": "no_successor"}
        running = appeal.clocks.running()
        assert [(clock.kind, clock.agency.code) for clock in running] == [("forwarding", "president.office")]
        assert appeal.next_due_on == running.get().due_on
    assert not Breach.objects.exists()


def test_a_successor_that_ceased_itself_is_passed_over_for_its_own(body, heir):
    last = Agency.objects.get(code="akimat.kz-79")
    make_appeal()
    cease(body, heir)
    cease(heir, last)

    succeed()

    assert Appeal.objects.get().agency == last


def test_a_complaint_is_not_taken_over_by_the_body_complained_of(body):
    judge, accused = Agency.objects.get(code="akimat.kz-79"), body
    complaint = make_appeal(kind=Kind.COMPLAINT, complained_of=accused)
    Appeal.objects.filter(pk=complaint.pk).update(agency=judge)
    complaint.clocks.filter(agency=accused).update(agency=judge)
    cease(judge, accused)

    succeed()

    complaint.refresh_from_db()
    assert complaint.agency.code == "president.office"
    assert complaint.events.last().data["why"] == "conflict"


def test_a_complaint_on_its_way_up_is_passed_up_by_the_successor_of_the_body_complained_of(body, heir):
    complaint = make_appeal(kind=Kind.COMPLAINT, complained_of=body)
    cease(body, heir)

    succeed()

    complaint.refresh_from_db()
    assert complaint.agency == heir
    passing_up = complaint.clocks.get(kind=ClockKind.PASSING_UP)
    assert (passing_up.agency, passing_up.is_running) == (heir, True)


def test_what_is_owed_after_the_answer_is_owed_by_the_successor_and_the_answer_stays_where_it_was(
    body, heir, executor, head
):
    appeal = in_review(executor, head)
    replies.prepare_reply(appeal, ANSWER, by=executor, at=MONDAY)
    replies.reply(appeal, by=head, at=THE_DAY_AFTER - timedelta(hours=20), seen=MONDAY)
    file_access.ask_for_file(appeal, at=THE_DAY_AFTER - timedelta(hours=20))
    successor = make_officer(heir, Role.HEAD)
    cease(body, heir)

    assert succeed() == 2
    assert succeed() == 0

    appeal.refresh_from_db()
    assert (appeal.agency, appeal.status) == (body, Status.ANSWERED)
    assert Appeal.objects.visible_to(successor).get() == appeal
    execution.report_execution(appeal, text="Жөнделді.", by=successor, at=THE_DAY_AFTER)
    assert appeal.clocks.get(kind=ClockKind.EXECUTION).met_on is not None
    assert rebuilding.differences() == []


def test_a_competence_left_to_a_body_that_ceased_is_for_the_one_above_today(body):
    above = Agency.objects.get(code="akimat.kz-79")
    appeal, asker = make_appeal(), make_officer(body, Role.HEAD)
    asked = Dispute.objects.create(
        appeal=appeal, agency=body, above=above, reason="Біздікі емес", asked_by=asker, asked_on=MONDAY.date()
    )
    cease(above, Agency.objects.get(code="akimat.kz-75"))

    succeed()
    succeed()

    asked.refresh_from_db()
    assert asked.above.code != above.code
    assert trail(appeal).count(EventKind.COMPETENCE_DISPUTED) == 1


def test_many_appeals_go_over_in_steps(body, heir):
    for _ in range(3):
        make_appeal()
    cease(body, heir)

    assert succession.succeed(zone=ZONE, on=date(2026, 2, 10), at=THE_DAY_AFTER, limit=2) == 2
    assert succession.succeed(zone=ZONE, on=date(2026, 2, 10), at=THE_DAY_AFTER, limit=2) == 1
    assert Appeal.objects.filter(agency=heir).count() == 3


def test_the_number_of_statements_does_not_grow_with_the_appeals(body, heir, django_assert_num_queries):
    make_appeal()
    cease(body, heir)
    with django_assert_num_queries(25) as one:
        succession.succeed(zone=ZONE, on=date(2026, 2, 10), at=THE_DAY_AFTER, limit=500)
    Agency.objects.filter(pk=body.pk).update(valid_to=None)
    for _ in range(4):
        make_appeal()
    cease(body, heir)

    with django_assert_num_queries(len(one)):
        succession.succeed(zone=ZONE, on=date(2026, 2, 10), at=THE_DAY_AFTER, limit=500)


def test_an_appeal_is_not_forwarded_to_a_body_that_ceased_yesterday(body, heir):
    appeal, registrar = make_appeal(), make_officer(body, Role.REGISTRAR)
    cease(heir, body)
    heir.refresh_from_db()

    assert refusal_to_forward(registrar, appeal, heir, on=THE_DAY_AFTER.date())
    assert Appeal.objects.get().agency == body


# the command


@pytest.fixture
def folder(tmp_path, body):
    """The shipped tables, in which the body of the appeals has ceased and the akimat of its region succeeds it."""
    copy = shutil.copytree(settings.BASE_DIR / "agencies" / "data" / "kz", tmp_path / "kz")
    with (copy / "agencies.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["code"] == body.code)
    row |= {"valid_to": LAST_DAY.isoformat(), "successor": HEIR}
    with (copy / "agencies.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return copy


def load(folder, *args: str) -> str:
    out = io.StringIO()
    with time_machine.travel(THE_DAY_AFTER, tick=False):
        call_command("load_directory", *args, "--folder", str(folder), stdout=out)
    return out.getvalue()


def test_load_directory_dry_run_tells_what_would_move_and_moves_nothing(folder, body, executor, head):
    make_appeal(), in_review(executor, head)

    told = load(folder, "--dry-run")

    assert f"> 2 open appeals of {body.code} -> {HEIR}\n" in told
    assert f"~ agencies {body.code}: valid_to None -> datetime.date(2026, 2, 9)\n" in told
    assert set(Appeal.objects.values_list("agency__code", flat=True)) == {body.code}
    assert Agency.objects.get(pk=body.pk).valid_to is None
    assert not Event.objects.filter(kind=EventKind.SUCCEEDED).exists()


def test_load_directory_hands_the_appeals_over_in_one_command_and_once(folder, body, executor, head):
    make_appeal(), in_review(executor, head)

    told, again = load(folder, "--yes"), load(folder, "--yes")

    assert "appeals: 2 handed over\n" in told
    assert "no open appeals to hand over\n" in again
    assert "appeals: 0 handed over\n" in again
    assert Appeal.objects.filter(agency__code=HEIR, events__kind=EventKind.SUCCEEDED).count() == 2


def test_load_directory_not_confirmed_changes_nothing(folder, body, monkeypatch):
    make_appeal()
    monkeypatch.setattr("builtins.input", lambda _: "n")

    with pytest.raises(CommandError, match="Nothing was changed"):
        load(folder)

    assert Appeal.objects.get().agency == body
