"""Real servers for a test run, up before the settings are read."""

import os
from contextlib import ExitStack

import pytest

from config.local.servers import servers


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    stack = ExitStack()
    urls = stack.enter_context(servers("test"))
    os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = urls.database_url, urls.redis_url
    early_config.add_cleanup(stack.close)
