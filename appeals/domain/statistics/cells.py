"""Where one act is counted: the one place that says which cells it adds to, shared by all who count in SQL."""

# An axis that does not apply to the act has no cell; one that applies and is not stated has the empty value.
CELLS = """
{named} AS (
    SELECT act.day, act.measure, act.level, act.agency_id, place.axis, place.value, act.n
    FROM {acts} AS act
    CROSS JOIN LATERAL (VALUES
        ('total', ''),
        ('agency', act.agency_id::text),
        ('region', coalesce(act.region_id::text, '')),
        ('channel', act.channel_id::text),
        ('form', act.form::text),
        ('kind', act.kind::text),
        ('topic', coalesce(act.topic_id::text, '')),
        ('clock', nullif(act.clock, '')),
        ('cause', CASE WHEN act.clock <> '' THEN act.cause END),
        ('days', act.days::text)
    ) AS place (axis, value)
    WHERE place.value IS NOT NULL
)
"""

# Rows go in in the order of their key, so that two who add at once wait for each other and never in a circle.
ADD_UP = """
day_added AS (
    INSERT INTO appeals_daycount AS kept (measure, axis, day, level, value, n)
    SELECT measure, axis, day, level, value, sum(n)
    FROM cell
    GROUP BY measure, axis, day, level, value
    ORDER BY measure, axis, day, level, value
    ON CONFLICT (measure, axis, day, level, value) DO UPDATE SET n = kept.n + excluded.n
    RETURNING 1
),
month_added AS (
    INSERT INTO appeals_monthcount AS kept (agency_id, measure, axis, month, value, n)
    SELECT agency_id, measure, axis, date_trunc('month', day)::date, value, sum(n)
    FROM cell
    WHERE axis <> 'agency'
    GROUP BY agency_id, measure, axis, date_trunc('month', day)::date, value
    ORDER BY agency_id, measure, axis, date_trunc('month', day)::date, value
    ON CONFLICT (agency_id, measure, axis, month, value) DO UPDATE SET n = kept.n + excluded.n
    RETURNING 1
)
"""


def cells_of(acts: str, *, named: str) -> str:
    """The cells of the rows `acts`, which have the columns of CountDelta, under the name `named`."""
    return CELLS.format(acts=acts, named=named)


def with_parts(*parts: str, then: str) -> str:
    """One statement of common table expressions, and what it ends with."""
    return "WITH " + ",\n".join(parts) + "\n" + then
