"""The counts made anew from what the acts left on record, and held against those that were kept."""

from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from django.db import connection, transaction

from agencies.domain.calendar import calendar
from agencies.domain.working_days import days
from appeals.domain.statistics.cells import ADD_UP, cells_of, with_parts

ALONG = """
    appeal.region_id, appeal.channel_id, appeal.form, appeal.kind, appeal.topic_id
"""
# Working days up to and including each day: the difference of two is what lies between them.
WORKED = """
worked AS (SELECT * FROM unnest(%s::date[], %s::int[]) AS worked (day, n))
"""
# Local dates are taken from the columns the same act wrote: no time zone is reckoned with here.
# An appeal that no body was found for is held by the Office.
ON_RECORD = """
act AS (
    SELECT (event.data ->> 'registered_on')::date AS day, 'registered' AS measure, agency.level,
        agency.id AS agency_id, {along}, '' AS clock, '' AS cause, NULL::int AS days, 1 AS n
    FROM appeals_event AS event
    JOIN appeals_event AS routed ON routed.appeal_id = event.appeal_id AND routed.kind = 'routed'
    JOIN agencies_agency AS agency ON agency.code = routed.data ->> 'agency'
    JOIN appeals_appeal AS appeal ON appeal.id = event.appeal_id
    WHERE event.kind = 'registered'
    UNION ALL
    SELECT hop.on, 'forwarded', agency.level, agency.id, {along}, '', '', NULL, 1
    FROM appeals_forwarding AS hop
    JOIN agencies_agency AS agency ON agency.id = hop.left_id
    JOIN appeals_appeal AS appeal ON appeal.id = hop.appeal_id
    UNION ALL
    SELECT appeal.closed_on, CASE event.kind WHEN 'answered' THEN 'answered' ELSE 'closed' END, agency.level,
        agency.id, {along}, '', '', CASE event.kind WHEN 'answered' THEN greatest(ended.n - begun.n, 0) END, 1
    FROM appeals_event AS event
    JOIN appeals_appeal AS appeal ON appeal.id = event.appeal_id
    JOIN agencies_agency AS agency ON agency.id = appeal.agency_id
    JOIN worked AS begun ON begun.day = appeal.registered_on
    JOIN worked AS ended ON ended.day = appeal.closed_on
    WHERE event.kind IN ('answered', 'returned', 'terminated', 'withdrawn')
    UNION ALL
    SELECT breach.detected_on, CASE WHEN breach.is_official THEN 'breached' ELSE 'breached_internally' END,
        agency.level, agency.id, {along}, breach.kind, breach.cause, NULL, 1
    FROM appeals_breach AS breach
    JOIN agencies_agency AS agency ON agency.id = breach.agency_id
    JOIN appeals_appeal AS appeal ON appeal.id = breach.appeal_id
    WHERE breach.annulled_on IS NULL
)
""".replace("{along}", ALONG)
FOLDED_AWAY = "gone AS (DELETE FROM appeals_countdelta RETURNING 1)"
CELLS = cells_of("act", named="cell")
REBUILD = with_parts(FOLDED_AWAY, WORKED, ON_RECORD, CELLS, ADD_UP, then="SELECT count(*) FROM act")
EMPTY = "DELETE FROM appeals_daycount; DELETE FROM appeals_monthcount"
# Folding adds to this table, so it waits; acts and readers do not.
LET_FOLDING_WAIT = "LOCK TABLE appeals_daycount IN SHARE ROW EXCLUSIVE MODE"

STILL_TO_FOLD = cells_of("appeals_countdelta", named="pending")
COMPARED = """
SELECT {key}, coalesce(kept.n, 0), coalesce(recorded.n, 0)
FROM (
    SELECT {key}, sum(n)::bigint
    FROM (SELECT {key}, n FROM {table} UNION ALL SELECT {cell}, n FROM pending {chosen}) AS source ({key}, n)
    GROUP BY {key}
) AS kept ({key}, n)
FULL JOIN (SELECT {cell}, sum(n)::bigint FROM cell {chosen} GROUP BY {cell}) AS recorded ({key}, n) USING ({key})
WHERE coalesce(kept.n, 0) <> coalesce(recorded.n, 0)
ORDER BY {key}
"""
TABLES = (
    {
        "table": "appeals_daycount",
        "key": "day, level, measure, axis, value",
        "cell": "day, level, measure, axis, value",
        "chosen": "",
    },
    {
        "table": "appeals_monthcount",
        "key": "month, agency_id, measure, axis, value",
        "cell": "date_trunc('month', day)::date, agency_id, measure, axis, value",
        "chosen": "WHERE axis <> 'agency'",
    },
)


@dataclass(frozen=True)
class Difference:
    """A cell of the counts that does not say what is on record."""

    table: str
    cell: tuple[date | int | str, ...]
    kept: int
    recorded: int


@transaction.atomic
def rebuild() -> int:
    """Make the counts of all days and months anew; how many acts are on record.

    What is not folded yet is counted in and gone. One statement sees it all as of one moment, so acts
    done meanwhile are neither missed nor counted twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(LET_FOLDING_WAIT)
        cursor.execute(EMPTY)
        cursor.execute(REBUILD, _given())
        return cursor.fetchone()[0]


def differences() -> list[Difference]:
    """Where the counts, with what is not folded yet, say something else than the record; changes nothing."""
    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            compared = with_parts(WORKED, ON_RECORD, CELLS, STILL_TO_FOLD, then=COMPARED.format_map(table))
            cursor.execute(compared, _given())
            found += [Difference(table["table"], tuple(cell), kept, told) for *cell, kept, told in cursor.fetchall()]
    return found


def _given() -> tuple[list[date], list[int]]:
    """Every day of the calendar, and the working days up to and including each."""
    known = calendar()
    every = list(days(known.first, known.last))
    return every, list(accumulate(map(known.is_working, every)))
