"""`make run`: everything on this machine, for this person, until Ctrl-C."""

import contextlib
import os
import sys
from pathlib import Path

from config.local.assets import build_assets
from config.local.busy import LOOPBACK, free_port, only_one, wanted_port
from config.local.keys import local_secrets, write_privately
from config.local.messages import compile_messages
from config.local.places import LOGS, ROOM_TO_SERVE, VAR, Trouble, insist_on_room, say, shown
from config.local.postgres import Postgres
from config.local.servers import private_sockets
from config.local.services import beat, mail, manage, web, worker
from config.local.supervisor import Service, Stopped, Supervisor
from config.local.valkey import Valkey

HERE = VAR / "run"
ENVIRONMENT = HERE / "environment"
PASSED_ON = ("DATABASE_URL", "REDIS_URL", "EMAIL_HOST", "EMAIL_PORT", "SITE_URL", "DEMONSTRATION")


def run() -> int:
    """Set up what is missing, serve, and end cleanly; 0 when it was asked to end."""
    address = f"http://{LOOPBACK}:{wanted_port()}"
    with only_one(address):
        insist_on_room(HERE, ROOM_TO_SERVE)
        compile_messages()
        build_assets()
        supervisor = Supervisor()
        with private_sockets() as sockets:
            try:
                with supervisor.in_charge():
                    serve(supervisor, sockets, address)
                    supervisor.watch()
            except Stopped:
                say("Stopped.")
            finally:
                ENVIRONMENT.unlink(missing_ok=True)
    return 0


def serve(supervisor: Supervisor, sockets: Path, address: str) -> None:
    """Bring everything up in order; the demonstration is filled while people can already look."""
    env = environment(start_servers(supervisor, sockets), address)
    if "EMAIL_HOST" not in env:
        env.update(EMAIL_HOST=LOOPBACK, EMAIL_PORT=str(free_port()))
        supervisor.keep(mail(int(env["EMAIL_PORT"]), env))
    write_privately(ENVIRONMENT, "".join(f"{name}={env[name]}\n" for name in PASSED_ON if name in env))
    prepare(supervisor, env)
    supervisor.keep(web(wanted_port(), env), note=f" at {address}")
    supervisor.keep(worker(env))
    supervisor.keep(beat(env))
    if env["DEMONSTRATION"] == "1":
        fill_demonstration(supervisor, env)
    say(f"\n{address}\nCtrl-C stops it; logs are in {shown(LOGS)}.")


def start_servers(supervisor: Supervisor, sockets: Path) -> dict[str, str]:
    """Start each server that the environment does not name; the URLs of both."""
    urls = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    if "DATABASE_URL" not in urls:
        database = Postgres(HERE, sockets)
        database.make()
        supervisor.keep(Service("PostgreSQL", database.start, database.is_up, database.log, is_server=True))
        urls["DATABASE_URL"] = database.url
    if "REDIS_URL" not in urls:
        broker = Valkey(HERE, sockets)
        supervisor.keep(Service("Valkey", broker.start, broker.is_up, broker.log, is_server=True))
        urls["REDIS_URL"] = broker.url
    return urls


def environment(urls: dict[str, str], address: str) -> dict[str, str]:
    """What every process of the installation gets; demonstration accounts only beside private servers."""
    is_private = not os.environ.get("DATABASE_URL") and not os.environ.get("REDIS_URL")
    own = {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DEMONSTRATION": "1" if is_private else "0",
        "SITE_URL": address,
        "PYTHONUNBUFFERED": "1",
    }
    return {**local_secrets(), **os.environ, **own, **urls}


def prepare(supervisor: Supervisor, env: dict[str, str]) -> None:
    must(supervisor, "Tables", ["migrate", "--noinput"], env)
    must(supervisor, "Directory", ["load_directory", "--add-only"], env)
    must(supervisor, "Terms", ["load_terms"], env)


def must(supervisor: Supervisor, name: str, arguments: list[str], env: dict[str, str]) -> None:
    done = supervisor.finish(manage(arguments, env))
    if done.popen.returncode:
        raise Trouble(f"manage.py {arguments[0]} failed: {done.last_words()}")
    say(f"{name:<12} ready")


def fill_demonstration(supervisor: Supervisor, env: dict[str, str]) -> None:
    """Fill it unless it is filled, and tell how to sign in; a failure leaves the portal as it is."""
    for arguments in (["demo"], ["demo", "--sign-ins"]):
        done = supervisor.finish(manage(arguments, env, to_terminal=True))
        if done.popen.returncode:
            say(f"manage.py {' '.join(arguments)} failed; the portal itself is up.")
            return


def manage_here(arguments: list[str]) -> int:
    """`manage.py` with the servers and secrets of this clone: those `make run` keeps up, or else for this once."""
    if ENVIRONMENT.exists():
        lines = (line.partition("=") for line in ENVIRONMENT.read_text().splitlines())
        running = {name: value for name, _, value in lines}
        env = {**local_secrets(), **os.environ, **running, "DJANGO_SETTINGS_MODULE": "config.settings.local"}
        os.execve(sys.executable, [sys.executable, "manage.py", *arguments], env)
    return manage_alone(arguments)


def manage_alone(arguments: list[str]) -> int:
    """The command beside servers that are up as long as it takes; only what it says itself goes to standard output."""
    address, supervisor = f"http://{LOOPBACK}:{wanted_port()}", Supervisor()
    with contextlib.redirect_stdout(sys.stderr), only_one("for one command"), private_sockets() as sockets:
        insist_on_room(HERE, ROOM_TO_SERVE)
        compile_messages()
        try:
            with supervisor.in_charge():
                env = environment(start_servers(supervisor, sockets), address)
                prepare(supervisor, env)
                return supervisor.finish(manage(arguments, env, to_terminal=True)).popen.returncode
        except Stopped:
            return 130
