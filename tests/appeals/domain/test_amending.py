"""The register of terms is changed from a day ahead, never backwards, without gap or overlap; each refusal is said."""

from datetime import date, timedelta
from functools import partial
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import amending, terms
from appeals.domain.amending import amend, amendment, end_term, introduce
from appeals.domain.closing import terminate
from appeals.enums import ClockKind, Kind, TerminationGround, TermUnit
from appeals.errors import InvalidTerm, Refused
from appeals.models import Appeal, SpecialType, Term
from tests.factories import MONDAY, make_appeal, make_officer, make_user

pytestmark = pytest.mark.django_db

TODAY, JULY = MONDAY.date(), date(2026, 7, 1)
DAY = timedelta(days=1)
NEW = {"length": 10, "basis": "Code, a later wording"}


@pytest.fixture
def reply() -> Term:
    return Term.objects.get(clock=ClockKind.REPLY, kind="", valid_to=None)


def register() -> list[tuple]:
    return list(Term.objects.order_by("pk").values_list())


def change(term: Term, **given: Any) -> amending.Amendment:
    return amend(term, **{"valid_from": JULY, "by": None, "on": TODAY} | given)


def one_of(clock: ClockKind, kind: str = "", special_type: str = "") -> Term:
    return Term.objects.get(clock=clock, kind=kind, special_type=special_type, valid_to=None)


def test_amend_ends_the_row_the_day_before_and_adds_the_new_one(reply):
    told = change(reply, **NEW)

    old, new = Term.objects.filter(clock=ClockKind.REPLY, kind="", valid_from__gte=reply.valid_from)
    assert (told.ended, told.begun) == (old, new)
    assert (old.valid_from, old.valid_to, old.length) == (date(2025, 12, 29), date(2026, 6, 30), 15)
    assert (new.valid_from, new.valid_to, new.length, new.unit) == (JULY, None, 10, reply.unit)
    assert (new.basis, new.extension_cap) == ("Code, a later wording", reply.extension_cap)


def test_amend_leaves_running_clocks_under_their_row_and_later_ones_get_the_new(reply):
    running = make_appeal()

    change(reply, **NEW)

    later = make_appeal(at=MONDAY.replace(month=7, day=1))
    assert running.clocks.get(kind=ClockKind.REPLY).term == reply
    assert later.clocks.get(kind=ClockKind.REPLY).term.length == 10


def test_amend_between_two_wordings_keeps_the_later_one(reply):
    change(reply, **NEW)

    change(Term.objects.get(pk=reply.pk), valid_from=date(2026, 4, 1), length=12)

    spans = Term.objects.filter(clock=ClockKind.REPLY, kind="", valid_from__gte=reply.valid_from)
    assert list(spans.values_list("length", "valid_from", "valid_to")) == [
        (15, date(2025, 12, 29), date(2026, 3, 31)),
        (12, date(2026, 4, 1), date(2026, 6, 30)),
        (10, JULY, None),
    ]


def test_amend_a_wording_entered_ahead_under_which_nothing_runs_writes_it_anew(reply):
    ahead = change(reply, **NEW).begun

    told = change(ahead, length=11)

    assert told.ended is None
    assert list(Term.objects.filter(valid_from=JULY).values_list("pk", "length")) == [(ahead.pk, 11)]


def test_amend_right_after_a_wording_that_ends_is_the_next_one(reply):
    Term.objects.filter(pk=reply.pk).update(valid_to=JULY - DAY)

    change(Term.objects.get(pk=reply.pk), **NEW)

    assert one_of(ClockKind.REPLY).valid_from == JULY


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"valid_from": TODAY}, "valid_from", "Choose a day after today"),
        ({"valid_from": TODAY - DAY}, "valid_from", "never backwards"),
        ({"on": date(2025, 1, 1), "valid_from": date(2025, 12, 29)}, "valid_from", "in force from 29 December 2025"),
        ({"on": date(2025, 1, 1), "valid_from": date(2025, 6, 1)}, "valid_from", "choose a later day"),
        ({"length": 15, "basis": "Code, Art. 76(1)-(2)"}, "", "Nothing changes"),
        ({"length": 0}, "length", "at least one day"),
        ({"length": -1}, "length", "greater than or equal to 0"),
        ({"unit": "fortnight"}, "unit", "not a valid choice"),
        ({"basis": ""}, "basis", "cannot be blank"),
        ({"extension_cap": None}, "extension_cap", "a length, a unit and a day"),
        ({"extension_cap": 0}, "extension_cap", "a length, a unit and a day"),
        ({"extension_unit": ""}, "extension_unit", "a length, a unit and a day"),
        ({"extension_from": ""}, "extension_from", "a length, a unit and a day"),
    ],
)
def test_amend_is_refused_in_words_and_nothing_changes(reply, given, field, sentence):
    make_appeal()
    before = register()

    with pytest.raises(InvalidTerm, match=sentence) as refused:
        change(reply, **NEW | given)

    assert refused.value.field == field
    assert register() == before


