"""Bring the shipped terms of law into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from appeals.domain.law import load_terms


class Command(BaseCommand):
    help = "Load the shipped terms of law; the same data again changes nothing."

    def handle(self, **options: Any) -> None:
        added, changed = load_terms()
        self.stdout.write(f"terms: {added} added, {changed} changed")
