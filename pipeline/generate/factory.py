"""A backend by its name."""

from typing import TYPE_CHECKING

from pipeline.errors import BackendUnavailable
from pipeline.generate.backend import Backend

if TYPE_CHECKING:
    from pipeline.generate.chat.client import ModelClient
    from pipeline.settings import Settings


def backend_for(name: str, settings: "Settings | None" = None, client: "ModelClient | None" = None) -> Backend:
    """The backend a setting names: "offline", or a LangChain model string PROVIDER:MODEL, checked against the offline one.

    Args:
        settings: of the run; the backends read what concerns them.
        client: puts questions to the model; a gateway made from the settings if not given.

    Raises:
        BackendUnavailable: no such backend, or it is not installed or configured.
        WrongUsage: there is a budget, but the model's price is not known.

    >>> backend_for("offline").name
    'offline'
    """
    from pipeline.generate.offline.backend import OfflineBackend

    if name == "offline":
        return OfflineBackend()
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise BackendUnavailable(
            f'unknown backend {name!r}: use "offline", or PROVIDER:MODEL such as openai:gpt-4o-mini, '
            "bedrock_converse:MODEL or ollama:MODEL"
        )
    from pipeline.generate.chat import ChatBackend
    from pipeline.generate.second_opinion import SecondOpinion
    from pipeline.settings import Settings

    settings = settings or Settings()
    if client is None:
        from pipeline.generate.chat.opening import gateway_for

        client = gateway_for(name, settings)
    chat = ChatBackend(client, settings.votes)
    return SecondOpinion(chat, OfflineBackend()) if settings.second_opinion else chat
