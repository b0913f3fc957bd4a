"""The product as ``deploy/`` puts it up, on free ports of this machine: for the tests and for the measurements.

nginx runs ``deploy/nginx.conf`` and the application the very command of ``deploy/demokrativeckan.service``. All that
differs are the lines that belong to an installation: in nginx.conf those that end in "#:" and a word.
"""

import configparser
import os
import re
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tools.services import free_ports, program

ROOT = Path(__file__).parents[1]
NGINX_CONF = ROOT / "deploy" / "nginx.conf"
UNIT = ROOT / "deploy" / "demokrativeckan.service"
NGINX = program("nginx")
PATIENCE = 30.0
"""Seconds that a server may take to start or to stop."""

_MARK = re.compile(r"^(?P<indent>\s*)\S.*?\s+#: (?P<word>\w+)$")


class NotStarted(Exception):
    """A server ended, or did not listen in time; the message is what it wrote."""


class Server:
    """A server in a process group of its own, so that its workers end with it."""

    def __init__(self, command: Sequence[str], port: int, log: Path, environment: Mapping[str, str]) -> None:
        self.command, self.port, self.log, self.environment = list(command), port, log, dict(environment)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process, which is also its group."""
        if self.process is None:
            raise NotStarted("it has not been started")
        return self.process.pid

    def start(self) -> None:
        """Start it, and return when it listens."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + PATIENCE
        while not listens(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise NotStarted(self.log.read_text(encoding="utf-8", errors="replace")[-4000:])
            time.sleep(0.02)

    def stop(self) -> None:
        """Ask it to end, and see that all of it does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
        self.kill()

    def kill(self) -> None:
        """End it and its workers at once, whatever they are doing."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


def application(
    folder: Path, port: int, environment: Mapping[str, str], *, workers: int = 2, target: str = "wsgi:app"
) -> Server:
    """The application as its unit starts it, or another ``target``, with an environment of its own; not started yet."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.read(UNIT, encoding="utf-8")
    words = shlex.split(unit["Service"]["ExecStart"])
    words[0] = str(ROOT / ".venv" / "bin" / Path(words[0]).name)
    words[words.index("--port") + 1] = str(port)
    words[words.index("--workers") + 1] = str(workers)
    words[-1] = target
    found = {"PATH": os.environ.get("PATH", os.defpath), "JOBS": "outside", "PROXIES": "1", **environment}
    return Server(words, port, folder / "application.log", found)


def nginx(folder: Path, port: int, application_port: int, *, lines: Mapping[str, str] | None = None) -> Server:
    """nginx as it is shipped, in front of what listens on a port, all that it writes in ``folder``; not started yet."""
    ports = (free for free in free_ports() if free not in (port, application_port))
    own = {
        "error_log_of_requests": f"error_log {folder}/requests.log emerg;",
        "access_log": f"access_log {folder}/access.log nobody;",
        "cache": f"proxy_cache_path {folder}/cache levels=1:2 keys_zone=public:20m max_size=1g inactive=1d"
        " use_temp_path=off;",
        "application": f"server 127.0.0.1:{application_port};",
        "certificate": "",
        "key": "",
        "listen_otherwise": f"listen 127.0.0.1:{port} default_server;",
        "listen_http": f"listen 127.0.0.1:{(plain := next(ports))};",
        "listen_http_otherwise": f"listen 127.0.0.1:{plain} default_server;",
        "code": f"root {ROOT};",
        **(lines or {}),
    }
    return nginx_by(NGINX_CONF, folder, port, own)


def nginx_by(template: Path, folder: Path, port: int, lines: Mapping[str, str]) -> Server:
    """nginx by a configuration, all that it writes in ``folder``; not started yet.

    Other marked lines than those that any configuration has are as ``lines`` says.
    """
    if NGINX is None:
        raise NotStarted("there is no nginx")
    folder.mkdir(exist_ok=True)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    own = {
        "user": "user root;" if os.geteuid() == 0 else "",
        "pid": f"pid {folder}/nginx.pid;",
        "error_log": f"error_log {folder}/error.log warn;",
        "listen": f"listen 127.0.0.1:{port};",
    }
    text = filled_in(template.read_text(encoding="utf-8"), {**own, **lines})
    configuration = folder / "nginx.conf"
    configuration.write_text(text.replace("http {\n", f"http {{\n    {temporary}\n", 1), encoding="utf-8")
    command = [NGINX, "-c", str(configuration), "-e", f"{folder}/error.log", "-g", "daemon off;"]
    return Server(command, port, folder / "nginx.log", os.environ)


def filled_in(text: str, lines: Mapping[str, str]) -> str:
    """The configuration with other lines in the place of those marked with the words that are keys here.

    Raises:
        KeyError: no line is marked so.
    """
    unknown = set(lines) - {mark["word"] for mark in map(_MARK.match, text.splitlines()) if mark}
    if unknown:
        raise KeyError(f"no line of nginx.conf is marked {', '.join(sorted(unknown))}")

    def instead(line: str) -> str:
        mark = _MARK.match(line)
        return f"{mark['indent']}{lines[mark['word']]}" if mark and mark["word"] in lines else line

    return "\n".join(map(instead, text.splitlines())) + "\n"


def listens(port: int) -> bool:
    """Whether anybody takes connections on a port of this machine."""
    with socket.socket() as plug:
        return plug.connect_ex(("127.0.0.1", port)) == 0
