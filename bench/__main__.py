"""`make bench`: the servers of the measurements, then the command that measures on them."""

import os
import sys

from django.core.management import execute_from_command_line

from config.local.places import answer_for
from config.local.servers import servers


def main() -> int:
    with servers("bench") as urls:
        os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = urls.database_url, urls.redis_url
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        execute_from_command_line(["bench", "measure", *sys.argv[1:]])
    return 0


sys.exit(answer_for(main))
