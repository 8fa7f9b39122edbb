"""The chat model of a run: one gateway in the parent, so that limits and budget hold for all its processes, which ask it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import TYPE_CHECKING

from pipeline.generate.factory import backend_for

if TYPE_CHECKING:
    from pipeline.generate.backend import Backend
    from pipeline.generate.chat.client import ModelClient
    from pipeline.generate.chat.gateway import Gateway
    from pipeline.generate.chat.late import LateGateway
    from pipeline.generate.chat.remote import RemoteClient
    from pipeline.settings import Settings


def client_for(settings: Settings) -> Gateway | None:
    """What puts questions to the model that the settings name, to be closed at the end; None if they name none.

    Raises:
        BackendUnavailable: it is not installed or configured.
        WrongUsage: there is a budget, but the model's price is not known.

    >>> from pipeline.settings import Settings
    >>> client_for(Settings(backend="offline")) is None
    True
    """
    if not _asks_a_model(settings):
        return None
    from pipeline.generate.chat.opening import gateway_for

    return gateway_for(settings.backend, settings)


def late_client_for(settings: Settings) -> LateGateway | None:
    """Like `client_for`, but opened meanwhile: what can be wrong with it is raised where it is first needed, or by `check`.

    >>> from pipeline.settings import Settings
    >>> late_client_for(Settings(backend="offline")) is None
    True
    """
    if not _asks_a_model(settings):
        return None
    from pipeline.generate.chat.late import LateGateway

    def gateway() -> Gateway:
        from pipeline.generate.chat.opening import gateway_for

        return gateway_for(settings.backend, settings)

    return LateGateway(settings.backend, gateway)


def _asks_a_model(settings: Settings) -> bool:
    provider, _, model = settings.backend.partition(":")
    return bool(provider and model)


@contextmanager
def opened_backend(settings: Settings) -> Iterator[Backend]:
    """The backend that the settings name; the way to its model, if it has one, is closed with the context.

    Raises:
        BackendUnavailable: there is no such backend, or it is not installed or configured.
        WrongUsage: there is a budget, but the model's price is not known.

    >>> from pipeline.settings import Settings
    >>> with opened_backend(Settings(backend="offline")) as backend:
    ...     backend.name
    'offline'
    """
    client = client_for(settings)
    with closing(client) if client else nullcontext():
        yield backend_for(settings.backend, settings, client)


@contextmanager
def served(client: ModelClient | None, host: str | None = None) -> Iterator[RemoteClient | None]:
    """A client for worker processes, as long as the context lasts: their questions are put by the given one. None for None.

    Args:
        client: puts the questions.
        host: the address of this machine, where the workers are on others.
    """
    if client is None:
        yield None
        return
    from pipeline.generate.chat.remote import served as served_remotely

    with served_remotely(client, host) as remote:
        yield remote
