"""`clauseline doctor`: what is configured, installed and reachable."""

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version

from pipeline import __version__
from pipeline.commands.tables import console
from pipeline.errors import ClauselineError
from pipeline.settings import Settings, without_password

_OPTIONAL = (
    "boto3",
    "langchain-aws",
    "langchain-openai",
    "langchain-anthropic",
    "langchain-ollama",
    "opensearch-py",
    "ray",
)


def examine(settings: Settings) -> int:
    """Print a line for each thing looked at; 1 if something needed does not work."""
    from rich.markup import escape

    out = console()
    out.print(f"clauseline {__version__}, Python {sys.version.split()[0]}")
    out.print("\n[bold]settings[/] (environment CLAUSELINE_..., .env)")
    for name, value in settings.model_dump().items():
        shown = without_password(value) if name == "database" else str(value)
        out.print(f"  {name} = {escape(shown)}")
    out.print("\n[bold]checks[/]")
    broken = False
    for name, look in _checks(settings):
        try:
            said, sign = look(), "[green]ok[/]    "
        except (ClauselineError, ImportError, OSError) as error:
            said, sign, broken = " ".join(str(error).split()), "[red]broken[/]", True
        out.print(f"  {sign} {name}: {escape(said)}")
    out.print("\n[bold]optional packages[/]")
    for package in _OPTIONAL:
        out.print(f"  {package}: {_version(package) or 'not installed'}")
    return 1 if broken else 0


def _checks(settings: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    """What is looked at: a name, and a function that says what it found or raises."""
    yield "backend", lambda: _backend(settings)
    yield "database", lambda: _database(settings)
    yield "OCR", _ocr
    yield "embeddings", _embeddings
    yield "knowledge", _knowledge


def _backend(settings: Settings) -> str:
    from pipeline.generate import opened_backend

    with opened_backend(settings) as backend:
        return backend.name


def _database(settings: Settings) -> str:
    from pipeline.stores import open_stores

    with open_stores(settings.database) as stores:
        count = stores.chunks.count()
    return f"{without_password(settings.database)}, {count} passages"


def _ocr() -> str:
    import onnxruntime
    import rapidocr

    return f"RapidOCR {_version('rapidocr')} on onnxruntime {onnxruntime.__version__}" if rapidocr else ""


def _embeddings() -> str:
    from pipeline.embedding import DIMENSIONS, load_embed

    load_embed()
    return f"WordLlama {_version('wordllama')}, {DIMENSIONS} dimensions"


def _knowledge() -> str:
    from pipeline.knowledge import knowledge_version, load_packs

    return f"version {knowledge_version()}, {len(load_packs())} packs"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
