"""Bring the shipped terms of law into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from appeals.domain.law import load_terms


class Command(BaseCommand):
    help = "Load the shipped terms of law; what was edited since stays."

    def handle(self, **options: Any) -> None:
        added, kept = load_terms()
        self.stdout.write(f"terms: {added} added, {kept} kept as edited")
