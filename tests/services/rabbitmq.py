"""A real RabbitMQ on loopback: the server of the system's package, with a folder, a name and ports of its own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = "/usr/lib/rabbitmq/bin/rabbitmq-server"
START_SECONDS = 90.0


def missing() -> str | None:
    """Why there is no RabbitMQ for tests; None if there is."""
    if os.environ.get("CLAUSELINE_TEST_AMQP") or Path(PROGRAM).exists():
        return None
    return "no RabbitMQ: install rabbitmq-server, or give one as CLAUSELINE_TEST_AMQP=amqp://USER:PASSWORD@HOST/VHOST"


@dataclass
class Broker:
    """A RabbitMQ that can be killed and started again, with what it has on disk."""

    folder: Path
    ports: tuple[int, int, int]
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.ports[0]}/%2F"

    def start(self) -> None:
        """Start it and wait until it answers."""
        amqp, distribution, mapper = self.ports
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8",
            "RABBITMQ_NODENAME": f"clauseline{amqp}@localhost", "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(amqp), "RABBITMQ_DIST_PORT": str(distribution), "ERL_EPMD_PORT": str(mapper),
            "ERL_EPMD_ADDRESS": "127.0.0.1", "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder), "RABBITMQ_LOGS": str(self.folder / "rabbit.log"),
            "RABBITMQ_PID_FILE": str(self.folder / "pid"), "RABBITMQ_CONFIG_FILE": str(self.folder / "none"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none +A 4",
        }  # fmt: skip
        self._process = subprocess.Popen(
            [PROGRAM], env=environment, cwd=self.folder, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
        )  # fmt: skip
        _wait_for(amqp, self._process, self.folder)

    def kill(self) -> None:
        """End it like a crash."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(20)
        self._process = None
        for _ in range(20):  # the port mapper does not end before it has noticed that the broker is gone
            told = subprocess.run(["epmd", "-port", str(self.ports[2]), "-kill"], capture_output=True).stdout
            if b"Killed" in told:
                break
            time.sleep(0.1)


@contextmanager
def broker() -> Iterator[Broker]:
    """A RabbitMQ of one's own with nothing in it, running; it forgets everything at the end."""
    first, second, third = _free_ports(3)
    made = Broker(Path(tempfile.mkdtemp(prefix="rabbitmq-")), (first, second, third))
    try:
        made.start()
        yield made
    finally:
        made.kill()
        shutil.rmtree(made.folder, ignore_errors=True)


@contextmanager
def rabbitmq() -> Iterator[str]:
    """The URL of a RabbitMQ with nothing in it, or of the one that CLAUSELINE_TEST_AMQP names."""
    if given := os.environ.get("CLAUSELINE_TEST_AMQP"):
        yield given
        return
    with broker() as made:
        yield made.url


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def _wait_for(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Wait until the broker takes connections and has told its feature flags."""
    import pika

    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            pika.BlockingConnection(pika.URLParameters(f"amqp://guest:guest@127.0.0.1:{port}/%2F")).close()
            return
        except (pika.exceptions.AMQPError, OSError):
            time.sleep(0.3)
    log = (folder / "rabbit.log").read_text(errors="replace")[-2000:] if (folder / "rabbit.log").exists() else ""
    raise RuntimeError(f"RabbitMQ did not start: {log}")
