"""Everything a demonstration has stored, row by row, without what is random by nature: keys, salts, nonces."""

import json
from typing import Any

from django.db import models

from appeals.models import (
    Appeal,
    AppealText,
    Applicant,
    Breach,
    Clock,
    CountDelta,
    Coupon,
    Event,
    EventText,
    Forwarding,
    Hearing,
    Notice,
    Reply,
    Routing,
    Signature,
    Suggestion,
)
from appeals.models.sealed import digest

TABLES = (
    Appeal, AppealText, Routing, Signature, Suggestion, Coupon, Clock, Breach, Forwarding, Reply, Hearing, Event,
    EventText, Notice, CountDelta,
)  # fmt: skip


def stored() -> dict[str, list[dict[str, Any]]]:
    """The rows of every table in the order they were written, primary keys told as places in that order."""
    places = {model: _places(model) for model in TABLES}
    places[Applicant] = {
        pk: n for n, pk in enumerate(Appeal.objects.order_by("pk").values_list("applicant_id", flat=True))
    }
    tables = {model.__name__: [_told(row, places) for row in model.objects.order_by("pk")] for model in TABLES}
    applicants = sorted(Applicant.objects.all(), key=lambda applicant: places[Applicant][applicant.pk])
    tables["Applicant"] = [_told(applicant, places) for applicant in applicants]
    return tables


def _places(model: type[models.Model]) -> dict[Any, int]:
    return {pk: n for n, pk in enumerate(model.objects.order_by("pk").values_list("pk", flat=True))}


def _told(row: models.Model, places: dict[type[models.Model], dict[Any, int]]) -> dict[str, Any]:
    told = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        model = field.related_model if field.is_relation else type(row) if field.primary_key else None
        if model in places and value is not None:
            value = places[model][value]
        told[field.attname] = bytes(value) if isinstance(value, memoryview) else value
    return told | _without_chance(row, places)


def _without_chance(row: models.Model, places: dict[type[models.Model], dict[Any, int]]) -> dict[str, Any]:
    match row:
        case Applicant():
            return {"blob": row.unseal()}
        case Coupon():
            key = row.unseal()["key"]
            return {"blob": len(key), "key_digest": bytes(row.key_digest) == digest("coupon", key)}
        case Event():
            line = json.loads(row.canonical)
            return {"hash": len(bytes(row.hash)), "canonical": line | {"text": bool(line["text"])}}
        case EventText():
            return {"salt": len(bytes(row.salt))}
        case Notice():
            return {"key": _notice_key(row, places)}
    return {}


def _notice_key(notice: Notice, places: dict[type[models.Model], dict[Any, int]]) -> tuple[Any, ...]:
    kind, first, *about = notice.key.split(":")
    if kind == "breach":
        return kind, places[Clock][int(first)], *about
    if kind == "term_expired":
        return kind, places[Appeal][int(first)], places[Clock][int(about[0])], *about[1:]
    return kind, places[Appeal][int(first)], *about
