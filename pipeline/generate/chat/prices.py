"""What models cost: a table as data, each price with its source and the day it was looked up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from pipeline.errors import WrongUsage

_MILLION = 1_000_000


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Price(BaseModel):
    """The price of some models from a day on.

    Attributes:
        models: patterns (* ?) of PROVIDER:MODEL.
        input, output: US dollars for a million tokens; for `cached` ones of the input, those of `input` if not given.
        over: only for questions of more than so many tokens.
        since: the day it came into force, as far as known.
        source: the page that says so; `looked_up` on that day, `confirmed` if it is the provider's own or was read from it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    models: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(min_length=1)
    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached: float | None = Field(None, ge=0)
    over: int = Field(0, ge=0)
    since: date = date.min
    source: str = ""
    looked_up: date | None = None
    confirmed: bool = True

    def cost(self, input_tokens: int, output_tokens: int, cached_tokens: int = 0) -> float:
        """US dollars; `cached_tokens` of the input were read from the provider's prompt cache.

        >>> Price(models="a:b", input=2, cached=0.5, output=10).cost(1_000_000, 100_000, cached_tokens=500_000)
        2.25
        """
        cached = self.input if self.cached is None else self.cached
        fresh = max(0, input_tokens - cached_tokens)
        return (fresh * self.input + cached_tokens * cached + output_tokens * self.output) / _MILLION


FREE = Price(models="*", input=0, output=0)


@dataclass(frozen=True, slots=True)
class Prices:
    """A price table: a user's own rows come before the shipped ones, a longer pattern before a shorter one, then the newest."""

    own: tuple[Price, ...] = ()
    shipped: tuple[Price, ...] = ()

    def of(self, model: str, input_tokens: int = 0, day: date | None = None) -> Price | None:
        """The price of a question to a model on a day (today); None if it is not known.

        >>> shipped_prices().of("openai:gpt-4o-mini", day=date(2026, 11, 27)).output
        0.6
        """
        today = day or date.today()
        for rows in (self.own, self.shipped):
            found = [(len(p), row) for row in rows for p in row.models if fnmatchcase(model, p) and row.since <= today]
            longest = max((length for length, _ in found), default=0)
            fitting = [row for length, row in found if length == longest and input_tokens >= row.over + bool(row.over)]
            if fitting:
                return max(fitting, key=lambda row: (row.over, row.since))
        return None


@cache
def shipped_prices() -> Prices:
    """The table that comes with Clauseline."""
    text = (files("pipeline.generate") / "prices.yaml").read_text(encoding="utf-8")
    return Prices(shipped=tuple(_rows(text)))


def prices_with(own: Path | None = None) -> Prices:
    """The shipped table, over it a user's own file of the same form.

    Raises:
        WrongUsage: the file can't be read, or is not of that form.
    """
    if own is None:
        return shipped_prices()
    try:
        rows = tuple(_rows(own.read_text(encoding="utf-8")))
    except OSError as error:
        raise WrongUsage(f"the price table {own} can't be read: {error.strerror}; check CLAUSELINE_PRICES") from None
    except (yaml.YAMLError, ValidationError, ValueError, TypeError) as error:
        first = " ".join(str(error).split())[:160]
        raise WrongUsage(
            f"the price table {own} is not of the form of pipeline/generate/prices.yaml: {first}"
        ) from None
    return Prices(rows, shipped_prices().shipped)


def _rows(text: str) -> Iterable[Price]:
    """The rows of a file: pages, each with the prices found there, or plain rows."""
    for part in TypeAdapter(list[dict[str, object]]).validate_python(yaml.safe_load(text) or []):
        page = {name: value for name, value in part.items() if name != "prices"}
        listed = part.get("prices", [{}])
        for row in TypeAdapter(list[dict[str, object]]).validate_python(listed):
            yield Price.model_validate(page | row)


def is_local(base_url: str | None) -> bool:
    """Whether a server is one's own, so that its models cost nothing: this machine, or one in the private network.

    >>> is_local("http://127.0.0.1:8080/v1"), is_local("http://vllm:8000/v1"), is_local("https://api.openai.com/v1")
    (True, True, False)
    """
    host = urlsplit(base_url or "").hostname or ""
    try:
        return ip_address(host).is_private
    except ValueError:
        return bool(host) and ("." not in host or host.endswith((".local", ".internal")))
