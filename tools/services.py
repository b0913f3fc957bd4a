"""Throw-away PostgreSQL and Redis servers for the tests: ``make services`` and ``make services-stop``.

Needs nothing but Python. What is missing is installed with apt, if we may: also what the tests and ``make bench`` start
by themselves (Chromium, nginx, wrk). The servers listen on free loopback ports
below 32768 (a client that waits for a port above can connect to itself), keep nothing safe, and are stopped by their
process ids. ``.services/env`` says where they are, in a form that both make and the shell can read.
"""

import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import sample

ROOT = Path(__file__).parents[1]
SERVICES = ROOT / ".services"
POSTGRESQL_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    # The tables of a test are small: planning would take longer than what is planned.
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
}


def main(verb: str) -> None:
    """Start the servers, or stop them."""
    stop()
    if verb == "start":
        install_what_is_missing()
        start()


def install_what_is_missing() -> None:
    """Ask apt for the packages that are not there yet."""
    found = {
        "postgresql": postgresql_programs() is not None,
        "redis-server": shutil.which("redis-server") is not None,
        "chromium-headless-shell": shutil.which("chromium-headless-shell") is not None,
        "fonts-liberation": Path("/usr/share/fonts/truetype/liberation").exists(),
        "nginx": program("nginx") is not None,
        "openssl": program("openssl") is not None,
        "wrk": program("wrk") is not None,
        "default-jre-headless": shutil.which("java") is not None,
        "npm": shutil.which("npm") is not None,
    }
    missing = [package for package, is_there in found.items() if not is_there]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"Please install: {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", "update"], check=True, env=environment)
    install = ["apt-get", "-qq", "install", "--no-install-recommends", *missing]
    subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)


def fetch_checker() -> Path:
    """The Nu HTML checker as package-lock.json names it, kept until that changes; no script of a package is run."""
    lock = (ROOT / "package-lock.json").read_bytes()
    folder = Path(tempfile.gettempdir()) / f"planner-checker-{hashlib.sha256(lock).hexdigest()[:12]}"
    jar = folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        folder.mkdir(exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, folder / name)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return jar


def program(name: str) -> str | None:
    """Where a program is; those of servers are not always on everybody's path."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")


def chromium() -> str | None:
    """Debian's Chromium without windows, which takes two thirds of the time for the tests; else the whole one."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


def postgresql_programs() -> Path | None:
    """The folder of the newest PostgreSQL that is installed."""
    folders = [initdb.parent for initdb in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


def start() -> None:
    """Start both servers and write down where they are."""
    ports = free_ports()
    folder = Path(tempfile.mkdtemp(prefix="planner-services-"))
    SERVICES.mkdir(exist_ok=True)
    (SERVICES / "folder").write_text(str(folder))
    postgresql, redis = next(ports), next(ports)
    start_postgresql(folder / "postgresql", postgresql)
    start_redis(folder, redis)
    for port in (postgresql, redis):
        wait_for(port)
    (SERVICES / "env").write_text(
        f"TEST_DATABASE_URL=postgresql+psycopg://postgres@127.0.0.1:{postgresql}/postgres\n"
        f"TEST_REDIS_URL=redis://127.0.0.1:{redis}/0\n"
        f"CHROMIUM={chromium()}\n"
        f"HTML_CHECKER={fetch_checker()}\n"
    )
    sys.stdout.write((SERVICES / "env").read_text())


def start_postgresql(folder: Path, port: int) -> None:
    """PostgreSQL refuses to run as root; it then runs as the user that Debian made for it."""
    programs = postgresql_programs() or sys.exit("PostgreSQL is not installed")
    folder.parent.chmod(0o755)
    folder.mkdir()
    as_user: list[str | Path] = []
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    initdb: list[str | Path] = [programs / "initdb", "-D", folder, "-U", "postgres", "-A", "trust"]
    speaks = ["-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*as_user, *initdb, *speaks, "--no-sync"], check=True, cwd=folder, stdout=subprocess.DEVNULL)
    settings = [word for name, value in POSTGRESQL_SETTINGS.items() for word in ("-c", f"{name}={value}")]
    server: list[str | Path] = [programs / "postgres", "-D", folder, "-p", str(port), "-k", folder]
    keep("postgresql", [*as_user, *server, *settings], folder)


def start_redis(folder: Path, port: int) -> None:
    """Redis keeps everything in memory."""
    keep("redis", ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder], folder)


def keep(name: str, command: list[str | Path], folder: Path) -> None:
    """Start a server that outlives us, and note its process id."""
    with (SERVICES / f"{name}.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    (SERVICES / f"{name}.pid").write_text(str(server.pid))


def free_ports() -> Iterator[int]:
    """Ports of this machine that nobody listens on."""
    for port in sample(range(20_000, 32_000), 12_000):
        with socket.socket() as plug:
            try:
                plug.bind(("127.0.0.1", port))
            except OSError:
                continue
        yield port


def wait_for(port: int) -> None:
    """Return when somebody listens."""
    for _ in range(300):
        with socket.socket() as plug:
            if plug.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"nothing listens on port {port}; see {SERVICES}")


def stop() -> None:
    """Stop the servers that we started, and forget them."""
    for note in SERVICES.glob("*.pid"):
        # SIGINT is PostgreSQL's fast shutdown; Redis takes it too.
        end(int(note.read_text()))
    if (SERVICES / "folder").exists():
        shutil.rmtree((SERVICES / "folder").read_text(), ignore_errors=True)
    shutil.rmtree(SERVICES, ignore_errors=True)


def end(process: int) -> None:
    """Ask a process to end, and see that it does."""
    for attempt in range(100):
        try:
            os.kill(process, signal.SIGINT if attempt == 0 else 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
