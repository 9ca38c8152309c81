"""A last day explains itself: its steps count again to the same day, and read as sentences in three languages."""

import random
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar, months_after
from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import assignment, extensions, forwarding, holds, replies, terms
from appeals.domain.breaches import note_missed
from appeals.domain.explanations import Code, Step, afterwards, clocks_of, explain, explain_all, to_due
from appeals.domain.replies import Answer
from appeals.domain.telling import row, said
from appeals.enums import ClockKind, DueCause, Kind, Outcome, OwedBy, TermUnit
from appeals.models import Appeal, Clock, DueChange, Hold, Term
from tests.agencies.test_working_days import DAYS, SURE, calendars
from tests.factories import MONDAY, make_appeal, make_officer

BODY = Agency(code="body", zone="Asia/Almaty", day_ends=time(18, 30))
ANSWER = Answer(Outcome.SATISFIED, "Жылу қосылды.", "ӘРПК 76-бап", "Әкімдікке шағымдануға болады.")
ONE_DAY = timedelta(days=1)


def recounted(steps: list[Step]) -> date:
    """The last day, found from nothing but the steps before it and the days of the week."""
    off = {day for step in steps if step.code == Code.DAYS_OFF for day in step.facts["days"]}
    worked = {day for step in steps if step.code == Code.WORKED for day in step.facts["days"]}
    day, rule = date.min, steps[0]
    for step in steps:
        match step.code:
            case Code.RULE | Code.GIVEN:
                rule = step
            case Code.COUNTED_FROM:
                day = counted(step.facts, rule.facts, off, worked)
            case Code.STOOD_STILL:
                day = past(day, step.facts["given_back"], step.facts["unit"], off, worked)
            case Code.ROLLED | Code.EXTENDED | Code.CALENDAR_CHANGED:
                assert step.facts["was"] == day
                day = step.facts["day"]
            case Code.KEPT:
                assert step.facts["counted"] == day
                day = step.facts["day"]
    return day


def counted(start: Mapping[str, Any], rule: Mapping[str, Any], off: set[date], worked: set[date]) -> date:
    if rule["unit"] != TermUnit.MONTHS:
        return past(start["day"], max(rule["length"], 1) - 1, rule["unit"], off, worked)
    if start["first_day_counts"]:
        return months_after(start["day"], rule["length"]) - ONE_DAY
    return months_after(start["day"] - ONE_DAY, rule["length"])


def past(day: date, n: int, unit: str, off: set[date], worked: set[date]) -> date:
    if unit == TermUnit.CALENDAR_DAYS:
        return day + timedelta(days=n)
    while n:
        day += ONE_DAY
        n -= day in worked or (day.weekday() < 5 and day not in off)
    return day


def clock_of(kind: ClockKind, term: Term, received_at: datetime, known: WorkingCalendar, **fields: Any) -> Clock:
    registered_on = terms.counted_as_received_on(received_at, BODY, known)
    starts_on = registered_on + timedelta(days=fields.pop("later", 0))
    appeal = Appeal(received_at=received_at, registered_on=registered_on, agency=BODY)
    due_on = terms.due_on(term, starts_on, known)
    return Clock(appeal=appeal, kind=kind, term=term, agency=BODY, starts_on=starts_on, due_on=due_on, **fields)


RULES = st.builds(
    Term,
    length=st.integers(0, 30),
    unit=st.sampled_from(TermUnit.values),
    first_day_counts=st.booleans(),
    rolls=st.booleans(),
    basis=st.just("Code, Art. 64(3)"),
).filter(
    lambda term: (
        term.length >= (term.first_day_counts or term.unit != TermUnit.WORKING_DAYS)
        and (term.unit != TermUnit.MONTHS or term.length <= 3)
    )
)
INSTANTS = st.builds(
    lambda day, hour, minute: datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC),
    DAYS,
    st.integers(0, 23),
    st.integers(0, 59),
)


