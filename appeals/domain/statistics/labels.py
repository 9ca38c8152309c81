"""What the values of the axes are called, by one query for all of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    ExpressionWrapper,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from agencies.models import Agency, Channel, Population, Region, Topic
from appeals.enums import Axis


@dataclass(frozen=True)
class People:
    """How many live in a region, on which day, and whether a source confirms it."""

    number: int
    on: date
    is_verified: bool


@dataclass(frozen=True)
class Label:
    """A body, region, topic or channel: its value on its axis, its code, and its name for the reader.

    Offered is what lives and is no mere heading.
    """

    axis: Axis
    value: str
    code: str
    name: str
    is_offered: bool
    people: People | None = None


def labels(*, on: date, agencies: Q) -> list[Label]:
    """All regions, topics and channels, and the bodies that `agencies` chooses, as of the local date `on`.

    A region has the last number of its people known by then, or none.
    """
    alive = Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on)
    bodies = _named(Agency.objects.filter(agencies), Axis.AGENCY, offered=Q(*alive))
    regions = _named(Region.objects.first_level(), Axis.REGION, offered=Q(*alive), people=_people(on))
    topics = _named(Topic.objects.all(), Axis.TOPIC, offered=Q(*alive, group__isnull=False))
    channels = _named(Channel.objects.all(), Axis.CHANNEL, offered=~Q(pk=None))
    return [_label(*row) for row in bodies.union(regions, topics, channels, all=True)]


def _named(rows: QuerySet, axis: Axis, *, offered: Q, people: Subquery | None = None) -> QuerySet:
    return rows.order_by().values_list(
        Value(axis, output_field=CharField()),
        "pk",
        "code",
        f"name_{(get_language() or 'kk')[:2]}",
        ExpressionWrapper(offered, output_field=BooleanField()),
        people or Value(None, output_field=JSONField()),
    )


def _people(on: date) -> Subquery:
    known = Population.objects.filter(region=OuterRef("pk"), on__lte=on).order_by("-on")
    return Subquery(known.values(row=JSONObject(number="people", on="on", is_verified="verified"))[:1])


def _label(axis: str, pk: int, code: str, name: str, is_offered: bool, people: dict[str, Any] | None) -> Label:
    counted = people and People(people["number"], date.fromisoformat(people["on"]), people["is_verified"])
    return Label(Axis(axis), str(pk), code, name, is_offered, counted or None)
