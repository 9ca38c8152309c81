"""What acts left behind is added up by the day and by the month, and gone."""

from django.db import connection, transaction

from appeals.domain.statistics.cells import ADD_UP, cells_of, with_parts

# Apart and materialized: as a subquery it could be run again for every row, and the limit would hold for none.
CHOSEN = """
chosen AS MATERIALIZED (SELECT id FROM appeals_countdelta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
"""
TAKEN = """
act AS (
    DELETE FROM appeals_countdelta AS delta
    USING chosen
    WHERE delta.id = chosen.id
    RETURNING delta.day, delta.measure, delta.level, delta.agency_id, delta.region_id, delta.channel_id,
        delta.form, delta.kind, delta.topic_id, delta.clock, delta.cause, delta.days, delta.n
)
"""
# One statement: it locks the tables it names before it touches a row, so it never meets half a rebuilding.
FOLD = with_parts(CHOSEN, TAKEN, cells_of("act", named="cell"), ADD_UP, then="SELECT count(*) FROM act")


@transaction.atomic
def fold(*, limit: int) -> int:
    """Add at most `limit` counted acts to the counts of their day and month; how many there were.

    Taking and adding are one transaction: killed in between, nothing is lost; two at once share
    the work, since each skips the rows the other holds.
    """
    with connection.cursor() as cursor:
        cursor.execute(FOLD, [limit])
        return cursor.fetchone()[0]
