"""The register of terms as shipped: every clock on every day; it comes in once, and edits stay."""

from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest

from agencies.domain.calendar import calendar
from appeals.domain import terms, wording
from appeals.domain.law import load_terms
from appeals.enums import ClockKind, Kind
from appeals.models import Appeal, LadderStep, SpecialType, Term

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
FIRST, CODE, SINCE_2025 = date(2015, 1, 1), date(2021, 7, 1), date(2025, 12, 29)
# the day from which each clock has a term; before it the law is not known to have had one
FROM = {
    ClockKind.REGISTRATION: FIRST,
    ClockKind.FORWARDING: FIRST,
    ClockKind.PASSING_UP: FIRST,
    ClockKind.REPLY: FIRST,
    ClockKind.EXTENSION_NOTICE: FIRST,
    ClockKind.RETURN: SINCE_2025,
    ClockKind.TERMINATION_NOTICE: CODE,
    ClockKind.CO_EXECUTOR: FIRST,
    ClockKind.FILE_ACCESS: CODE,
    ClockKind.EXECUTION: CODE,
    ClockKind.CORRECTION: CODE,
    ClockKind.OBJECTION: CODE,
    ClockKind.HEARING: CODE,
}
HEARD = (Kind.APPLICATION, Kind.COMPLAINT)  # Art. 73(2): the simplified procedure knows no hearing


def owed(clock: ClockKind, kind: Kind) -> bool:
    if clock == ClockKind.PASSING_UP:
        return kind == Kind.COMPLAINT
    return clock != ClockKind.HEARING or kind in HEARD


def special_types(kind: Kind) -> list[str]:
    return ["", *SpecialType.objects.filter(kind=kind).values_list("code", flat=True)]


@pytest.mark.parametrize("clock", ClockKind)
def test_every_clock_has_exactly_one_term_for_each_kind_and_special_type_on_every_day_from_its_first(clock):
    sorts = [(kind, special) for kind in Kind for special in special_types(kind)]
    rows = list(Term.objects.filter(clock=clock))
    # between two of these days no row begins or ends
    turns = {FROM[clock], *(row.valid_from for row in rows), *(row.valid_to + DAY for row in rows if row.valid_to)}
    for today in turns:
        alive = [row for row in rows if row.is_alive(today)]
        for kind, special in sorts:
            found = terms.found_for(alive, clock, kind=kind, special_type=special)
            assert (found is not None) == owed(clock, kind), (today, kind, special)
            if found:
                same = (found.kind, found.special_type)
                assert [(row.kind, row.special_type) for row in alive].count(same) == 1


@pytest.mark.parametrize("clock", ClockKind)
def test_no_clock_has_a_term_before_its_first_day(clock):
    assert not Term.objects.filter(clock=clock, valid_from__lt=FROM[clock]).exists()
    assert not Term.objects.filter(clock=clock, valid_from=None).exists()


def test_the_wordings_of_a_term_follow_each_other_without_a_gap_and_the_last_is_open():
    rows = Term.objects.order_by("clock", "kind", "special_type", "valid_from")
    for key, group in groupby(rows, key=lambda row: (row.clock, row.kind, row.special_type)):
        wordings = list(group)
        assert wordings[-1].valid_to is None, key
        for earlier, later in pairwise(wordings):
            assert earlier.valid_to + DAY == later.valid_from, key


@pytest.mark.parametrize(
    ("on", "length", "unit"),
    [
        (date(2021, 6, 30), 15, "calendar"),
        (CODE, 15, "working"),
        (date(2025, 12, 28), 15, "working"),
        (SINCE_2025, 15, "working"),
    ],
)
def test_the_reply_has_the_length_of_the_law_of_the_day(on, length, unit):
    term = terms.chosen(terms.in_force(on), ClockKind.REPLY, Appeal(kind=Kind.APPLICATION))

    assert (term.length, term.unit, term.first_day_counts) == (length, unit, CODE <= on < SINCE_2025)


def test_under_the_law_of_2007_thirty_calendar_days_are_the_longest_extension():
    term = terms.chosen(terms.in_force(date(2021, 6, 1)), ClockKind.REPLY, Appeal(kind=Kind.COMPLAINT))

    assert terms.latest_extension(term, date(2021, 6, 16), decided_on=date(2021, 6, 10)) == date(2021, 7, 16)