@settings(SURE, max_examples=300)
@given(calendars(), RULES, INSTANTS, st.sampled_from(ClockKind), st.integers(0, 9))
def test_the_steps_of_any_clock_count_again_to_its_last_day(known, term, received_at, kind, later):
    clock = clock_of(kind, term, received_at, known, later=later)

    steps = to_due(clock, entered_by=BODY, calendar=known)

    assert recounted(steps) == clock.due_on == steps[-1].facts["day"]
    assert Code.KEPT not in [step.code for step in steps]


@settings(SURE, max_examples=300)
@given(calendars(), RULES, INSTANTS, st.integers(0, 5), st.integers(1, 15), st.integers(1, 60))
def test_the_steps_of_a_clock_that_stood_still_and_was_extended_count_again(
    known, term, received_at, begun, stood, longer
):
    clock = clock_of(ClockKind.REPLY, term, received_at, known)
    held_on = clock.starts_on + timedelta(days=begun)
    hold = Hold(held_on=held_on, resumed_on=held_on + timedelta(days=stood))
    resumed = terms.after_hold(term, clock.due_on, hold.held_on, hold.resumed_on, known)
    extended = known.rolled(resumed + timedelta(days=longer))
    moves = [
        DueChange(cause=DueCause.HELD, was=clock.due_on, became=resumed, on=hold.resumed_on),
        DueChange(cause=DueCause.EXTENDED, was=resumed, became=extended, on=hold.resumed_on),
    ]
    clock.due_on = extended

    steps = to_due(clock, entered_by=BODY, calendar=known, moves=moves, stood=[hold])

    assert recounted(steps) == extended
    assert Code.KEPT not in [step.code for step in steps]


@settings(SURE, max_examples=100)
@given(calendars(), calendars(), RULES, INSTANTS)
def test_the_steps_of_a_clock_counted_by_an_older_calendar_say_so(then, now, term, received_at):
    clock = clock_of(ClockKind.REPLY, term, received_at, then)

    steps = to_due(clock, entered_by=BODY, calendar=now)

    assert recounted(steps) == clock.due_on
    moved = terms.due_on(term, clock.starts_on, now) != clock.due_on
    assert (Code.KEPT in [step.code for step in steps]) == moved


@settings(SURE, max_examples=100)
@given(calendars(), calendars(), RULES, INSTANTS)
def test_the_steps_of_a_clock_moved_by_the_calendar_lead_to_where_it_moved(then, now, term, received_at):
    clock = clock_of(ClockKind.REPLY, term, received_at, then)
    was, clock.due_on = clock.due_on, terms.due_on(term, clock.starts_on, now)
    moves = [DueChange(cause=DueCause.CALENDAR, was=was, became=clock.due_on, on=was)] if was != clock.due_on else []

    steps = to_due(clock, entered_by=BODY, calendar=now, moves=moves)

    assert steps[-1].facts["day"] == clock.due_on
    assert [step.facts["was"] for step in steps if step.code == Code.CALENDAR_CHANGED] == [move.was for move in moves]
    assert Code.KEPT not in [step.code for step in steps]


@settings(SURE, max_examples=100)
@given(calendars(), RULES, INSTANTS, st.integers(1, 20))
def test_the_steps_of_a_term_an_official_set_count_the_days_given(known, term, received_at, n):
    clock = clock_of(ClockKind.CORRECTION, term, received_at, known, given_days=n)
    clock.due_on = known.after(clock.starts_on, n)

    assert recounted(to_due(clock, entered_by=BODY, calendar=known)) == clock.due_on


