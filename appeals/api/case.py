"""One case: what it is, where it stands, what the reader may do with it; and, on record, who the applicant is."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.api.serializers import REFUSALS
from agencies.models import Officer
from appeals.api.permissions import InOffice
from appeals.api.routing import routing
from appeals.api.serializers import ApplicantDetails, Case
from appeals.domain import access, acts, numbering, wording
from appeals.domain.dossier import Dossier, dossier
from appeals.models import Appeal

UNKEPT = {"Cache-Control": "no-store"}


def visible_or_404(slug: str, officer: Officer) -> Appeal:
    """The appeal of the address; one that `officer` may not know of is not there."""
    found = Appeal.objects.visible_to(officer).filter(number=numbering.parsed(slug))
    appeal = found.select_related("agency", "applicant").first()
    if appeal is None:
        raise NotFound
    return appeal


def shown(slug: str, officer: Officer) -> dict[str, Any]:
    """The whole case as `officer` sees it."""
    seen = dossier(officer, numbering.parsed(slug), at=timezone.now())
    if seen is None:
        raise NotFound
    names = wording.names_in(event.data for event in seen.events)
    told = {
        "appeal": seen.appeal,
        "urgency": seen.urgency,
        "clocks": seen.explained_clocks,
        "routing": routing(seen, names),
        "history": history(seen, names),
        "attachments": seen.attachments,
        "reply": seen.reply,
        "errata": seen.errata,
        "hearings": seen.hearings,
        "co_executions": seen.co_executions,
        "notices": seen.notices,
        "earlier": seen.earlier,
        "group": group(seen),
        "parts": seen.parts,
        "forwardings": seen.forwardings,
        "disputes": seen.disputes,
        "acts": [{"act": act.replace("_", "-"), "refusal": why} for act, why in acts.refusals(seen).items()],
    }
    return Case(told).data


def group(seen: Dossier) -> dict[str, Any] | None:
    return {"id": seen.group.pk, "name": seen.group.name, "size": seen.appeal.grouped} if seen.group else None


def history(seen: Dossier, names: wording.Names) -> list[dict[str, Any]]:
    entries = wording.told_to_officials(seen.events, names)
    return [
        {
            "seq": event.seq,
            "kind": event.kind,
            "at": event.at,
            "by": event.by,
            "data": event.data if seen.is_with_reader or event.kind not in wording.INTERNAL else {},
            "title": entry.title,
            "text": entry.text,
        }
        for event, entry in zip(seen.events, entries, strict=True)
    ]


class OneCase(APIView):
    permission_classes = (InOffice,)

    @extend_schema(
        tags=["officials"],
        operation_id="case",
        summary="A case, with its clocks, history and acts",
        responses={200: Case, 403: REFUSALS[403], 404: REFUSALS[404]},
    )
    def get(self, request: Request, slug: str) -> Response:
        return Response(shown(slug, request.officer), headers=UNKEPT)


class Purpose(serializers.Serializer):
    purpose = serializers.CharField(max_length=255)


class CaseApplicant(APIView):
    permission_classes = (InOffice,)

    @extend_schema(
        tags=["officials"],
        operation_id="case_applicant",
        summary="Personal data of the applicant",
        description="The look is journalled with its purpose, unless the case is assigned to the reader.",
        parameters=[OpenApiParameter("purpose", str, required=True, description="Why you look.")],
        responses={200: ApplicantDetails, 400: REFUSALS[400], 403: REFUSALS[403], 404: REFUSALS[404]},
    )
    def get(self, request: Request, slug: str) -> Response:
        appeal = visible_or_404(slug, request.officer)
        given = Purpose(data=request.query_params)
        given.is_valid(raise_exception=True)
        purpose = given.validated_data["purpose"]
        details = access.read_applicant(appeal, by=request.officer, at=timezone.now(), purpose=purpose)
        told = {name: details.get(name, "") for name in ApplicantDetails().fields}
        return Response(told | {"type": appeal.applicant.type}, headers=UNKEPT)
