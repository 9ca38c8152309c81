"""Terms extended, and the applicant asked for what is missing."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from agencies.models import Officer
from appeals.api.acts.base import LONGEST_REASON, Act, documented
from appeals.domain import extensions, holds
from appeals.domain.registration import LONGEST_TEXT
from appeals.models import Appeal


class Extension(serializers.Serializer):
    until = serializers.DateField(help_text="The new last day; on a day off, the next working day.")
    reason = serializers.CharField(max_length=LONGEST_REASON)


class ExtensionRefusal(serializers.Serializer):
    reason = serializers.CharField(max_length=LONGEST_REASON)


class Hold(serializers.Serializer):
    missing = serializers.CharField(max_length=LONGEST_REASON, help_text="What the applicant is to supply.")
    days = serializers.IntegerField(help_text="Working days for it; the most is set by the term of law.")


class Correction(serializers.Serializer):
    correction = serializers.CharField(max_length=LONGEST_TEXT)


@documented("ask_extension", "Ask the head to extend the term for the answer", Extension)
class AskExtension(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        extensions.ask_extension(appeal, **given, by=by, at=at)


@documented("extend", "Extend the term for the answer", Extension)
class Extend(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        extensions.extend(appeal, **given, by=by, at=at)


@documented("refuse_extension", "Turn down the extension asked for", ExtensionRefusal)
class RefuseExtension(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        extensions.refuse_extension(appeal, **given, by=by, at=at)


@documented("hold", "Ask the applicant for what is missing", Hold)
class HoldForCorrection(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        holds.hold(appeal, **given, by=by, at=at)


@documented("resume", "Enter what the applicant supplied", Correction)
class Resume(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        holds.resume(appeal, **given, by=by, at=at)
