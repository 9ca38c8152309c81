"""The files at the top of the repository keep their promises."""

import re
import socket
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from gunicorn.config import Config
from gunicorn.glogging import Logger

from config import gunicorn
from config.local import busy
from config.local.checks import addresses_in_locks
from config.local.keys import local_secrets
from config.local.links import broken_links
from config.local.places import ROOT, Trouble

PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "requirements" / f"{name}.txt").read_text()))


def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_the_bare_command_needs_nothing_but_the_standard_library() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "config.local", "nonsense"], cwd=ROOT, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (2, "")


def test_every_target_of_the_makefile_is_a_command() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    commands = subprocess.run([sys.executable, "-m", "config.local"], cwd=ROOT, capture_output=True, text=True).stdout

    assert targets
    assert [name for name in targets if name not in commands] == []


def test_a_start_only_adds_to_the_directory() -> None:
    starts = [compose()["services"]["migrate"]["command"][-1], (ROOT / "config" / "local" / "run.py").read_text()]

    assert all("--add-only" in start and "--yes" not in start for start in starts)


@pytest.mark.parametrize("name", ["production", "local"])
def test_an_environment_for_development_satisfies_the_smaller_ones(name: str) -> None:
    whole = pins("dev")

    assert {package: pin for package, pin in pins(name).items() if whole.get(package) != pin} == {}


def test_locks_hold_no_address_and_one_driver() -> None:
    assert list(addresses_in_locks()) == []
    assert not {"psycopg", "psycopg2"} & pins("dev").keys()


def test_a_lock_with_an_address_is_found(tmp_path: Path) -> None:
    lock = tmp_path / "some.txt"
    lock.write_text("thing @ https://somewhere.example/thing\n")

    assert list(addresses_in_locks(tmp_path)) == ["some.txt holds an address"]


def test_secrets_are_made_once_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    kept = tmp_path / "secrets.env"

    first = local_secrets(kept)

    assert local_secrets(kept) == first
    assert first.keys() == {"DJANGO_SECRET_KEY", "PERSONAL_DATA_KEYS", "LOOKUP_KEYS"}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_taken_port_is_not_free() -> None:
    with socket.socket() as taken:
        taken.bind((busy.LOOPBACK, 0))
        taken.listen()

        assert not busy.is_free(taken.getsockname()[1])
    assert busy.is_free(busy.free_port())


@pytest.mark.parametrize("given", ["", "web", "0", "70000", "-1"])
def test_a_port_that_is_no_port_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("PORT", given)

    with pytest.raises(Trouble, match="not a number from 1 to 65535"):
        busy.wanted_port()


def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "there.md").write_text("# A heading, or two\n")
    (tmp_path / "page.md").write_text(
        "[a](there.md) [b](there.md#a-heading-or-two) [c](gone.md) [d](there.md#none) [e](https://example.org/x)\n"
        "```\n[f](in-code.md)\n```\n"
    )

    assert list(broken_links(tmp_path)) == [
        "page.md: gone.md leads nowhere",
        "page.md: there.md#none names no heading",
    ]


def test_the_compose_file_names_the_five_services_and_their_order() -> None:
    services = compose()["services"]

    assert {"db", "redis", "web", "worker", "beat"} <= services.keys()
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= services.keys()
        assert "healthcheck" in service or name == "migrate"
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert services[name]["depends_on"]["db"] == {"condition": "service_healthy"}


def test_all_parts_of_the_application_run_one_image_with_the_same_environment() -> None:
    services = compose()["services"]
    parts = [services[name] for name in ("migrate", "web", "worker", "beat")]

    assert len({part["image"] for part in parts}) == 1
    assert all(part["environment"] == parts[0]["environment"] for part in parts)


def test_the_compose_file_passes_no_secret_of_its_own() -> None:
    environment = compose()["services"]["web"]["environment"]
    secret = ("DJANGO_SECRET_KEY", "PERSONAL_DATA_KEYS", "LOOKUP_KEYS", "DATABASE_URL", "REDIS_URL")

    assert all(":?" in environment[name] for name in secret)


def test_the_compose_file_asks_how_many_balancers_there_are() -> None:
    assert ":?" in compose()["services"]["web"]["environment"]["TRUSTED_PROXIES"]


def test_the_access_log_holds_neither_the_query_nor_where_people_come_from() -> None:
    asked = {"REQUEST_METHOD": "GET", "RAW_URI": "/desk/?q=900101350003", "PATH_INFO": "/desk/"}
    asked |= {"QUERY_STRING": "q=900101350003", "HTTP_REFERER": "/desk/?q=900101350003", "SERVER_PROTOCOL": "HTTP/1.1"}
    request, response = SimpleNamespace(headers=[]), SimpleNamespace(headers=[], status="200 OK", sent=12)
    told = Logger(Config()).atoms(response, request, asked, timedelta(milliseconds=7))

    line = gunicorn.access_log_format % told

    assert '"GET /desk/ HTTP/1.1" 200 12 7 ms' in line
    assert "900101350003" not in line


def test_every_web_server_reads_that_configuration() -> None:
    started = [
        " ".join(compose()["services"]["web"]["command"]),
        (ROOT / "Dockerfile").read_text().replace('", "', " "),
        (ROOT / "config" / "local" / "services.py").read_text().replace('", "', " "),
    ]

    assert all("--config config/gunicorn.py" in command and "--access-log" not in command for command in started)


def test_every_volume_is_declared() -> None:
    whole = compose()
    used = {mount.partition(":")[0] for service in whole["services"].values() for mount in service.get("volumes", ())}

    assert used == whole["volumes"].keys()
