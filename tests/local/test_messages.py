"""Catalogues are compiled without gettext and checked for gaps."""

import gettext
import os
from pathlib import Path

from config.local.messages import compile_messages, gaps

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals={count}; plural={rule};\\n"

"""
FILLED = 'msgid "Queue"\nmsgstr "{}"\n\n'
HALF_FILLED = """msgid "%d day"
msgid_plural "%d days"
msgstr[0] "%d күн"
msgstr[1] ""

msgid "Empty"
msgstr ""
"""


def catalogue(root: Path, language: str, body: str) -> Path:
    path = root / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    rule = ("2", "(n != 1)") if language == "kk" else ("3", "n%10==1 ? 0 : n%10<5 ? 1 : 2")
    path.write_text(HEAD.format(count=rule[0], rule=rule[1]) + body)
    return path


def test_compiling_leaves_out_what_is_not_filled_so_that_the_fallback_shows(tmp_path: Path) -> None:
    path = catalogue(tmp_path, "kk", FILLED.format("Кезек") + HALF_FILLED)

    assert compile_messages(tmp_path) == 1

    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Queue") == "Кезек"
    assert compiled.ngettext("%d day", "%d days", 2) == "%d days"
    assert compiled.gettext("Empty") == "Empty"


def test_compiling_again_writes_nothing_until_a_catalogue_changes(tmp_path: Path) -> None:
    path = catalogue(tmp_path, "kk", FILLED.format("Кезек"))

    assert compile_messages(tmp_path) == 1
    assert compile_messages(tmp_path) == 0
    later = path.with_suffix(".mo").stat().st_mtime_ns + 1_000_000
    os.utime(path, ns=(later, later))
    assert compile_messages(tmp_path) == 1


def test_whole_catalogues_have_no_gaps(tmp_path: Path) -> None:
    catalogue(tmp_path, "kk", FILLED.format("Кезек"))
    catalogue(tmp_path, "ru", FILLED.format("Очередь"))

    assert list(gaps(tmp_path)) == []


def test_gaps_are_named_by_language(tmp_path: Path) -> None:
    catalogue(tmp_path, "kk", FILLED.format("") + '#, fuzzy\nmsgid "Answer"\nmsgstr "Жауап"\n')
    catalogue(tmp_path, "ru", FILLED.format("Очередь") + 'msgid "To %(name)s"\nmsgstr "Кому"\n')

    assert sorted(gaps(tmp_path)) == [
        "kk: marked fuzzy: 'Answer'",
        "kk: not translated: 'Queue'",
        "kk: not translated: 'To %(name)s'",
        "ru: not translated: 'Answer'",
        "ru: other placeholders than the original: 'To %(name)s'",
    ]