@pytest.mark.django_db
def test_the_steps_of_every_shipped_term_count_again_on_any_day_and_read_well():
    known, chance = calendar(), random.Random(64)  # noqa: S311
    span = (date(2030, 1, 1) - known.first).days

    for term in Term.objects.all():
        for _n in range(40):
            day = known.first + timedelta(days=chance.randrange(span))
            at = datetime(day.year, day.month, day.day, chance.randrange(24), tzinfo=UTC)
            clock = clock_of(ClockKind(term.clock), term, at, known, is_official=chance.random() < 0.5)
            steps = explain(clock, entered_by=BODY, calendar=known)
            assert recounted(steps) == clock.due_on
        for language in ("kk", "ru", "en"):
            with translation.override(language):
                assert all(said(step) and "%(" not in said(step) for step in steps)


FRIDAY_EVENING = datetime(2026, 12, 11, 13, 41, tzinfo=UTC)  # 18:41 in Astana
IN_ENGLISH = [
    "Received: Friday, 11 December 2026, 18:41.",
    (
        "Registered on the nearest working day, since it came after the working day had ended (18:30) "
        "and days off followed: Monday, 14 December 2026."
    ),
    "Term: 15 working days (Code, Art. 76(1)-(2)). In force since 29 December 2025.",
    "This reading of the law is in part an assumption: no source confirms it yet.",
    "Counted from the next working day: Tuesday, 15 December 2026.",
    "Days off besides weekends: 16 December 2026; 1, 4, 7 January 2027.",
    "Last day: Friday, 8 January 2027.",
]
IN_RUSSIAN = [
    "Поступило: пятница, 11 декабря 2026\xa0г., 18:41.",
    (
        "Зарегистрировано в ближайший рабочий день, так как поступило после окончания рабочего дня (18:30), "
        "за которым следовали нерабочие дни: понедельник, 14 декабря 2026\xa0г."
    ),
    "Срок: 15 рабочих дней (части 1 и 2 статьи 76 Кодекса). Норма действует с 29 декабря 2025\xa0г.",
    "Такое прочтение закона отчасти предположительное: источником оно пока не подтверждено.",
    "Отсчёт ведётся со следующего рабочего дня: вторник, 15 декабря 2026\xa0г.",
    "Нерабочие дни, кроме суббот и воскресений: 16 декабря 2026\xa0г.; 1, 4, 7 января 2027\xa0г.",
    "Последний день: пятница, 8 января 2027\xa0г.",
]
IN_KAZAKH = [
    "Келіп түсті: 2026\xa0ж. 11 желтоқсан, жұма, 18:41.",
    (
        "Жұмыс күні аяқталғаннан кейін (18:30) келіп түскендіктен және одан кейін демалыс күндері болғандықтан, "
        "ең жақын жұмыс күні тіркелді: 2026\xa0ж. 14 желтоқсан, дүйсенбі."
    ),
    (
        "Мерзім: 15 жұмыс күні (Кодекстің 76-бабының 1 және 2-бөліктері). "
        "Норма қолданыла бастаған күн: 2025\xa0ж. 29 желтоқсан."
    ),
    "Заңның бұлай түсіндірілуі ішінара болжамға негізделген: оны әзірге ешбір дереккөз растаған жоқ.",
    "Есептеу келесі жұмыс күнінен басталады: 2026\xa0ж. 15 желтоқсан, сейсенбі.",
    "Сенбі мен жексенбіден басқа демалыс күндері: 2026\xa0ж. 16 желтоқсан; 2027\xa0ж. 1, 4, 7 қаңтар.",
    "Соңғы күні: 2027\xa0ж. 8 қаңтар, жұма.",
]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "sentences"), [("en", IN_ENGLISH), ("ru", IN_RUSSIAN), ("kk", IN_KAZAKH)])
def test_the_day_of_an_appeal_of_a_friday_evening_explains_itself(language, sentences):
    known = calendar()
    term = terms.found_for(terms.in_force(date(2026, 12, 14)), ClockKind.REPLY, kind=Kind.APPLICATION)
    clock = clock_of(ClockKind.REPLY, term, FRIDAY_EVENING, known)

    with translation.override(language):
        told = [said(step) for step in to_due(clock, entered_by=BODY, calendar=known)]

    assert told == sentences


