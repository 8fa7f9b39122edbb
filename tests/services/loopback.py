"""An aiohttp application served on loopback by a thread of this process."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiohttp import web


@contextmanager
def serving(app: Callable[[], web.Application]) -> Iterator[str]:
    """The URL of an application, on a free port, as long as the context lasts.

    Args:
        app: makes it, in the thread and loop that serve it; what it opens is closed by its `cleanup_ctx`.
    """
    loop, started, ports = asyncio.new_event_loop(), threading.Event(), list[int]()

    async def listen() -> web.AppRunner:
        runner = web.AppRunner(app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        ports.append(runner.addresses[0][1])
        return runner

    def run() -> None:
        asyncio.set_event_loop(loop)
        runner = loop.run_until_complete(listen())
        started.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(20)
    try:
        yield f"http://127.0.0.1:{ports[0]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(20)
