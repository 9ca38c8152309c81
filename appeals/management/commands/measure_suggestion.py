from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from appeals.domain.measuring import Judged, by, confusions, judge, read, score
from appeals.domain.suggesting import Model

HEAD = "| {} | texts | suggested | right at once | among the first three |\n| --- | --- | --- | --- | --- |"


class Command(BaseCommand):
    help = "Measure the suggestions of topics on texts whose topic is known, and print the tables in Markdown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "texts", nargs="?", type=Path, default=settings.BASE_DIR / "bench" / "suggestion" / "held_out.csv"
        )
        parser.add_argument("--model", type=Path, default=settings.SUGGESTION_MODEL)

    def handle(self, *, texts: Path, model: Path, **options: Any) -> None:
        read_model = Model.read(model)
        judged = list(judge(read_model, read(texts)))
        self.stdout.write(f"Model {read_model.version}, threshold {read_model.threshold}.\n")
        self.stdout.write("\n".join(_tables(judged)))


def _tables(judged: Sequence[Judged]) -> Iterator[str]:
    yield HEAD.format("language")
    yield from (_line(language, part) for language, part in by(judged, "language").items())
    yield _line("both", judged)
    yield "\n" + HEAD.format("style")
    yield from (_line(style, part) for style, part in by(judged, "style").items())
    yield "\n| about | taken for | texts |\n| --- | --- | --- |"
    for (topic, taken), n in sorted(confusions(judged).items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"| {topic} | {taken or '(silent)'} | {n} |"


def _line(name: str, judged: Sequence[Judged]) -> str:
    found = score(judged)
    return f"| {name} | {found.texts} | {found.covered:.1%} | {found.top_1:.1%} | {found.top_3:.1%} |"
