"""A gateway that is opened in a thread, so that documents can be read while its packages are imported, which takes seconds."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

from pipeline.generate.chat.desk import Statistics
from pipeline.generate.chat.gateway import Gateway
from schemas import Ask, Reply

_CLOSING = 1.0  # seconds that closing waits for one that is still being opened


class LateGateway:
    """A `ModelClient` that waits for its gateway where it needs it; whatever kept that from opening is raised there.

    Args:
        name: of the model.
        open_: makes the gateway; called at once, in a thread.

    Close it when the run is done.
    """

    def __init__(self, name: str, open_: Callable[[], Gateway]) -> None:
        self._name = name
        self._opened: Future[Gateway] = Future()
        Thread(target=self._open, args=(open_,), name="open-gateway", daemon=True).start()

    @property
    def name(self) -> str:
        return self._name

    @property
    def context_tokens(self) -> int:
        """How much the model can be shown."""
        return self._opened.result().context_tokens

    @property
    def attachments(self) -> frozenset[str]:
        """Media types of documents that the model reads itself."""
        return self._opened.result().attachments

    def ask(self, ask: Ask) -> Reply:
        """See `Gateway.ask`."""
        return self._opened.result().ask(ask)

    def check(self) -> None:
        """Nothing, once it is open.

        Raises:
            BackendUnavailable, WrongUsage: it could not be opened.
        """
        self._opened.result()

    def statistics(self) -> Statistics:
        """What was asked and spent so far."""
        opened = self._opened.done() and self._opened.exception() is None
        return self._opened.result().statistics() if opened else Statistics()

    def close(self) -> None:
        """See `Gateway.close`; one that is not open yet is closed when it is."""
        self._opened.add_done_callback(_close)
        try:
            self._opened.exception(_CLOSING)
        except TimeoutError:
            return

    def _open(self, open_: Callable[[], Gateway]) -> None:
        try:
            self._opened.set_result(open_())
        except BaseException as error:
            self._opened.set_exception(error)


def _close(opened: "Future[Gateway]") -> None:
    if opened.exception() is None:
        opened.result().close()
