from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Train the model that suggests topics from the directory's own words and, if wished, confirmed choices."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "agencies" / "data" / "kz")
        parser.add_argument("--to", type=Path, default=settings.SUGGESTION_MODEL, help="where the model is written")
        parser.add_argument("--confirmed", action="store_true", help="also learn from appeals answered under a topic")

    def handle(self, *, folder: Path, to: Path, confirmed: bool, **options: Any) -> None:
        try:
            from appeals.domain import training  # noqa: PLC0415  only who trains has scikit-learn installed
        except ImportError as error:
            raise CommandError("Training needs: pip install --require-hashes -r requirements/ml.txt") from error
        samples = list(training.own_samples(folder))
        if confirmed:
            samples += training.confirmed_samples()
        told = training.train(samples)
        training.write(told, to)
        self.stdout.write(f"model {told['version']}: {len(samples)} texts, {to.stat().st_size // 1024} KB, {to}")
        self.stdout.write(
            "confidences are off by {first} for the first topic, {in_three} for three".format(**told["reliability"])
        )
