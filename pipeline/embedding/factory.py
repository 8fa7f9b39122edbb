"""From the settings to an embedder; the heavy parts are imported by the one that is chosen."""

from pathlib import Path

from pipeline.embedding.embedder import Embedder
from pipeline.embedding.static import DIMENSIONS, load_embed
from pipeline.errors import WrongUsage
from pipeline.settings import Settings

STATIC = f"wordllama-{DIMENSIONS}"


def embedder_for(settings: Settings) -> Embedder:
    """The embedder that `settings.embedder` names: "static", "onnx:FOLDER", or a LangChain model string.

    Raises:
        WrongUsage: the name is of no such form, or the folder holds no model.
        ServiceRefused: the provider's package is not installed, or not configured.

    >>> embedder_for(Settings()).model
    'wordllama-256'
    """
    name = settings.embedder
    if name == "static":
        return Embedder(STATIC, load_embed())
    kind, _, rest = name.partition(":")
    if not rest:
        raise WrongUsage(
            f'embedder: no such one as {name!r}; give "static", "onnx:FOLDER", or PROVIDER:MODEL such as '
            '"openai:text-embedding-3-small" or "bedrock:amazon.titan-embed-text-v2:0"'
        )
    if kind == "onnx":
        from pipeline.embedding.onnx import load_onnx

        return load_onnx(Path(rest).expanduser())
    from pipeline.embedding.remote import load_remote

    return load_remote(name, settings)
