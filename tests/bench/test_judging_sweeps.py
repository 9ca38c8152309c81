"""The gates of the sweeps: what they let through and what they do not."""

from bench.statements import Statement
from bench.sweeps.judging import faults, faults_in_memory, faults_in_time
from bench.sweeps.measuring import Cost, Memory, Times
from bench.sweeps.subjects import Sweep

BATCHES = 5
SWEEP = Sweep("sweep", verb=int, batch=500)


def cost(queries: int = 16, *, small: float | None = None, **touched: int) -> Cost:
    return Cost([Statement("SELECT", 0)] * queries, queries / 2, small, touched or {"clock": 100})


def memory(needed: float = 5, *, last: float = 5, left: float = 0, grown: float = 0) -> Memory:
    each = [needed] * (BATCHES - 1)
    return Memory([*each, last], [*([1.0] * (BATCHES - 1)), 1 + left], [*([100.0] * (BATCHES - 1)), 100 + grown])


def test_a_sweep_at_every_limit_passes():
    assert list(faults(SWEEP, cost(12, small=6, clock=120), cost(10, clock=100))) == []
    assert list(faults_in_time("sweep", Times(whole=1000, queries=100, finding=1))) == []
    assert list(faults_in_memory("sweep", memory(5, last=6, left=1, grown=20), memory(5))) == []


def test_more_queries_in_a_larger_database_fail():
    found = list(faults(SWEEP, cost(14), cost(10)))

    assert found == ["sweep: 14 queries, in a tenth of the appeals 10; more than 1.2 x."]


def test_queries_that_depend_on_the_batch_fail():
    found = list(faults(SWEEP, cost(16, small=9), cost(16)))

    assert found == ["sweep: 8 queries for 500 clocks, 9 for 100; it should make no difference."]


def test_buffers_that_grow_with_the_database_fail_and_name_where():
    found = list(faults(SWEEP, cost(clock=90, event=100, notice=31), cost(clock=80, event=50, notice=30)))

    (fault,) = found
    assert fault.startswith("sweep: 221 buffers, in a tenth of the appeals 160; more than 1.2 x.")
    assert fault.endswith("Most of it: event 50 to 100, clock 80 to 90, notice 30 to 31.")


def test_a_sweep_that_takes_more_than_ten_times_its_statements_fails():
    found = list(faults_in_time("sweep", Times(whole=1010, queries=100, finding=1)))

    assert found == ["sweep: 1010 ms, its statements 100; more than 10 x."]


def test_memory_that_grows_with_the_database_fails():
    assert list(faults_in_memory("sweep", memory(6.1, last=6.1), memory(5))) == [
        "sweep: a batch needs 6.1 MB, in a tenth of the appeals 5.0."
    ]


def test_memory_that_grows_from_batch_to_batch_fails():
    assert list(faults_in_memory("sweep", memory(5, last=6.1), memory(6))) == [
        "sweep: the batches need 5.0, 5.0, 5.0, 5.0, 6.1 MB."
    ]


def test_memory_that_is_not_given_back_fails():
    assert list(faults_in_memory("sweep", memory(left=1.5, grown=21), memory())) == [
        "sweep: after 5 batches 1.5 MB are not given back.",
        "sweep: the process grew from 100 MB to 121.",
    ]