@pytest.mark.parametrize(
    ("received_at", "registered", "why"),
    [
        ("2026-03-05T18:30+05:00", "2026-03-05", "same_day"),
        ("2026-03-05T18:31+05:00", "2026-03-06", "after_hours"),
        ("2026-03-06T18:31+05:00", "2026-03-09", "after_hours_before_days_off"),
        ("2026-03-07T10:00+05:00", "2026-03-09", "day_off"),
        ("2026-03-08T20:00+05:00", "2026-03-09", "day_off"),
        ("2026-03-04T20:00+00:00", "2026-03-05", "same_day"),  # already Thursday in Astana
        ("2024-02-29T18:29+06:00", "2024-02-29", "same_day"),  # the zone of Astana before 1 March 2024
        ("2024-02-29T17:31+05:00", "2024-03-01", "after_hours"),
        ("2024-03-01T18:29+05:00", "2024-03-01", "same_day"),
    ],
)
def test_the_day_of_registration_says_why_it_is_that_day(received_at, registered, why):
    known = WorkingCalendar(date(2024, 1, 1), date(2027, 12, 31))
    term = Term(length=3, unit=TermUnit.WORKING_DAYS)

    clock = clock_of(ClockKind.FORWARDING, term, datetime.fromisoformat(received_at), known)
    facts = to_due(clock, entered_by=BODY, calendar=known)[1].facts

    assert (facts["day"].isoformat(), facts["why"]) == (registered, why)


def test_a_day_of_registration_that_todays_hours_do_not_explain_is_told_without_a_reason():
    known = WorkingCalendar(date(2024, 1, 1), date(2027, 12, 31))
    clock = clock_of(ClockKind.FORWARDING, Term(length=3, unit=TermUnit.WORKING_DAYS), MONDAY, known)
    closes_early = Agency(zone="Asia/Almaty", day_ends=time(9, 30))

    registered = to_due(clock, entered_by=closes_early, calendar=known)[1]

    assert (registered.facts["why"], said(registered)) == ("", "Registered: Monday, 2 February 2026.")


@pytest.mark.django_db
def test_a_case_handed_on_extended_and_answered_explains_each_clock():
    appeal, head = make_appeal(), make_officer(role=Role.HEAD)
    elsewhere = make_officer("akimat.utilities.kz-75", role=Role.HEAD)
    forwarding.forward(appeal, elsewhere.agency, by=head, at=MONDAY + ONE_DAY, reason="Алматы қаласы")
    assignment.assign(appeal, elsewhere, by=elsewhere, at=MONDAY + 2 * ONE_DAY)
    decided = MONDAY + 3 * ONE_DAY
    extensions.extend(appeal, until=date(2026, 3, 31), reason="Тексеру керек", by=elsewhere, at=decided)
    replies.prepare_reply(appeal, ANSWER, by=elsewhere, at=decided)

    told = explain_all(clocks_of(appeal), calendar())

    for clock in told:
        assert recounted(clock.steps) == clock.due_on, clock.kind
    reply = next(clock for clock in reversed(told) if clock.kind == ClockKind.REPLY)
    assert [step.code for step in reply.steps] == [
        "received",
        "registered",
        "arrived",
        "rule",
        "assumed",
        "counted_from",
        "ends",
        "extended",
        "due",
        "counts_as_refusal",
        "goes_on_record",
    ]
    assert [said(step) for step in reply.steps][-4:-2] == [
        "Extended (5 February 2026). The last day before: 24 February 2026; now: Tuesday, 31 March 2026.",
        "Last day: Tuesday, 31 March 2026.",
    ]


