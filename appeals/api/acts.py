"""The acts of the desk: each takes a body, calls the verb, and answers with the case as it now stands."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.api.fields import CodeField
from agencies.api.serializers import REFUSALS
from agencies.models import Agency, Officer
from appeals.api.case import UNKEPT, shown, visible_or_404
from appeals.api.permissions import InOffice
from appeals.api.serializers import Case
from appeals.domain import assignment, closing, replies, routing
from appeals.domain.registration import LONGEST_TEXT
from appeals.enums import Outcome, ReturnGround, TerminationGround
from appeals.models import Appeal

LONGEST_REASON = 3000  # characters


class Nothing(serializers.Serializer):
    """No fields: the act says it all."""


class Assignment(serializers.Serializer):
    to = serializers.PrimaryKeyRelatedField(
        queryset=Officer.objects.none(),
        error_messages={"does_not_exist": _("There is no such officer in your body.")},
        help_text="The id, from /officers/.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by := self.context.get("officer"):
            self.fields["to"].queryset = Officer.objects.filter(agency=by.agency_id)


class Forwarding(serializers.Serializer):
    to = CodeField(Agency.objects.all, help_text="The code of the competent body, from /agencies/.")
    reason = serializers.CharField(max_length=LONGEST_REASON)


class Answer(serializers.Serializer):
    outcome = serializers.ChoiceField(Outcome.choices)
    text = serializers.CharField(max_length=LONGEST_TEXT)
    law = serializers.CharField(max_length=LONGEST_REASON)
    remedy = serializers.CharField(max_length=LONGEST_REASON, help_text="How the applicant can complain further.")


class Signing(serializers.Serializer):
    seen = serializers.DateTimeField(
        help_text="`reply.prepared_at` of the case as the signer read it; a wording changed since is refused."
    )


class Return(serializers.Serializer):
    ground = serializers.ChoiceField(ReturnGround.choices)
    reason = serializers.CharField(max_length=LONGEST_REASON)


class Termination(serializers.Serializer):
    ground = serializers.ChoiceField(TerminationGround.choices)
    reason = serializers.CharField(max_length=LONGEST_REASON)


class Act(APIView):
    """Fetch what may be seen, validate, act, answer."""

    permission_classes = (InOffice,)
    body: type[serializers.Serializer] = Nothing

    def post(self, request: Request, slug: str) -> Response:
        appeal = visible_or_404(slug, request.officer)
        body = self.body(data=request.data, context={"officer": request.officer})
        body.is_valid(raise_exception=True)
        self.act(appeal, body.validated_data, by=request.officer, at=timezone.now())
        return Response(shown(slug, request.officer), headers=UNKEPT)

    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        raise NotImplementedError


def documented(operation_id: str, summary: str, body: type[serializers.Serializer] | None = None) -> Any:
    """Describe the view's POST, and let it take `body`."""

    def decorated(view: type[Act]) -> type[Act]:
        view.body = body or Nothing
        described = extend_schema(
            tags=["officials"],
            operation_id=operation_id,
            summary=summary,
            request=body,
            responses={200: Case, **REFUSALS},
        )
        return extend_schema_view(post=described)(view)

    return decorated


@documented("accept", "Accept the case as the body's own")
class Accept(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        assignment.accept(appeal, by=by, at=at)


@documented("assign", "Give the case to an officer", Assignment)
class Assign(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        assignment.assign(appeal, given["to"], by=by, at=at)


@documented("begin_review", "Take the review up")
class BeginReview(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        assignment.begin_review(appeal, by=by, at=at)


@documented("forward", "Hand the case over to the competent body", Forwarding)
class Forward(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        routing.forward(appeal, given["to"], by=by, at=at, reason=given["reason"])


@documented("prepare_reply", "Lay an answer before the head for signing", Answer)
class PrepareReply(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        answer = replies.Answer(Outcome(given["outcome"]), given["text"], given["law"], given["remedy"])
        replies.prepare_reply(appeal, answer, by=by, at=at)


@documented("reply", "Sign the prepared answer and send it", Signing)
class Reply(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        replies.reply(appeal, by=by, at=at, seen=given["seen"])


@documented("return", "Return the case without review", Return)
class ReturnWithoutReview(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        ground = ReturnGround(given["ground"])
        closing.return_without_review(appeal, ground, by=by, at=at, reason=given["reason"])


@documented("terminate", "End the review without a decision", Termination)
class Terminate(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        ground = TerminationGround(given["ground"])
        closing.terminate(appeal, ground, by=by, at=at, reason=given["reason"])
