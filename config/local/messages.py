"""Catalogues: compiled at set-up without gettext, and checked for words nobody has translated."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.local.places import ROOT, Trouble

LOCALE = ROOT / "locale"
LANGUAGES = ("kk", "ru")
SOURCES = ("*.py", "*.html", "*.txt")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogues(root: Path = LOCALE) -> list[Path]:
    return sorted(root.glob("*/LC_MESSAGES/django.po"))


def compile_messages(root: Path = LOCALE) -> int:
    """Bring every `.mo` up to its `.po`; how many had to be written."""
    stale = [path for path in catalogues(root) if is_stale(path)]
    for path in stale:
        write_catalogue(path)
    return len(stale)


def is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def write_catalogue(path: Path) -> None:
    """Only messages with all their forms: an empty one would hide the fallback that Django has for it."""
    catalogue = read(path)
    for message in list(catalogue):
        if message.id and (message.fuzzy or not is_filled(message)):
            catalogue.delete(message.id, message.context)
    aside = path.with_suffix(".mo.new")
    with aside.open("wb") as file:
        write_mo(file, catalogue)
    aside.replace(path.with_suffix(".mo"))


def is_filled(message: Message) -> bool:
    return all(form and form.strip() for form in forms(message))


def forms(message: Message) -> list[str]:
    return [message.string or ""] if message.string is None or isinstance(message.string, str) else [*message.string]


def key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def gaps(root: Path = LOCALE) -> Iterator[str]:
    """Every message of the catalogues that a reader would meet untranslated or broken, one line each."""
    found = {path.parts[-3]: read(path) for path in catalogues(root)}
    every = {key(message) for catalogue in found.values() for message in catalogue if message.id}
    for language in LANGUAGES:
        known = {key(message): message for message in found.get(language, ()) if message.id}
        for wanted in sorted(every, key=str):
            message = known.get(wanted)
            if message is None or not is_filled(message):
                yield f"{language}: not translated: {wanted[1]!r}"
            elif message.fuzzy:
                yield f"{language}: marked fuzzy: {wanted[1]!r}"
            elif is_misplaced(message):
                yield f"{language}: other placeholders than the original: {wanted[1]!r}"


def is_misplaced(message: Message) -> bool:
    """Whether a form names a placeholder that the original lacks, or a plain message leaves one out."""
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    allowed = {name for text in ids for name in PLACEHOLDER.findall(text)}
    if isinstance(message.string, str):
        return set(PLACEHOLDER.findall(message.string)) != allowed
    return any(not set(PLACEHOLDER.findall(form)) <= allowed for form in forms(message))


def strays(root: Path = LOCALE) -> Iterator[str]:
    """Messages of the sources that a catalogue lacks, and those it has for none; needs `xgettext`."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_sources(copy)
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "-l", LANGUAGES[0], "-e", "py,html,txt"]
        done = subprocess.run(command, check=False, cwd=copy, capture_output=True, text=True)
        if done.returncode:
            raise Trouble(f"makemessages failed: {done.stderr.strip().splitlines()[-1]}")
        wanted = {key(message) for path in catalogues(copy / "locale") for message in read(path) if message.id}
    for language in LANGUAGES:
        path = root / language / "LC_MESSAGES" / "django.po"
        known = {key(message) for message in read(path) if message.id} if path.exists() else set()
        for _, text in sorted(wanted - known, key=str):
            yield f"{language}: not in the catalogue: {text!r}; run `manage.py makemessages`"
        for _, text in sorted(known - wanted, key=str):
            yield f"{language}: no longer in the sources: {text!r}"


def copy_sources(target: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *SOURCES],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "requirements/")):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)


def main() -> int:
    """`python -m config.local.messages --check`: 1 and a line for each gap, or 0; without it, compile."""
    if "--check" not in sys.argv[1:]:
        compile_messages()
        return 0
    lines = list(gaps())
    if shutil.which("xgettext"):
        lines += strays()
    else:
        print("xgettext is not here (apt install gettext): sources were not compared with the catalogues.")
    print("\n".join(lines) or "Every message is translated.")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
