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
from pathlib import Path

PROGRAM = "/usr/lib/rabbitmq/bin/rabbitmq-server"
START_SECONDS = 90.0


def missing() -> str | None:
    """Why there is no RabbitMQ for tests; None if there is."""
    if os.environ.get("CLAUSELINE_TEST_AMQP") or Path(PROGRAM).exists():
        return None
    return "no RabbitMQ: install rabbitmq-server, or give one as CLAUSELINE_TEST_AMQP=amqp://USER:PASSWORD@HOST/VHOST"


@contextmanager
def rabbitmq() -> Iterator[str]:
    """The URL of a RabbitMQ with nothing in it; it forgets everything at the end. CLAUSELINE_TEST_AMQP names another."""
    if given := os.environ.get("CLAUSELINE_TEST_AMQP"):
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="rabbitmq-"))
    amqp, distribution, mapper = _free_ports(3)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8",
        "RABBITMQ_NODENAME": f"clauseline{amqp}@localhost", "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(amqp), "RABBITMQ_DIST_PORT": str(distribution), "ERL_EPMD_PORT": str(mapper),
        "ERL_EPMD_ADDRESS": "127.0.0.1", "RABBITMQ_MNESIA_BASE": str(folder / "data"), "RABBITMQ_LOG_BASE": str(folder),
        "RABBITMQ_LOGS": str(folder / "rabbit.log"), "RABBITMQ_PID_FILE": str(folder / "pid"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"), "RABBITMQ_CONFIG_FILE": str(folder / "none"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none +A 4",
    }  # fmt: skip
    process = subprocess.Popen(
        [PROGRAM],
        env=environment,
        cwd=folder,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(amqp, process, folder)
        yield f"amqp://guest:guest@127.0.0.1:{amqp}/%2F"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
        for _ in range(20):  # it does not end before it has noticed that the broker is gone
            if b"Killed" in subprocess.run(["epmd", "-port", str(mapper), "-kill"], capture_output=True).stdout:
                break
            time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)


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
