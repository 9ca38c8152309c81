"""The gates of `make bench`: what they let through and what they do not."""

from bench.judging import faults
from bench.measuring import Cost
from bench.statements import Statement
from bench.subjects import Subject


def do_nothing() -> None:
    pass


PAGE = Subject("page", do_nothing, do_nothing, do_nothing, grows_little=True)
ACT = Subject("act", do_nothing, do_nothing, is_page=False)


def cost(queries: int = 8, *, other: int | None = None, buffers: int = 100) -> Cost:
    statements = [Statement("SELECT", buffers if n == 0 else 0) for n in range(queries)]
    return Cost(statements, queries if other is None else other)


def test_a_page_at_every_limit_passes():
    assert list(faults(PAGE, cost(buffers=150), cost(buffers=100))) == []


def test_a_page_with_a_ninth_query_fails():
    assert list(faults(PAGE, cost(9), cost(9))) == ["page: 9 queries; 8 are allowed."]


def test_an_act_may_take_more_queries_than_a_page():
    assert list(faults(ACT, cost(40), cost(40))) == []


def test_a_query_more_for_more_rows_fails():
    found = list(faults(PAGE, cost(8, other=7), cost(8)))

    assert found == ["page: 8 queries, with other rows 7; it should make no difference."]


def test_a_query_more_in_a_larger_database_fails():
    found = list(faults(ACT, cost(8), cost(7)))

    assert found == ["act: 8 queries, in a tenth of the appeals 7; it should be the same."]


def test_buffers_that_grow_with_the_database_fail_where_they_must_not():
    found = list(faults(PAGE, cost(buffers=151), cost(buffers=100)))

    assert found == ["page: 151 buffers, in a tenth of the appeals 100; more than 1.5 x."]


def test_buffers_of_an_act_may_grow():
    assert list(faults(ACT, cost(buffers=400), cost(buffers=100))) == []
