from datetime import date

import pytest

from appeals.domain.statistics.periods import (
    Period,
    last_12_months,
    last_month,
    this_month,
    this_quarter,
    this_year,
)

A_DAY = date(2026, 5, 15)


@pytest.mark.parametrize(
    ("named", "on", "first", "last"),
    [
        (this_month, A_DAY, date(2026, 5, 1), A_DAY),
        (this_month, date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 1)),
        (last_month, A_DAY, date(2026, 4, 1), date(2026, 4, 30)),
        (last_month, date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
        (this_quarter, A_DAY, date(2026, 4, 1), A_DAY),
        (this_quarter, date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        (this_year, A_DAY, date(2026, 1, 1), A_DAY),
        (last_12_months, A_DAY, date(2025, 5, 16), A_DAY),
        (last_12_months, date(2025, 2, 28), date(2024, 3, 1), date(2025, 2, 28)),
        (last_12_months, date(2024, 2, 28), date(2023, 2, 28), date(2024, 2, 28)),
    ],
)
def test_period_by_name(named, on, first, last):
    assert named(on) == Period(first, last)


def test_before_is_as_long_and_ends_the_day_before():
    march = Period(date(2026, 3, 1), date(2026, 3, 31))

    assert march.before() == Period(date(2026, 1, 29), date(2026, 2, 28))
    assert march.before().days == march.days == 31


@pytest.mark.parametrize(
    ("first", "last", "months", "rest"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), [1, 2, 3], []),
        (date(2026, 1, 15), date(2026, 3, 31), [2, 3], [(date(2026, 1, 15), date(2026, 1, 31))]),
        (date(2026, 1, 1), date(2026, 2, 27), [1], [(date(2026, 2, 1), date(2026, 2, 27))]),
        (date(2026, 2, 2), date(2026, 2, 27), [], [(date(2026, 2, 2), date(2026, 2, 27))]),
        (date(2026, 1, 31), date(2026, 3, 1), [2], [(date(2026, 1, 31),) * 2, (date(2026, 3, 1),) * 2]),
        (date(2026, 1, 31), date(2026, 2, 1), [], [(date(2026, 1, 31), date(2026, 2, 1))]),
    ],
)
def test_whole_months_and_the_rest_cover_every_day_once(first, last, months, rest):
    period = Period(first, last)

    assert [month.month for month in period.whole_months()] == months
    assert list(period.rest()) == [Period(*piece) for piece in rest]