@pytest.mark.parametrize(
    ("given", "field", "day"),
    [
        ({"valid_from": date(2031, 1, 1)}, "valid_from", "1 January 2031"),
        ({"valid_from": date(2030, 12, 20)}, "length", "1 January 2031"),
        ({"length": 2000}, "length", "1 January 2031"),
    ],
)
def test_amend_past_the_end_of_the_calendar_is_refused_in_the_preview_too(reply, given, field, day):
    before, wording = register(), NEW | {"valid_from": JULY} | given

    for act in (amendment, partial(amend, by=None)):
        with pytest.raises(InvalidTerm, match=f"No term can be counted on {day}") as refusal:
            act(reply, on=TODAY, **wording)
        assert refusal.value.field == field
    assert register() == before


def test_end_past_the_end_of_the_calendar_is_refused_and_changes_nothing():
    before = register()

    with pytest.raises(InvalidTerm, match="No term can be counted on 2 January 2031") as refusal:
        end_term(one_of(ClockKind.FILE_ACCESS), last_day=date(2031, 1, 2), by=None, on=TODAY)

    assert (refusal.value.field, register()) == ("valid_to", before)


def test_amend_of_registration_may_be_due_on_the_day_itself_but_then_no_first_day_counts():
    registration = one_of(ClockKind.REGISTRATION)

    change(registration, rolls=False)
    with pytest.raises(InvalidTerm, match="no first day that could count"):
        change(one_of(ClockKind.REGISTRATION), valid_from=JULY + DAY, first_day_counts=True)


def test_amend_of_a_wording_that_has_ended_is_refused():
    ended = Term.objects.get(clock=ClockKind.REPLY, kind="", valid_to=date(2025, 12, 28))

    with pytest.raises(InvalidTerm, match="This wording ended on 28 December 2025"):
        change(ended, **NEW)


def test_amend_past_a_later_wording_is_refused(reply):
    change(reply, **NEW)
    before = register()

    with pytest.raises(InvalidTerm, match="From 1 July 2026 another wording is already entered"):
        change(Term.objects.get(pk=reply.pk), valid_from=JULY, length=12)

    assert register() == before


def test_amend_that_would_leave_days_without_a_term_is_refused(reply):
    Term.objects.filter(pk=reply.pk).update(valid_to=JULY - 2 * DAY)
    before = register()

    with pytest.raises(InvalidTerm, match="days without a term"):
        change(Term.objects.get(pk=reply.pk), **NEW)

    assert register() == before


def test_amend_by_somebody_who_may_not_is_refused_and_changes_nothing(reply):
    before = register()

    with pytest.raises(Refused, match="Only an administrator"):
        change(reply, by=make_user(), **NEW)

    assert register() == before


def test_an_overlap_that_only_the_database_sees_is_said_in_its_own_words(reply):
    told = amendment(reply, valid_from=JULY, on=TODAY, **NEW)
    change(reply, valid_from=date(2026, 8, 1), length=12)

    told.ended.valid_to = None  # what was foreseen before somebody else's change
    with pytest.raises(InvalidTerm, match="Another term for the same clock is in force on some of these days"):
        amending._done(told)


def test_the_dry_run_counts_open_appeals_that_keep_the_old_wording_and_changes_nothing(reply):
    head, before = make_officer(role=Role.HEAD), register()
    make_appeal()
    make_appeal(kind=Kind.COMPLAINT, complained_of=Agency.objects.get(code="akimat.education.kz-79"))
    terminate(make_appeal(), TerminationGround.NO_SUBSTANCE, by=head, at=MONDAY, reason="Nothing is asked.")
    evening = MONDAY + timedelta(hours=12)  # counts from tomorrow
    make_appeal(at=evening)

    told = amendment(reply, valid_from=TODAY + DAY, on=TODAY, **NEW)

    assert (told.running, told.early) == (2, 1)
    assert (told.ended.valid_from, told.ended.valid_to) == (reply.valid_from, TODAY)
    assert (told.begun.valid_from, told.begun.valid_to) == (TODAY + DAY, None)
    assert register() == before


