"""What came of suggestions in service: held against the topics under which appeals were answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from agencies.models import Topic
from appeals.domain.statistics.periods import Period
from appeals.enums import Status
from appeals.models import Suggestion

TOTAL = "total"
COUNTED = """
    WITH confirmed AS (
        SELECT to_char(said."on", 'YYYY-MM') AS month, topic.code AS topic, said.language, said.model,
               said.ranked <> '[]' AS is_suggested,
               said.ranked -> 0 ->> 0 = topic.code AS is_first,
               topic.code IN (said.ranked -> 0 ->> 0, said.ranked -> 1 ->> 0, said.ranked -> 2 ->> 0) AS is_in_three,
               said.chosen_id IS NOT NULL AS is_chosen,
               said.chosen_id = appeal.topic_id AS is_chosen_right
        FROM appeals_suggestion AS said
        JOIN appeals_appeal AS appeal ON appeal.id = said.appeal_id
        JOIN agencies_topic AS topic ON topic.id = appeal.topic_id
        WHERE said."on" BETWEEN %s AND %s AND appeal.status = %s
    )
    SELECT CASE GROUPING(month, topic, language, model)
               WHEN 7 THEN 'month' WHEN 11 THEN 'topic' WHEN 13 THEN 'language' WHEN 14 THEN 'model' ELSE 'total'
           END,
           coalesce(month, topic, language, model, ''),
           count(*),
           count(*) FILTER (WHERE is_suggested),
           count(*) FILTER (WHERE is_first),
           count(*) FILTER (WHERE is_in_three),
           count(*) FILTER (WHERE is_chosen),
           count(*) FILTER (WHERE is_chosen_right)
    FROM confirmed
    GROUP BY GROUPING SETS ((), (month), (topic), (language), (model))
"""


class Along(TextChoices):
    """By what answered texts are told apart."""

    MONTH = "month", _("Month")  # of the registration, as 2026-02
    TOPIC = "topic", _("Topic")  # it turned out to be about
    LANGUAGE = "language", _("Language of the text")  # as the model took it
    MODEL = "model", _("Version of the model")


@dataclass(frozen=True)
class Tally:
    """Of `texts`, whose topic is known: how many were suggested one, the right one first, or among the first three.

    Beside it the choice with which they were sent: how many named a topic, and how many of these the right one.
    """

    texts: int = 0
    suggested: int = 0
    first: int = 0
    in_three: int = 0
    chosen: int = 0
    chosen_right: int = 0

    @property
    def unsure(self) -> int:
        """Sent without a topic."""
        return self.texts - self.chosen

    @property
    def changed(self) -> int:
        """Sent with another topic than the one they were answered under: an official changed it."""
        return self.chosen - self.chosen_right


@dataclass(frozen=True)
class Accuracy:
    """Suggestions for the `registered` appeals of `period`, held against the topics of those that are answered."""

    period: Period
    registered: int
    total: Tally
    tallies: Mapping[Along, Mapping[str, Tally]]
    topics: Mapping[str, str]  # names for the reader, by code

    def along(self, along: Along) -> Sequence[tuple[str, Tally]]:
        """Those with the most texts first."""
        return sorted(self.tallies[along].items(), key=lambda row: (-row[1].texts, row[0]))


def accuracy(period: Period) -> Accuracy:
    """What came of the suggestions for the appeals registered in `period`; three queries.

    An appeal confirms the topic it is answered under. What is still open, or ended otherwise, confirms none.
    """
    registered = Suggestion.objects.filter(on__range=(period.first, period.last)).count()
    total = Tally()
    tallies: dict[Along, dict[str, Tally]] = {along: {} for along in Along}
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [period.first, period.last, Status.ANSWERED])
        for along, value, *counted in cursor.fetchall():
            if along == TOTAL:
                total = Tally(*counted)
            else:
                tallies[Along(along)][value] = Tally(*counted)
    topics = {topic.code: topic.name for topic in Topic.objects.filter(code__in=tallies[Along.TOPIC])}
    return Accuracy(period, registered, total, tallies, topics)
