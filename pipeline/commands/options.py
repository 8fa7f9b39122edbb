"""Options that several commands share, and the settings that follow from them."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pipeline.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


class Place(click.Path):
    """A path, or the URL of a bucket as it stands."""

    def __init__(self, **more: Any) -> None:
        super().__init__(path_type=Path, **more)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """See `click.ParamType.convert`."""
        from pipeline.stores.objects import is_url

        return value if is_url(value) else super().convert(value, param, ctx)


PATHS = click.argument("paths", nargs=-1, required=True, type=Place())
BACKEND = click.option(
    "--backend", metavar="NAME", help='"offline" (default) or a LangChain model string, e.g. openai:gpt-4o-mini.'
)
PASSWORD = click.option("--password", metavar="TEXT", help="Password of encrypted documents (or CLAUSELINE_PASSWORD).")
PLACE = click.option(
    "--jurisdiction",
    metavar="CODE",
    help="Place whose law applies where neither the document nor its file name says, e.g. US-OH.",
)

_READERS = ("auto", "textract", "off")
_OCR = (
    click.option(
        "--ocr", type=click.Choice(_READERS),
        help="How pages without a text layer are read: auto (our own OCR, default), textract (Amazon Textract), or off.",
    ),
    click.option("--no-ocr", "ocr", flag_value="off", help="The same as --ocr off."),
)  # fmt: skip


def OCR(command: Command) -> Command:
    """Options that say how scanned pages are read; for an `OcrCommand`."""
    return reduce(lambda made, option: option(made), reversed(_OCR), command)


_MODEL = (
    click.option(
        "--context", type=click.Choice(["passages", "document"]),
        help="With a chat model: show it the passages that matter (default), or the whole document.",
    ),
    click.option("--prompt", metavar="NAME", help="With a chat model: variant of the prompt: zero-shot (default), few-shot, or FOLDER/NAME for one of your own."),
    click.option(
        "--votes", type=click.IntRange(1, 15), metavar="N",
        help="With a chat model: ask each question N times and take what most answers agree on (default: 1).",
    ),
    click.option(
        "--second-opinion/--no-second-opinion", default=None,
        help="With a chat model: check its answers against the offline reader's (default: yes).",
    ),
    click.option(
        "--max-concurrency", type=click.IntRange(1), metavar="N",
        help="With a chat model: questions under way at once, over all processes (default: 8).",
    ),
    click.option("--rpm", "requests_per_minute", type=click.IntRange(0), metavar="N", help="With a chat model: most questions a minute (default: 0, no limit)."),
    click.option("--tpm", "tokens_per_minute", type=click.IntRange(0), metavar="N", help="With a chat model: most tokens a minute (default: 0, no limit)."),
    click.option(
        "--max-cost", type=click.FloatRange(min=0, min_open=True), metavar="USD",
        help="With a chat model: stop when this much is spent; the same command with more goes on (default: no limit).",
    ),
)  # fmt: skip


class OcrCommand(click.Command):
    """A command whose --ocr may also stand without a value, as it did when it had none."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        following = [*args, ""][1:]
        bare = [arg == "--ocr" and after not in _READERS for arg, after in zip(args, following, strict=True)]
        return super().parse_args(ctx, ["--ocr=auto" if b else arg for arg, b in zip(args, bare, strict=True)])


def model_options(command: Command) -> Command:
    """Options of commands that may ask a chat model; their values have the names of the settings."""
    return reduce(lambda made, option: option(made), reversed(_MODEL), command)


def settings_of(**flags: Any) -> Settings:
    """The environment's settings, overridden by the flags that were given.

    Raises:
        click.UsageError: a value is wrong; the message names the setting.
    """
    from pydantic import ValidationError

    from pipeline.errors import WrongUsage
    from pipeline.prompt import check_variant
    from pipeline.settings import Settings

    try:
        settings = Settings(**{name: value for name, value in flags.items() if value is not None})
        check_variant(settings.prompt)
        return settings
    except WrongUsage as error:
        raise click.UsageError(str(error)) from None
    except UnicodeDecodeError:
        raise click.UsageError(".env is not UTF-8 text; save it again as such") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = f"CLAUSELINE_{'_'.join(str(part) for part in first['loc']).upper()}"
        raise click.UsageError(f"{name}: {first['msg']}") from None
