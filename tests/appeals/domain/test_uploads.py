"""Files are what their content says."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.domain.uploads import LARGEST, checked
from appeals.errors import UnfitFile

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
EXE = b"MZ\x90\x00" + bytes(300)


def archive(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/"), content)
    return target.getvalue()


DOCX = archive(**{"word__document.xml": "<w/>"})


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("letter.pdf", PDF, "letter.pdf"),
        ("Фото.JPG", JPEG, "Фото.jpg"),
        ("scan.jpeg", JPEG, "scan.jpeg"),
        ("photo.jpg", PNG, "photo.jpg.png"),
        ("letter.docx", DOCX, "letter.docx"),
        ("table.xlsx", archive(**{"xl__workbook.xml": "<x/>"}), "table.xlsx"),
        ("letter.odt", archive(mimetype="application/vnd.oasis.opendocument.text"), "letter.odt"),
        ("note.txt", "Жылу жоқ.\r\n".encode(), "note.txt"),
        ("old.txt", "Нет тепла.".encode("cp1251"), "old.txt"),
        ("page.html", b"<!DOCTYPE html><script>alert(1)</script>", "page.html.txt"),
        ("C:\\fakepath\\..\\letter.pdf", PDF, "letter.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("a\u202efdp.exe", PDF, "afdp.exe.pdf"),
        ("", PDF, "file.pdf"),
        (".pdf", PDF, "pdf.pdf"),
    ],
)
def test_file_of_a_known_type_is_taken_and_named_by_what_it_is(name: str, content: bytes, kept: str):
    assert checked(name, content).name == kept


@pytest.mark.parametrize(
    "content",
    [
        b"",
        EXE,
        bytes(100),
        archive(**{"letter.txt": "x"}),
        archive(**{"word__document.xml": "<w/>", "word__vbaProject.bin": "x"}),
        DOCX[:40],
        b"PK\x03\x04",
        b"GIF89a" + bytes(20),
        b"\x1b[31mred",
        PDF + bytes(LARGEST),
    ],
    ids=["empty", "exe", "zeros", "zip", "macros", "cut", "bare-zip", "gif", "escape", "too-large"],
)
def test_file_of_another_kind_is_refused_whatever_its_name(content: bytes):
    with pytest.raises(UnfitFile):
        checked("letter.pdf", content)


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"%PDF", b"\xff\xd8\xff", DOCX[:60]]))
def test_file_of_any_bytes_is_taken_or_refused_and_nothing_else(content: bytes, start: bytes):
    with suppress(UnfitFile):
        assert checked("letter.pdf", start + content).content_type
