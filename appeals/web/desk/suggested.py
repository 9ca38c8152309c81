"""What the text of a case suggests, shown to who decides about it; it decides nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Subquery
from django.utils.translation import get_language

from agencies.models import Agency, Competence, Topic
from appeals.domain import suggesting
from appeals.domain.suggesting import SHOWN_FIRST
from appeals.domain.wording import Names
from appeals.enums import Kind, Status
from appeals.models import Appeal

WORTH_A_LOOK = 0.1  # confidence below which a topic only distracts


def ranked(appeal: Appeal) -> Sequence[tuple[str, float]]:
    """The topics worth a look, by falling confidence, while it is still to be decided whose the case is; else none."""
    suggestion = getattr(appeal, "suggestion", None)
    if suggestion is None or appeal.status != Status.REGISTERED:
        return []
    return [(code, confidence) for code, confidence in suggestion.ranked[:SHOWN_FIRST] if confidence >= WORTH_A_LOOK]


def codes(appeal: Appeal) -> list[dict[str, str]]:
    """What `wording.names_in` has to name for `shown`."""
    return [{"topic": code} for code, _ in ranked(appeal)]


def shown(appeal: Appeal, names: Names) -> dict[str, Any] | None:
    """The topics with their confidence in per cent, and the words that decided for the first."""
    topics = [
        {"name": names[("topic", code)], "percent": int(confidence * 100), "is_chosen": code == _chosen(appeal)}
        for code, confidence in ranked(appeal)
        if ("topic", code) in names
    ]
    return {"topics": topics, "words": appeal.suggestion.words} if topics else None


def bodies(living: QuerySet[Agency], appeal: Appeal, *, on: date) -> QuerySet[Agency] | None:
    """Those of the `living` bodies that the rules in force on the local date `on` name for the suggested topic.

    Of the place or of the country. None where the text suggests nothing beside the topic of the case. `about` is
    the name of the topic.
    """
    code = suggesting.instead(ranked(appeal), _chosen(appeal)) if appeal.kind != Kind.COMPLAINT else ""
    if not code:
        return None
    places = [place for place in (appeal.district_id, appeal.region_id) if place]
    here = Q(region=None) | Q(region__in=places)
    rules = Competence.objects.alive(on).filter(topic__code=code, kind__in=("", appeal.kind), complained_of=None)
    competent = Q(pk__in=rules.values("agency")) | Q(function__in=rules.values("function"))
    named = Topic.objects.filter(code=code).values(f"name_{(get_language() or 'kk')[:2]}")
    nearest_first = F("region__superior").asc(nulls_last=True), F("region").asc(nulls_last=True)
    return living.filter(here, competent).annotate(about=Subquery(named[:1])).order_by(*nearest_first)


def _chosen(appeal: Appeal) -> str | None:
    return appeal.topic.code if appeal.topic else None
