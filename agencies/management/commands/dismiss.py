from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agencies.domain.staffing import dismiss
from agencies.enums import Role
from agencies.errors import AgenciesError
from agencies.models import Officer


class Command(BaseCommand):
    help = "End a person's posts; the user and the rows stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--agency", help="only in the body with this code")
        parser.add_argument("--role", choices=Role.values, help="only posts of this role")
        parser.add_argument("--on", type=date.fromisoformat, help="the last day, YYYY-MM-DD; today if left out")

    def handle(self, *args: Any, email: str, agency: str | None, role: str | None, **options: Any) -> None:
        on = options["on"] or timezone.localdate()
        posts = Officer.objects.filter(user__email__iexact=email, valid_to=None).select_related("agency")
        if agency:
            posts = posts.filter(agency__code=agency)
        if role:
            posts = posts.filter(role=role)
        if not posts:
            raise CommandError(f"{email} holds no such post.")
        for officer in posts:
            try:
                dismiss(officer, by=None, on=on)
            except AgenciesError as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"{email}: {officer.role} of {officer.agency.code} until {on}")
