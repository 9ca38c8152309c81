"""The gates and the table. Queries and buffers decide; time only tells."""

from collections.abc import Iterator, Sequence

from bench.measuring import Cost, Times
from bench.subjects import Subject

MOST_QUERIES = 8
MOST_GROWTH = 1.5


def faults(subject: Subject, cost: Cost, before: Cost) -> Iterator[str]:
    """Why `subject` does not pass; `before` is the same in a tenth of the appeals."""
    name, queries = subject.name, cost.queries
    if subject.is_page and queries > MOST_QUERIES:
        yield f"{name}: {queries} queries; {MOST_QUERIES} are allowed."
    if queries != cost.queries_otherwise:
        yield f"{name}: {queries} queries, with other rows {cost.queries_otherwise}; it should make no difference."
    if queries != before.queries:
        yield f"{name}: {queries} queries, in a tenth of the appeals {before.queries}; it should be the same."
    if subject.grows_little and cost.buffers > MOST_GROWTH * before.buffers:
        yield f"{name}: {cost.buffers} buffers, in a tenth of the appeals {before.buffers}; more than {MOST_GROWTH} x."


def heading(tenth: int) -> Sequence[str]:
    return (
        "",
        "queries",
        "other rows",
        f"at {tenth}",
        "buffers",
        f"at {tenth}",
        "growth",
        "ms",
        "x bare",
        "x queries",
    )


def row(subject: Subject, cost: Cost, before: Cost, times: Times) -> Sequence[str]:
    return (
        subject.name,
        str(cost.queries),
        str(cost.queries_otherwise),
        str(before.queries),
        str(cost.buffers),
        str(before.buffers),
        f"{cost.buffers / before.buffers:.2f}",
        f"{times.whole:.1f}",
        f"{times.whole / times.bare:.1f}" if times.bare else "-",
        f"{times.whole / times.queries:.1f}",
    )


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *figures in rows:
        cells = [figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True)]
        yield "  ".join([name.ljust(widths[0]), *cells])
