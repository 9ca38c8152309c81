from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.mail import mail_server
from tests.workers import Celery


@pytest.fixture
def processes(own_database: str, tmp_path: Path):
    """Starts a real worker and a real beat, and a mail server for their letters; they stop with the test."""
    with ExitStack() as stack:

        def start() -> list[bytes]:
            letters, port = stack.enter_context(mail_server())
            celery = Celery(
                own_database,
                tmp_path,
                DJANGO_SETTINGS_MODULE="config.settings.local",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=str(port),
            )
            stack.enter_context(celery.worker())
            stack.enter_context(celery.beat())
            return letters

        yield start
