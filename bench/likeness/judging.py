"""The gates of the look for like texts, and its table."""

from collections.abc import Iterator, Sequence

from bench.likeness.measuring import Looks, Signing

MOST_GROWTH = 2.0
LEAST_RECALL = 0.95
LEAST_PRECISION = 0.99


def faults(seen: Looks, before: Looks) -> Iterator[str]:
    """Why it does not pass; `before` is the same beside a tenth of the signatures."""
    if seen.buffers > MOST_GROWTH * before.buffers:
        yield f"like texts: {seen.buffers:.0f} buffers, beside a tenth {before.buffers:.0f}; more than {MOST_GROWTH} x."
    if seen.queries != 1 or before.queries != 1:
        yield f"like texts: {seen.queries:g} queries a look, beside a tenth {before.queries:g}; one is enough."
    if seen.recall < LEAST_RECALL:
        yield f"like texts: {seen.recall:.3f} of the planted families found; {LEAST_RECALL} are asked for."
    if seen.precision < LEAST_PRECISION:
        yield f"like texts: {seen.precision:.3f} of what is found belongs together; {LEAST_PRECISION} is asked for."
    if seen.by_table or seen.by_index < 1:
        yield f"like texts: a look reads the whole table {seen.by_table:.2f} times, the index {seen.by_index:.2f}."


def heading(tenth: int) -> Sequence[str]:
    names = (
        "queries",
        "buffers",
        f"at {tenth}",
        "growth",
        "recall",
        "precision",
        "ms",
        "us a text",
        "words",
        "x floor",
    )
    return ("", *names)


def row(seen: Looks, before: Looks, signing: Signing) -> Sequence[str]:
    return (
        "like texts",
        f"{seen.queries:g}",
        f"{seen.buffers:.0f}",
        f"{before.buffers:.0f}",
        f"{seen.buffers / before.buffers:.2f}",
        f"{seen.recall:.3f}",
        f"{seen.precision:.3f}",
        f"{seen.ms:.1f}",
        f"{signing.whole:.0f}",
        f"{signing.words:.0f}",
        f"{signing.whole / signing.floor:.1f}",
    )
