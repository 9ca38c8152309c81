"""What acts left behind is added up by the day and by the month, and gone."""

from django.db import connection, transaction

from appeals.domain.statistics.cells import ADD_UP, cells_of, with_parts

TAKEN = """
act AS (
    DELETE FROM appeals_countdelta
    WHERE id IN (SELECT id FROM appeals_countdelta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING day, measure, level, agency_id, region_id, channel_id, form, kind, topic_id, clock, days
)
"""
# One statement: it locks the tables it names before it touches a row, so it never meets half a rebuilding.
FOLD = with_parts(TAKEN, cells_of("act", named="cell"), ADD_UP, then="SELECT count(*) FROM act")


@transaction.atomic
def fold(*, limit: int) -> int:
    """Add at most `limit` counted acts to the counts of their day and month; how many there were.

    Taking and adding are one transaction: killed in between, nothing is lost; two at once share
    the work, since each skips the rows the other holds.
    """
    with connection.cursor() as cursor:
        cursor.execute(FOLD, [limit])
        return cursor.fetchone()[0]
