"""After the answer, and beside it: a slip corrected, the decision carried out, the file shown, colleagues asked."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from agencies.models import Officer
from appeals.api.acts.base import LONGEST_REASON, Act, documented
from appeals.api.acts.work import Assignment
from appeals.domain import co_execution, errata, execution, file_access
from appeals.domain.registration import LONGEST_TEXT
from appeals.models import Appeal


class ErratumBody(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_REASON, help_text="What it said, and what it says now.")


class ExecutionReport(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_REASON, help_text="What was done.")


class FileShown(serializers.Serializer):
    how = serializers.CharField(max_length=LONGEST_REASON, help_text="Where and how the file can be seen.")


class Question(Assignment):
    question = serializers.CharField(max_length=LONGEST_REASON)
    days = serializers.IntegerField(help_text="Working days for it; the most is set by the term of law.")


class PartOfAnswer(serializers.Serializer):
    answer = serializers.CharField(max_length=LONGEST_TEXT)


@documented("correct_reply", "Correct a slip in the answer that was sent", ErratumBody)
class CorrectReply(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        errata.correct_reply(appeal, **given, by=by, at=at)


@documented("report_execution", "Report that the decision is carried out", ExecutionReport)
class ReportExecution(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        execution.report_execution(appeal, **given, by=by, at=at)


@documented("ask_for_file", "Enter that the applicant asks to see the file of the case")
class AskForFile(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        file_access.ask_for_file(appeal, by=by, at=at)


@documented("show_file", "Say how the applicant was shown the file of the case", FileShown)
class ShowFile(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        file_access.show_file(appeal, **given, by=by, at=at)


@documented("ask_co_executor", "Ask a colleague for a part of the answer", Question)
class AskCoExecutor(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        co_execution.ask_co_executor(appeal, **given, by=by, at=at)


@documented("answer_as_co_executor", "Give one's part of the answer", PartOfAnswer)
class AnswerAsCoExecutor(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        co_execution.answer_as_co_executor(appeal, **given, by=by, at=at)
