"""A case tied to an earlier one, or joined to a group of like ones."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.models import Officer
from appeals.api.acts.base import LONGEST_REASON, Act, documented
from appeals.domain import grouping, linking, numbering
from appeals.models import Appeal, Group


@extend_schema_field({"type": "string"})
class VisibleNumber(serializers.Field):
    """The number of an appeal that the officer may know of."""

    def to_internal_value(self, data: Any) -> Appeal:
        number = numbering.parsed(data) if isinstance(data, str) else ""
        found = Appeal.objects.visible_to(self.context["officer"]).filter(number=number).first()
        if found is None:
            raise serializers.ValidationError(_("Your body has no appeal with this number."))
        return found


class Why(serializers.Serializer):
    reason = serializers.CharField(max_length=LONGEST_REASON, help_text="Only officials read it.")


class Link(Why):
    to = VisibleNumber(help_text="The number of the earlier appeal.")


class Joining(serializers.Serializer):
    into = serializers.PrimaryKeyRelatedField(
        queryset=Group.objects.none(),
        pk_field=serializers.IntegerField(),
        error_messages={"does_not_exist": gettext_lazy("There is no such group in your body.")},
        help_text="The id, from /groups/.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by := self.context.get("officer"):
            self.fields["into"].queryset = Group.objects.visible_to(by)


@documented("link", "Tie the case to an earlier one that it repeats or adds to", Link)
class LinkIt(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        linking.link(appeal, given["to"], reason=given["reason"], by=by, at=at)


@documented("unlink", "Take back that the case follows on an earlier one", Why)
class Unlink(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        linking.unlink(appeal, reason=given["reason"], by=by, at=at)


@documented("group", "Join the case to a group of like ones", Joining)
class Join(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        grouping.group(appeal, given["into"], by=by, at=at)


@documented("ungroup", "Take the case out of its group", Why)
class Ungroup(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        grouping.ungroup(appeal, reason=given["reason"], by=by, at=at)
