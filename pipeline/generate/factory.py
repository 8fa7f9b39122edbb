"""A backend by its name."""

from typing import TYPE_CHECKING

from pipeline.errors import BackendUnavailable
from pipeline.generate.backend import Backend

if TYPE_CHECKING:
    from pipeline.settings import Settings


def backend_for(name: str, settings: "Settings | None" = None) -> Backend:
    """The backend a setting names: "offline", or a LangChain model string PROVIDER:MODEL.

    Args:
        settings: of the run; the backends read what concerns them.

    Raises:
        BackendUnavailable: no such backend, or it is not installed or configured.

    >>> backend_for("offline").name
    'offline'
    """
    if name == "offline":
        from pipeline.generate.offline.backend import OfflineBackend

        return OfflineBackend()
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise BackendUnavailable(
            f'unknown backend {name!r}: use "offline", or PROVIDER:MODEL such as openai:gpt-4o-mini, '
            "bedrock_converse:MODEL or ollama:MODEL"
        )
    from pipeline.generate.chat import ChatBackend

    return ChatBackend.named(name)
