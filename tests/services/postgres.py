"""A real PostgreSQL on loopback: one server for all tests of a process, a database of its own for each test."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)  # of Debian; the newest first
LOCALE = ("--encoding=UTF8", "--locale=C")


def missing() -> str:
    """Why there can be no PostgreSQL here; "" if there can."""
    if os.environ.get("CLAUSELINE_TEST_POSTGRES") or _binary("initdb"):
        return ""
    return "PostgreSQL is not installed (apt install postgresql), and CLAUSELINE_TEST_POSTGRES names none"


@dataclass
class Server:
    """A PostgreSQL that can be killed and started again; `url` is of its database "postgres"."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -F -c max_connections=200"
        _run(
            "pg_ctl", "start", "-w", "-s", "-D", self.folder / "data", "-l", self.folder / "data" / "log", "-o", options
        )

    def kill(self) -> None:
        """End it like a crash: every connection breaks, what was committed is recovered at the next start."""
        _run("pg_ctl", "stop", "-s", "-m", "immediate", "-D", self.folder / "data")

    def stop(self) -> None:
        """Make it say nothing more, without ending a connection, like a machine that is cut off."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """End what `stop` has begun."""
        self._signal(signal.SIGCONT)

    def _signal(self, what: signal.Signals) -> None:
        for process in self._processes():
            with suppress(ProcessLookupError):  # its connection has ended meanwhile
                os.kill(process, what)

    def _processes(self) -> list[int]:
        """The server and the processes of its connections."""
        server = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        return [server, *map(int, children)]


@contextmanager
def postgres_server() -> Iterator[Server]:
    """A server on a free port with a folder of its own, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="clauseline-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _user())
        _run(
            "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "--no-sync", "--no-instructions", *LOCALE
        )
        server = Server(folder, _free_port())
        server.start()
        try:
            yield server
        finally:
            subprocess.run(_command("pg_ctl", "stop", "-s", "-m", "immediate", "-D", folder / "data"), check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres_url() -> Iterator[str]:
    """The URL of a server on which databases can be made: the one of CLAUSELINE_TEST_POSTGRES, or a new one."""
    if given := os.environ.get("CLAUSELINE_TEST_POSTGRES"):
        yield given
        return
    with postgres_server() as server:
        yield server.url


@contextmanager
def database(url: str, template: str = "template0") -> Iterator[str]:
    """A new database on a server, gone at the end.

    Args:
        url: of any database of the server.
        template: name of the database it is a copy of.
    """
    name = f"clauseline_{uuid4().hex[:12]}"
    execute(url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield named(url, name)
    finally:
        execute(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def migrated(url: str) -> Iterator[str]:
    """The name of a database with all our tables and nothing in them, to make copies of."""
    from pipeline.stores import open_stores

    with database(url) as made:
        open_stores(made).close()
        yield made.rpartition("/")[2].partition("?")[0]


def named(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    from sqlalchemy.engine import make_url

    return make_url(url).set(database=name).render_as_string(hide_password=False)


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    """What a statement gives, run by itself; without psycopg, the test is skipped."""
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _run(name: str, *arguments: object) -> None:
    done = subprocess.run(_command(name, *arguments), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"


def _command(name: str, *arguments: object) -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as its own user, or as nobody."""
    given = [str(_binary(name)), *map(str, arguments)]
    return (
        ["setpriv", f"--reuid={_user()}", f"--regid={_group()}", "--clear-groups", *given]
        if os.geteuid() == 0
        else given
    )


def _binary(name: str) -> str | None:
    return shutil.which(name) or next((str(folder / name) for folder in BINARIES if (folder / name).exists()), None)


def _user() -> str:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _group() -> int:
    return pwd.getpwnam(_user()).pw_gid


def _free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])
