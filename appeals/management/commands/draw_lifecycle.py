"""Draw docs/LIFECYCLE.md from the table of moves."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from appeals.domain.lifecycle import drawing

PAGE = """# Lifecycle of an appeal

Drawn from `appeals/domain/lifecycle.py` by `manage.py draw_lifecycle`; a test compares the two.
Lateness, control marks, extensions and ratings are not statuses. There is no way out of a final status:
an erratum to a sent answer, a complaint, or a new linked appeal instead.

```mermaid
{drawing}
```
"""


class Command(BaseCommand):
    help = "Draw docs/LIFECYCLE.md from the table of moves."

    def handle(self, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "LIFECYCLE.md"
        path.write_text(PAGE.format(drawing=drawing()), encoding="utf-8")
        self.stdout.write(f"drawn: {path.relative_to(settings.BASE_DIR)}")
