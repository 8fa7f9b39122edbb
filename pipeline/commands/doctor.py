"""`clauseline doctor`: what is configured, installed and reachable."""

import sys

from pipeline import __version__
from pipeline.commands.doctor_checks import SERVICES, checks, installed
from pipeline.commands.tables import console
from pipeline.errors import ClauselineError
from pipeline.settings import Settings, without_password

_OPTIONAL = (
    "boto3",
    "psycopg",
    "pika",
    "langchain-aws",
    "langchain-openai",
    "langchain-anthropic",
    "langchain-ollama",
    "opensearch-py",
    "opentelemetry-sdk",
    "ray",
)


def examine(settings: Settings) -> int:
    """Print a line for each thing looked at; 1 if something that is configured does not work."""
    from rich.markup import escape

    out = console()
    out.print(f"clauseline {__version__}, Python {sys.version.split()[0]}")
    out.print("\n[bold]settings[/] (environment CLAUSELINE_..., .env)")
    for name, value in settings.model_dump().items():
        out.print(f"  {name} = {escape(without_password(str(value)))}")
    out.print("\n[bold]checks[/]")
    broken = False
    for name, look in checks(settings).items():
        try:
            found = look()
            sign, said = "[green]ok[/]    ", found
            if found is None:
                sign, said = "[dim]-[/]     ", f"not configured ({SERVICES.get(name, '')})"
        except (ClauselineError, ImportError, OSError) as error:
            sign, said, broken = "[red]broken[/]", " ".join(str(error).split()), True
        out.print(f"  {sign} {name}: {escape(said or '')}")
    out.print("\n[bold]optional packages[/]")
    for package in _OPTIONAL:
        out.print(f"  {package}: {installed(package) or 'not installed'}")
    return 1 if broken else 0