def test_introduce_gives_a_special_type_a_term_of_its_own():
    SpecialType.objects.create(
        code="deputy", kind=Kind.INQUIRY, name_kk="Депутаттық сауал", name_ru="Депутатский запрос", name_en="Deputy"
    )
    given = {"length": 10, "unit": TermUnit.WORKING_DAYS, "basis": "Law on Parliament"}

    told = introduce(clock="reply", kind="inquiry", special_type="deputy", valid_from=JULY, by=None, on=TODAY, **given)

    assert told.begun == one_of(ClockKind.REPLY, "inquiry", "deputy")
    appeal = Appeal(kind="inquiry", special_type="deputy")
    before, after = (terms.chosen(terms.in_force(day), ClockKind.REPLY, appeal) for day in (JULY - DAY, JULY))
    assert (before.length, after.length) == (15, 10)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"valid_from": TODAY}, "valid_from", "Choose a day after today"),
        ({"special_type": "media"}, "clock", "There is such a term already"),
        ({"special_type": "nobody"}, "special_type", "no such special type"),
        ({"special_type": "taxpayer"}, "special_type", "belongs to another kind"),
        ({"length": 0}, "length", "at least one day"),
        ({"clock": "hourglass"}, "clock", "not a valid choice"),
        ({"extension_cap": 2}, "extension_unit", "a length, a unit and a day"),
    ],
)
def test_introduce_is_refused_in_words_and_nothing_is_entered(given, field, sentence):
    before = register()
    new = {"clock": "reply", "kind": "inquiry", "special_type": "", "valid_from": JULY, "length": 5, "unit": "working"}

    with pytest.raises(InvalidTerm, match=sentence) as refused:
        introduce(by=None, on=TODAY, **new | {"basis": "Some law"} | given)

    assert refused.value.field == field
    assert register() == before


def test_end_of_a_special_term_lets_the_general_one_take_over():
    told = end_term(one_of(ClockKind.REPLY, "inquiry", "media"), last_day=JULY - DAY, by=None, on=TODAY)

    appeal = Appeal(kind=Kind.INQUIRY, special_type="media")
    assert told.ended.valid_to == JULY - DAY
    assert terms.chosen(terms.in_force(JULY), ClockKind.REPLY, appeal).length == 15


def test_end_of_a_term_that_may_be_absent_is_possible():
    end_term(one_of(ClockKind.RETURN), last_day=TODAY, by=None, on=TODAY)

    assert not Term.objects.alive(TODAY + DAY).filter(clock=ClockKind.RETURN).exists()


@pytest.mark.parametrize(
    ("term", "last_day", "sentence"),
    [
        ((ClockKind.REPLY, ""), JULY, "No other term would take over"),
        ((ClockKind.PASSING_UP, "complaint"), JULY, "No other term would take over"),
        ((ClockKind.CORRECTION, ""), JULY, "No other term would take over"),
        ((ClockKind.RETURN, ""), TODAY - DAY, "cannot lie before today"),
    ],
)
def test_end_that_leaves_the_law_without_a_term_or_lies_behind_is_refused(term, last_day, sentence):
    before = register()

    with pytest.raises(InvalidTerm, match=sentence) as refused:
        end_term(one_of(*term), last_day=last_day, by=None, on=TODAY)

    assert refused.value.field == "valid_to"
    assert register() == before


def test_end_is_refused_where_the_general_term_itself_ends_later(reply):
    Term.objects.filter(pk=reply.pk).update(valid_to=date(2026, 12, 31))
    media = one_of(ClockKind.REPLY, "inquiry", "media")

    with pytest.raises(InvalidTerm, match="No other term would take over"):
        end_term(media, last_day=JULY, by=None, on=TODAY)


@time_machine.travel(MONDAY)
def test_the_command_changes_a_term_and_on_trial_only_says_so(reply):
    make_appeal()
    given = {"clock": "reply", "valid_from": JULY, "length": 10, "basis": "Code, a later wording"}
    before, told = register(), StringIO()

    call_command("amend_term", dry_run=True, stdout=told, **given)

    assert register() == before
    assert told.getvalue().splitlines() == [
        "2025-12-29 – 2026-06-30: Reply: 15 working days (Code, Art. 76(1)-(2))",
        "2026-07-01 – : Reply: 10 working days (Code, a later wording)",
        "    length: 15 → 10",
        "    basis: Code, Art. 76(1)-(2) → Code, a later wording",
        "open appeals that run under the present wording and keep it: 1",
        "of these already registered for the first day of the new one, or later: 0",
        "Nothing was changed.",
    ]
    call_command("amend_term", stdout=StringIO(), **given)
    assert one_of(ClockKind.REPLY).length == 10


@time_machine.travel(MONDAY)
def test_the_command_takes_the_extension_away_and_reads_yes_and_no(reply):
    call_command("amend_term", "--clock=reply", "--from=2026-07-01", "--no-extension", "--rolls=no", stdout=StringIO())

    term = one_of(ClockKind.REPLY)
    assert (term.extension_cap, term.extension_unit, term.extension_from, term.rolls) == (None, "", "", False)


@time_machine.travel(MONDAY)
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--clock=reply", "--from=2026-02-02", "--length=10"], "--from: Choose a day after today"),
        (["--clock=reply", "--from=2026-07-01", "--length=-3"], "--length: Ensure this value is"),
        (["--clock=reply", "--from=2026-07-01", "--length=15"], "^Nothing changes"),
        (["--clock=reply", "--from=tomorrow"], "is no date"),
        (["--clock=reply", "--from=2026-07-01", "--rolls=perhaps"], "write yes or no"),
        (["--clock=reply", "--special=nobody", "--from=2026-07-01"], "There is no such term"),
    ],
)
def test_the_command_refuses_in_words(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("amend_term", *arguments)
