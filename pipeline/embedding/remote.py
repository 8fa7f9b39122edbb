"""Embedders of a provider, through LangChain: Bedrock Titan, OpenAI and whatever else it knows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.embedding.embedder import Embedder, unit
from pipeline.errors import ServiceDown, ServiceRefused
from pipeline.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LONGEST = 24_000
"""Characters of a text that are sent; the models take some 8,000 tokens."""

AT_ONCE = 128
"""Texts in one request, of providers that take several."""

ATTEMPTS = 6
"""Tries of one request, with backoff."""

_EXTRAS = {"bedrock": "aws", "openai": "openai", "google_genai": "google", "ollama": "ollama"}


def load_remote(name: str, settings: Settings) -> Embedder:
    """An embedder by its LangChain name; nothing is asked yet.

    Args:
        name: PROVIDER:MODEL.
        settings: its `embedder_url` and `aws_region` are used.

    Raises:
        ServiceRefused: the provider is unknown, not installed or not configured (no key, no region).
    """
    from langchain.embeddings import init_embeddings

    provider, _, model = name.partition(":")
    try:
        made = init_embeddings(model, provider=provider, **_options(provider, settings))
    except ImportError:
        extra = _EXTRAS.get(provider, provider)
        raise ServiceRefused(f"embedder {name}: its package is missing; install it with: pip install 'clauseline[{extra}]'") from None  # fmt: skip
    except Exception as error:  # each provider has its own for a missing key or region
        raise ServiceRefused(f"embedder {name}: {_line(error)}") from None

    def embed(texts: Sequence[str]) -> "npt.NDArray[np.float32]":
        import numpy as np

        words = [text[:LONGEST].strip() for text in texts]
        if not words:
            return np.zeros((0, 0), dtype=np.float32)
        try:
            vectors = np.asarray(made.embed_documents([text or "." for text in words]), dtype=np.float32)
        except Exception as error:
            raise _told(name, error) from None
        vectors[[not text for text in words]] = 0  # no provider takes nothing
        return unit(vectors)

    return Embedder(name, embed)


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    url = settings.embedder_url
    if provider == "bedrock":
        from pipeline.aws import aws_client

        return {"client": aws_client("bedrock-runtime", settings.aws_region)}
    if provider == "openai":
        # it would download a vocabulary to count tokens; texts are cut by characters instead
        more = {"check_embedding_ctx_length": False, "chunk_size": AT_ONCE, "max_retries": ATTEMPTS}
        return {**more, "base_url": url} if url else more
    return {"base_url": url} if url else {}


def _told(name: str, error: Exception) -> ServiceDown | ServiceRefused:
    """What a provider's client raised, as one of ours: by the status of its answer, or by the kind of trouble."""
    status = getattr(error, "status_code", None) or _status(getattr(error, "response", None)) or _status(
        getattr(error.__cause__, "response", None)
    )  # fmt: skip
    said = f"embedder {name}: {_line(error)}"
    if status is not None:
        return ServiceDown(said) if status in (408, 429) or status >= 500 else ServiceRefused(said)
    kinds = " ".join(kind.__name__ for kind in type(error).__mro__)
    return ServiceDown(said) if "Connect" in kinds or "Timeout" in kinds else ServiceRefused(said)


def _status(response: Any) -> int | None:
    if isinstance(response, dict):
        response = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    status = getattr(response, "status_code", response)
    return status if isinstance(status, int) else None


def _line(said: object) -> str:
    return " ".join(str(said).split())[:300]