@pytest.mark.django_db
def test_a_case_held_and_resumed_says_how_many_days_were_given_back():
    appeal, head = make_appeal(), make_officer(role=Role.HEAD)
    assignment.assign(appeal, head, by=head, at=MONDAY)
    holds.hold(appeal, missing="Мекенжай", days=5, by=head, at=MONDAY + ONE_DAY)
    waiting = told_of(appeal, ClockKind.REPLY), told_of(appeal, ClockKind.CORRECTION)
    holds.resume(appeal, correction="Абай көшесі, 5", by=head, at=MONDAY + 4 * ONE_DAY)

    resumed = told_of(appeal, ClockKind.REPLY)

    assert waiting[0][-1] == (
        "Stands still while the applicant is asked for what is missing, since: 3 February 2026. "
        "These days are given back."
    )
    assert waiting[1] == [
        "The applicant was asked for what was missing: Tuesday, 3 February 2026.",
        "Term, at the longest: 10 working days (Code, Art. 64(6)). In force since 1 July 2021.",
        "This reading of the law is in part an assumption: no source confirms it yet.",
        "The body gave: 5 working days.",
        "Counted from the next working day: Wednesday, 4 February 2026.",
        "Last day: Tuesday, 10 February 2026.",
        "If nothing comes by the end of that day, the body may return the appeal without review.",
    ]
    assert resumed[5:9] == [
        "By this count the last day was: Monday, 23 February 2026.",
        (
            "Stood still from 3 February 2026 to 5 February 2026, while the applicant was asked for what was missing. "
            "Given back: 3 working days."
        ),
        "Last day: Thursday, 26 February 2026.",
        (
            "If there is no answer by the end of that day, it counts as a refusal and can be complained of "
            "(Article 91(2) of the Code)."
        ),
    ]


@pytest.mark.django_db
def test_what_came_of_a_clock_is_told_last():
    appeal = make_appeal()
    note_missed(zone="Asia/Almaty", on=date(2026, 2, 6), at=MONDAY + 4 * ONE_DAY, limit=10)
    head = make_officer(role=Role.HEAD)
    assignment.assign(appeal, head, by=head, at=MONDAY + 4 * ONE_DAY)

    assert told_of(appeal, ClockKind.REGISTRATION)[-1] == "Done in time: Monday, 2 February 2026."
    assert told_of(appeal, ClockKind.FORWARDING)[-2:] == [
        "No longer runs since: Friday, 6 February 2026.",
        "The term was broken; noted on record: Friday, 6 February 2026.",
    ]


def test_what_was_done_after_its_last_day_is_told_to_be_late():
    clock = Clock(kind=ClockKind.FORWARDING, due_on=date(2026, 2, 5), met_on=date(2026, 2, 6))

    assert [said(step) for step in afterwards(clock)] == ["Done late: Friday, 6 February 2026."]


def test_what_the_applicant_owes_is_never_told_as_a_breach():
    for kind, follows in ((ClockKind.CORRECTION, "may_be_returned"), (ClockKind.OBJECTION, "decided_without")):
        clock = Clock(kind=kind, owed_by=OwedBy.APPLICANT, due_on=date(2026, 2, 5))
        assert [step.code for step in afterwards(clock)] == [follows]


def test_a_row_for_machines_has_the_code_the_sentence_and_the_facts():
    told = row(Step(Code.DUE, {"day": date(2026, 2, 5)}))

    assert told == {"code": "due", "text": "Last day: Thursday, 5 February 2026.", "day": date(2026, 2, 5)}


@pytest.mark.django_db
def test_the_clocks_of_a_case_are_read_with_one_query(django_assert_num_queries):
    appeal = make_appeal()
    known = calendar()

    with django_assert_num_queries(1):
        explain_all(clocks_of(appeal), known)


def told_of(appeal: Appeal, kind: ClockKind) -> list[str]:
    appeal.refresh_from_db()
    clocks = explain_all(clocks_of(appeal), calendar())
    return [said(step) for step in next(clock.steps for clock in clocks if clock.kind == kind)]
