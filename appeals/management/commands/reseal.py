"""Seal anew what older keys sealed, so that they can be thrown away."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from appeals.domain.resealing import reseal
from appeals.models.sealed import Sealed

BATCH = 500


class Command(BaseCommand):
    help = "Seal all personal data with the first of PERSONAL_DATA_KEYS; may be stopped and run again."

    def handle(self, **options: Any) -> None:
        for model in apps.get_models():
            if issubclass(model, Sealed):
                done = 0
                while batch := reseal(model, limit=BATCH):
                    done += batch
                self.stdout.write(f"{model._meta.verbose_name_plural}: {done} sealed anew")
