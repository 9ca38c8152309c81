"""Filled databases, kept from run to run, and the clones in which a run may do what it likes."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config.local.places import say

KEPT = re.compile(r"(?:bench|sweep|alike)_\d+_([0-9a-f]{8})(?:_new|_clone)?")
MIGRATIONS = ("agencies", "appeals", "reception")
SWEEPS = Path(__file__).parent / "sweeps"
LIKENESS = Path(__file__).parent / "likeness"


def filled(appeals: int) -> str:
    """The database with `appeals` appeals of the demonstration; filled now if this schema has none yet."""
    return kept(f"bench_{appeals}_{schema()}", appeals, partial(demonstrate, appeals))


def multiplied(appeals: int, make: Callable[[int], None]) -> str:
    """The database for the sweeps, with `appeals` appeals by `make`; made now if there is none of this making yet."""
    return kept(f"sweep_{appeals}_{making()}", appeals, partial(make, appeals))


def planted(signatures: int, make: Callable[[int], None]) -> str:
    """The database with so many random signatures by `make`; made now if there is none of this making yet."""
    return kept(f"alike_{signatures}_{planting()}", signatures, partial(make, signatures))


def kept(name: str, appeals: int, make: Callable[[], None]) -> str:
    if name in existing():
        return name
    say(f"Filling a database with {appeals} appeals; it is kept for the next run ...")
    unfinished = f"{name}_new"
    administer(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)', f'CREATE DATABASE "{unfinished}"')
    with connected_to(unfinished):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_directory", "--yes", verbosity=0)
        call_command("load_terms", verbosity=0)
        make()
        settle()
    administer(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return name


def demonstrate(appeals: int) -> None:
    call_command("demo", "--appeals", str(appeals), "--anyway")


@contextmanager
def clone_of(name: str) -> Iterator[None]:
    """Work on a copy of the database `name`, which is thrown away."""
    clone = f"{name}_clone"
    copied = f'CREATE DATABASE "{clone}" TEMPLATE "{name}" STRATEGY FILE_COPY'
    administer(f'DROP DATABASE IF EXISTS "{clone}" WITH (FORCE)', copied)
    try:
        with connected_to(clone):
            yield
    finally:
        administer(f'DROP DATABASE "{clone}" WITH (FORCE)')


def drop_outdated() -> None:
    """Databases of an older schema, or otherwise made, are of no use to anybody."""
    for name in existing():
        if (match := KEPT.fullmatch(name)) and match[1] not in (schema(), making(), planting()):
            administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def settle() -> None:
    """What autovacuum would do sooner or later: statistics, visibility map, pending index entries."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def schema() -> str:
    """Eight letters that change with the migrations."""
    return letters(migrations())


def making() -> str:
    """Eight letters that change with the migrations, and with how the databases of the sweeps are made."""
    return letters([*migrations(), SWEEPS / "specimens.py", SWEEPS / "multiplying.py"])


def planting() -> str:
    """Eight letters that change with the migrations, how texts are signed, and what is planted."""
    signing = settings.BASE_DIR / "appeals" / "domain" / "minhash.py"
    return letters([*migrations(), signing, LIKENESS / "letters.py", LIKENESS / "making.py"])


def migrations() -> Iterator[Path]:
    for app in MIGRATIONS:
        yield from sorted((settings.BASE_DIR / app / "migrations").glob("*.py"))


def letters(files: Iterable[Path]) -> str:
    digest = sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def existing() -> set[str]:
    return {name for (name,) in administer("SELECT datname FROM pg_database")}


def administer(*statements: str) -> list[Any]:
    """Run `statements` outside any of the databases; the rows of the last one."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
