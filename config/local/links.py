"""Links between the documents of this repository."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from config.local.places import ROOT

LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
NO_PART_OF_ANCHORS = re.compile(r"[^\w\- ]")


def broken_links(root: Path = ROOT) -> Iterator[str]:
    """Each relative link that leads to no file, or to no heading of it; other sites are not asked."""
    for page in pages(root):
        for target in LINK.findall(FENCE.sub("", page.read_text())):
            if "://" in target or target.startswith("mailto:"):
                continue
            name, _, anchor = unquote(target).partition("#")
            goal = (page.parent / name if not name.startswith("/") else root / name[1:]) if name else page
            if not goal.exists():
                yield f"{page.relative_to(root)}: {target} leads nowhere"
            elif anchor and goal.suffix == ".md" and anchor not in anchors(goal):
                yield f"{page.relative_to(root)}: {target} names no heading"


def pages(root: Path) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "*.md"],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [root / name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


def anchors(page: Path) -> set[str]:
    """The names a heading can be reached by, as the usual renderers make them."""
    headings = HEADING.findall(FENCE.sub("", page.read_text()))
    return {NO_PART_OF_ANCHORS.sub("", heading.lower()).strip().replace(" ", "-") for heading in headings}