def test_a_complaint_under_the_code_is_never_extended():
    terms_of_complaints = Term.objects.filter(clock=ClockKind.REPLY, kind=Kind.COMPLAINT, valid_from__gte=CODE)

    assert not any(term.is_extendable for term in terms_of_complaints)


# started on Monday 2 February 2026; 9 March is a day off for Sunday 8 March
DUE = {
    "public_service": date(2026, 2, 9),  # 5 working days
    "taxpayer": date(2026, 3, 17),  # 30
    "taxpayer_monitored": date(2026, 4, 10),  # 45, over Nauryz
    "information": date(2026, 2, 17),  # 15 calendar days
    "media": date(2026, 2, 11),  # 7 working days
    "advocate": date(2026, 2, 16),  # 10
    "notary": date(2026, 2, 12),  # 10 calendar days
    "bailiff": date(2026, 2, 5),  # 3 working days
    "declassification": date(2026, 3, 4),  # 30 calendar days
    "rehabilitation": date(2026, 5, 4),  # 90 end on Sunday 3 May: Monday
}


def due(code: str, starts_on: date) -> date:
    appeal = Appeal(kind=SpecialType.objects.get(code=code).kind, special_type=code)
    return terms.due_on(terms.chosen(terms.in_force(starts_on), ClockKind.REPLY, appeal), starts_on, calendar())


@pytest.mark.parametrize("code", DUE)
def test_the_reply_to_a_special_type_is_due(code):
    assert due(code, date(2026, 2, 2)) == DUE[code]


@pytest.mark.parametrize(
    ("code", "starts_on", "due_on"),
    [
        ("media", date(2022, 6, 7), date(2022, 6, 15)),  # the day of receipt was day 1
        ("bailiff", date(2022, 6, 7), date(2022, 6, 9)),
        ("advocate", date(2025, 12, 26), date(2026, 1, 13)),
        ("advocate", date(2025, 12, 29), date(2026, 1, 15)),
        ("notary", date(2022, 6, 7), date(2022, 6, 17)),
        ("information", date(2026, 2, 6), date(2026, 2, 23)),  # ends on Saturday 21: Monday
        ("notary", date(2026, 3, 12), date(2026, 3, 26)),  # ends on Sunday 22, in Nauryz
        (
            "declassification",
            date(2026, 4, 10),
            date(2026, 5, 12),
        ),  # ends on Sunday 10 May, Monday is off for Victory Day
        ("media", date(2021, 6, 1), date(2021, 6, 16)),  # before the Code: as any appeal
    ],
)
def test_the_reply_to_a_special_type_is_due_under_other_laws_and_over_days_off(code, starts_on, due_on):
    assert due(code, starts_on) == due_on


def test_every_special_type_has_a_test_and_terms_of_its_own_kind():
    assert set(SpecialType.objects.values_list("code", flat=True)) == set(DUE)
    for special in SpecialType.objects.all():
        kinds = Term.objects.filter(special_type=special.code).values_list("kind", flat=True)
        assert set(kinds) == {special.kind}


def test_every_term_names_its_article_and_what_is_not_verified_says_why():
    assert set(Term.objects.values_list("basis", flat=True)) == set(wording.BASES)
    assert not Term.objects.filter(note="").exists()


def test_load_again_changes_nothing():
    assert load_terms() == (0, 0)


def test_load_after_the_law_was_edited_leaves_the_edit():
    shipped = Term.objects.get(clock=ClockKind.REPLY, kind="", valid_to=None)
    Term.objects.filter(pk=shipped.pk).update(valid_to=date(2027, 6, 30))
    Term.objects.create(
        clock=ClockKind.REPLY, length=10, unit=shipped.unit, valid_from=date(2027, 7, 1), basis="Code, a later wording"
    )

    assert load_terms() == (0, 1)
    assert Term.objects.get(pk=shipped.pk).valid_to == date(2027, 6, 30)


def test_load_a_term_that_an_edit_left_no_room_for_is_left_out():
    Term.objects.filter(clock=ClockKind.REPLY, kind="", valid_to=None).update(valid_from=date(2025, 12, 30))

    assert load_terms() == (0, 1)


def test_load_brings_the_ladder_only_where_there_is_none():
    LadderStep.objects.exclude(clock=ClockKind.REPLY).delete()
    edited = LadderStep.objects.count()

    load_terms()

    assert LadderStep.objects.count() == edited
