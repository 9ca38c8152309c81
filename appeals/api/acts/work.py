"""Taking a case in, working it, answering and ending it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agencies.models import Officer
from appeals.api.acts.alike import VisibleNumber
from appeals.api.acts.base import LONGEST_REASON, Act, documented
from appeals.domain import assignment, closing, replies
from appeals.domain.registration import LONGEST_TEXT
from appeals.enums import Outcome, ReturnGround, TerminationGround
from appeals.models import Appeal


class Assignment(serializers.Serializer):
    to = serializers.PrimaryKeyRelatedField(
        queryset=Officer.objects.none(),
        pk_field=serializers.IntegerField(),
        error_messages={"does_not_exist": _("There is no such officer in your body.")},
        help_text="The id, from /officers/.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by := self.context.get("officer"):
            self.fields["to"].queryset = Officer.objects.filter(agency=by.agency_id)


class Answer(serializers.Serializer):
    outcome = serializers.ChoiceField(Outcome.choices)
    text = serializers.CharField(max_length=LONGEST_TEXT)
    law = serializers.CharField(max_length=LONGEST_REASON)
    remedy = serializers.CharField(max_length=LONGEST_REASON, help_text="How the applicant can complain further.")
    needs_execution = serializers.BooleanField(
        default=False, help_text="Something is still to be done, within five working days (Art. 86(3))."
    )


class Signing(serializers.Serializer):
    seen = serializers.DateTimeField(
        help_text="`reply.prepared_at` of the case as the signer read it; a wording changed since is refused."
    )


class Return(serializers.Serializer):
    ground = serializers.ChoiceField(ReturnGround.choices)
    reason = serializers.CharField(max_length=LONGEST_REASON)
    earlier = VisibleNumber(required=False, help_text="The number of the considered appeal that this one repeats.")


BY_MISTAKE = TerminationGround.BY_MISTAKE  # has an act of its own: strike-off


class Termination(serializers.Serializer):
    ground = serializers.ChoiceField([choice for choice in TerminationGround.choices if choice[0] != BY_MISTAKE])
    reason = serializers.CharField(max_length=LONGEST_REASON)
    earlier = VisibleNumber(required=False, help_text="The number of the considered appeal that this one repeats.")


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


@documented("prepare_reply", "Lay an answer before the head for signing", Answer)
class PrepareReply(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        answer = replies.Answer(**given | {"outcome": Outcome(given["outcome"])})
        replies.prepare_reply(appeal, answer, by=by, at=at)


@documented("reply", "Sign the prepared answer and send it", Signing)
class Reply(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        replies.reply(appeal, by=by, at=at, seen=given["seen"])


@documented("return", "Return the case without review", Return)
class ReturnWithoutReview(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        ground = ReturnGround(given["ground"])
        reason, earlier = given["reason"], given.get("earlier")
        closing.return_without_review(appeal, ground, by=by, at=at, reason=reason, earlier=earlier)


@documented("terminate", "End the review without a decision", Termination)
class Terminate(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        ground = TerminationGround(given["ground"])
        reason, earlier = given["reason"], given.get("earlier")
        closing.terminate(appeal, ground, by=by, at=at, reason=reason, earlier=earlier)
