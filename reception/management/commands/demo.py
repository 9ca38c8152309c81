"""Fill the portal with a made-up year."""

from datetime import date
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agencies.errors import AgenciesError
from reception.domain.demonstration import aftermath, filling, staff
from reception.domain.demonstration.schedule import Plan

SECONDS_BETWEEN_LINES = 5


class Command(BaseCommand):
    help = "Fill the portal with made-up appeals of a year, or print who can sign in to the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--appeals", type=int, default=2000, help="how many (2000)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed and date give the same appeals (1)")
        parser.add_argument("--until", type=date.fromisoformat, help="the date it stands on (today), YYYY-MM-DD")
        parser.add_argument("--sign-ins", action="store_true", help="only print who can sign in")
        parser.add_argument("--anyway", action="store_true", help="outside the demonstration, beside real appeals")

    def handle(self, *, appeals: int, seed: int, until: date | None, sign_ins: bool, **options: Any) -> None:
        if sign_ins:
            self._print_sign_ins()
            return
        today = timezone.localdate()
        if appeals < 1 or (until or today) > today:
            raise CommandError("Ask for at least one appeal, until today or a day before.")
        self._fill(Plan(appeals, seed, until or today), anyway=options["anyway"])

    def _fill(self, plan: Plan, *, anyway: bool) -> None:
        begun = filling.begun()
        done = 0
        if begun:
            plan, done = begun
        elif not anyway:
            self._insist()
        if done < plan.appeals:
            self._tell(plan, done)
        else:
            self.stdout.write(f"The demonstration is already filled: {done} appeals until {plan.until}.")
        if settings.DEMONSTRATION:
            staff.open_sign_ins(plan.until)
        aftermath.follow(plan, at=min(timezone.now(), plan.noon))
        filling.fold()

    def _insist(self) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("This installation is no demonstration; --anyway fills it with made-up appeals.")
        if filling.has_strangers():
            raise CommandError("There are appeals of real people here; --anyway puts made-up ones beside them.")

    def _tell(self, plan: Plan, done: int) -> None:
        started = told = monotonic()
        self.stdout.write(f"Demonstration: {plan.appeals} appeals until {plan.until}, seed {plan.seed} ...")
        try:
            for there in filling.fill(plan, done=done):
                if monotonic() - told > SECONDS_BETWEEN_LINES:
                    told = monotonic()
                    self.stdout.write(f"Demonstration: {there} of {plan.appeals} appeals")
        except AgenciesError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Demonstration: {plan.appeals} appeals in {monotonic() - started:.0f} s")

    def _print_sign_ins(self) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("This installation is no demonstration; nobody can sign in to it with a known password.")
        for sign_in, body in staff.sign_ins():
            told = f"{sign_in.role:<15}{sign_in.page:<17}{body.named('en')}"
            self.stdout.write(f"{sign_in.email:<28}{staff.PASSWORD}   {told}")
