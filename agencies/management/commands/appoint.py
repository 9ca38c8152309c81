import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from agencies.domain.staffing import appoint
from agencies.enums import Role
from agencies.errors import AgenciesError
from agencies.models import Agency, Officer, User


class Command(BaseCommand):
    help = "Give a person a post; the user is made where there is none yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="", help="full name; required for a new user")
        parser.add_argument("--agency", required=True, help="code of the body, such as akimat.kz-79")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--post", default="", help="title of the post")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    @transaction.atomic
    def handle(self, *args: Any, email: str, agency: str, role: str, post: str, **options: Any) -> None:
        try:
            body = Agency.objects.get(code=agency)
            user = self._user(email, options["name"], options["password_stdin"])
            officer = appoint(user, body, role, by=None, on=timezone.localdate(), post=post)
        except Agency.DoesNotExist:
            raise CommandError(f"There is no body {agency!r}; the directory's codes are in the administration.")
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except AgenciesError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{email}: {role} of {agency}, post {officer.pk}")
        self._hint(officer)

    def _user(self, email: str, name: str, read_password: bool) -> User:
        password = sys.stdin.readline().rstrip("\n") if read_password else None
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            validate_email(email)
            if not name:
                raise CommandError("A new user needs --name.")
            user = User(email=email, full_name=name)
        if password is not None:
            validate_password(password, user)
        if user.pk is None:
            return User.objects.create_user(email, password, full_name=name)
        if password is not None:
            user.set_password(password)
            user.save(update_fields=["password"])
        return user

    def _hint(self, officer: Officer) -> None:
        if not officer.user.has_usable_password():
            self.stdout.write("The user has no password yet; the sign-in page sends a letter to set one.")
