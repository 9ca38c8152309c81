"""The gates of the sweeps, and their tables."""

from collections.abc import Iterator, Sequence

from bench.sweeps.measuring import Cost, Memory, Times
from bench.sweeps.subjects import Sweep

MOST_GROWTH = 1.2
MOST_TIME = 10
WARM = 2  # after so many batches everything is in memory that stays there
NAMED = 3


def faults(sweep: Sweep, cost: Cost, before: Cost) -> Iterator[str]:
    """Why what `sweep` asks of the database does not pass; `before` is the same in a tenth of the appeals."""
    name = sweep.name
    if cost.queries > MOST_GROWTH * before.queries:
        yield f"{name}: {cost.queries} queries, in a tenth of the appeals {before.queries}; more than {MOST_GROWTH} x."
    if cost.queries_a_small_batch not in (None, cost.queries_a_batch):
        yield (
            f"{name}: {cost.queries_a_batch:g} queries for {sweep.batch} clocks, {cost.queries_a_small_batch:g} for "
            f"{sweep.small_batch}; it should make no difference."
        )
    if cost.buffers > MOST_GROWTH * before.buffers:
        yield (
            f"{name}: {cost.buffers} buffers, in a tenth of the appeals {before.buffers}; more than {MOST_GROWTH} x. "
            f"Most of it: {', '.join(grown(cost, before))}."
        )


def faults_in_time(name: str, times: Times) -> Iterator[str]:
    if times.whole > MOST_TIME * times.queries:
        yield f"{name}: {times.whole:.0f} ms, its statements {times.queries:.0f}; more than {MOST_TIME} x."


def faults_in_memory(name: str, memory: Memory, before: Memory) -> Iterator[str]:
    """Why memory is not flat: over the batches of one run, or with the size of the database."""
    needed = max(memory.needed)
    if needed > MOST_GROWTH * max(before.needed):
        yield f"{name}: a batch needs {needed:.1f} MB, in a tenth of the appeals {max(before.needed):.1f}."
    if max(memory.needed[WARM:]) > MOST_GROWTH * memory.needed[WARM - 1]:
        yield f"{name}: the batches need {', '.join(f'{each:.1f}' for each in memory.needed)} MB."
    if left_over(memory) > (MOST_GROWTH - 1) * needed:
        yield f"{name}: after {len(memory.kept)} batches {left_over(memory):.1f} MB are not given back."
    if memory.resident[-1] > MOST_GROWTH * memory.resident[WARM - 1]:
        yield f"{name}: the process grew from {memory.resident[WARM - 1]:.0f} MB to {memory.resident[-1]:.0f}."


def left_over(memory: Memory) -> float:
    """What the batches after the first few left behind."""
    return memory.kept[-1] - memory.kept[WARM - 1]


def grown(cost: Cost, before: Cost) -> Iterator[str]:
    """The tables and indexes of which more is touched in the larger database, the worst first."""
    worst = sorted(cost.touched, key=lambda relation: before.touched.get(relation, 0) - cost.touched[relation])
    for relation in worst[:NAMED]:
        yield f"{relation} {before.touched.get(relation, 0)} to {cost.touched[relation]}"


def heading(tenth: int) -> Sequence[str]:
    return (
        "",
        "clocks",
        "queries",
        f"at {tenth}",
        "a batch",
        "a fifth",
        "buffers",
        f"at {tenth}",
        "growth",
        "ms",
        "x finding",
        "x queries",
    )


def row(sweep: Sweep, cost: Cost, before: Cost, times: Times) -> Sequence[str]:
    return (
        sweep.name,
        str(sweep.clocks),
        str(cost.queries),
        str(before.queries),
        f"{cost.queries_a_batch:g}",
        "-" if cost.queries_a_small_batch is None else f"{cost.queries_a_small_batch:g}",
        str(cost.buffers),
        str(before.buffers),
        f"{cost.buffers / before.buffers:.2f}",
        f"{times.whole:.1f}",
        f"{times.whole / times.finding:.1f}",
        f"{times.whole / times.queries:.1f}",
    )


def heading_of_memory(tenth: int) -> Sequence[str]:
    return ("MB", "batches", "the 2nd", "the last", f"at {tenth}", "left over", "process", "at the end")


def row_of_memory(sweep: Sweep, memory: Memory, before: Memory) -> Sequence[str]:
    return (
        sweep.name,
        str(len(memory.needed)),
        f"{memory.needed[WARM - 1]:.2f}",
        f"{memory.needed[-1]:.2f}",
        f"{max(before.needed):.2f}",
        f"{left_over(memory):.2f}",
        f"{memory.resident[WARM - 1]:.1f}",
        f"{memory.resident[-1]:.1f}",
    )
