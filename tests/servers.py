"""Real servers and a folder for files for a test run, there before the settings are read.

Of processes that run tests side by side each has its own.
"""

import os
from collections.abc import Callable
from contextlib import ExitStack
from tempfile import TemporaryDirectory

import pytest

from config.local.servers import Urls, servers

URLS = pytest.StashKey[Urls]()
OURS = ("DATABASE_URL", "REDIS_URL", "VAR_DIR")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:  # what it finds is its controller's
        for name in OURS:
            os.environ.pop(name, None)
    stack = ExitStack()
    urls = stack.enter_context(servers("test"))
    if "VAR_DIR" not in os.environ:
        os.environ["VAR_DIR"] = stack.enter_context(TemporaryDirectory(prefix="reception-test-"))
    os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = urls.database_url, urls.redis_url
    early_config.stash[URLS] = urls
    early_config.add_cleanup(stack.close)


@pytest.fixture
def restart_database(pytestconfig: pytest.Config) -> Callable[[], None]:
    """Ends the database server, whoever is connected, and starts it again."""
    restart = pytestconfig.stash[URLS].restart_database
    if restart is None:
        pytest.skip("The database that DATABASE_URL names is not ours to restart.")
    return restart
