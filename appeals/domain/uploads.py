"""Which files may be added. What a file is, its content says; its name is only what it is called."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

import puremagic
from django.utils.translation import gettext as _

from appeals.errors import UnfitFile

LARGEST = 10 * 1024 * 1024  # bytes
MOST_FILES = 5
LONGEST_NAME = 100  # characters
SEEN = 4096  # bytes by which a file is told
EXTENSIONS = {
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "text/plain": (".txt",),
}
TOLD_BY_MAGIC = ("application/pdf", "image/jpeg", "image/png")
TOLD_BY_PART = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
ZIP = b"PK\x03\x04"
PRINTED = bytes({*range(32, 256), *b"\t\n\f\r"} - {127})


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be taken; `name` bears the extension of what it is."""

    name: str
    content_type: str
    sha256: str
    content: bytes


def checked(name: str, content: bytes) -> CheckedFile:
    """`content` as a file that may be taken, called `name`; raises `UnfitFile` with the reason."""
    if not content:
        raise UnfitFile(_("The file is empty."))
    if len(content) > LARGEST:
        raise UnfitFile(too_large())
    content_type = told(content)
    if content_type not in EXTENSIONS:
        raise UnfitFile(
            _("This file is not one we can take, whatever its name says. Choose PDF, DOCX, XLSX, ODT, JPG, PNG or TXT.")
        )
    return CheckedFile(_named(name, content_type), content_type, hashlib.sha256(content).hexdigest(), content)


def all_checked(files: Sequence[tuple[str, IO[bytes]]]) -> list[CheckedFile]:
    """Files handed in together, by name; the same content twice is one. Raises `UnfitFile` with the name of the bad."""
    if len(files) > MOST_FILES:
        raise UnfitFile(_("Choose up to %(n)s files.") % {"n": MOST_FILES})
    taken: dict[str, CheckedFile] = {}
    for name, content in files:
        try:
            file = checked(name, content.read())
        except UnfitFile as unfit:
            raise UnfitFile(f"{name}: {unfit}") from unfit
        taken.setdefault(file.sha256, file)
    return list(taken.values())


def too_large() -> str:
    return _("The file is larger than %(n)s MB.") % {"n": LARGEST // 1024**2}


def told(content: bytes) -> str:
    """The media type by content alone; empty when it is none that may be taken."""
    if content.startswith(ZIP):
        return _told_by_parts(content)
    try:
        matches = puremagic.magic_string(content[:SEEN])
    except (puremagic.PureError, ValueError):
        matches = []
    best = {match.mime_type for match in matches if match.confidence == matches[0].confidence}
    known = next((kind for kind in TOLD_BY_MAGIC if kind in best), "")
    return known or ("text/plain" if _is_text(content) else "")


def _told_by_parts(content: bytes) -> str:
    """Office documents are archives, told by what lies in them; one with macros is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
            said = archive.open("mimetype").read(len(OPEN_TEXT) + 1) if "mimetype" in parts else b""
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, LookupError, OSError, EOFError):
        return ""
    if said == OPEN_TEXT.encode():
        return OPEN_TEXT
    if any("vbaproject" in part.casefold() for part in parts):
        return ""
    return next((kind for part, kind in TOLD_BY_PART.items() if part in parts), "")


def _is_text(content: bytes) -> bool:
    if content.translate(None, PRINTED):
        return False
    for encoding in ("utf-8", "cp1251"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _named(name: str, content_type: str) -> str:
    """`name` without a path or marks that cannot be seen, bearing an extension that is true."""
    bare = "".join(char for char in PurePath(name.replace("\\", "/")).name if char.isprintable()).strip(" .")
    path, extensions = PurePath(bare or "file"), EXTENSIONS[content_type]
    if path.suffix.casefold() in extensions:
        return f"{path.stem[:LONGEST_NAME]}{path.suffix.casefold()}"
    return f"{path.name[:LONGEST_NAME]}{extensions[0]}"
