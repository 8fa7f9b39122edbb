"""PROVIDER:MODEL and the settings -> the gateway to that model: its provider, limits, prices, budget, and kept replies."""

import json
import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.generate.chat.desk import Patience
from pipeline.generate.chat.gateway import Gateway
from pipeline.generate.chat.limits import Limits
from pipeline.generate.chat.prices import FREE, Price, is_local, prices_with
from pipeline.generate.chat.provider import provider_for
from pipeline.stores import open_stores
from schemas import Reply

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.stores.protocols import Stores

_SERVERS = {
    "openai": ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
    "ollama": ("OLLAMA_HOST",),
    "anthropic": ("ANTHROPIC_BASE_URL",),
}
_CHANGE_ANSWERS = ("seed", "context", "answer_tokens", "guardrail_id", "guardrail_version")


def gateway_for(name: str, settings: "Settings") -> Gateway:
    """The gateway to a model; close it when the run is done.

    Raises:
        BackendUnavailable: the provider is unknown, its package is not installed, or it is not configured.
        WrongUsage: there is a budget, but the model's price is not known; or the user's price table can't be read.
    """
    server = _server(name, settings)
    identity = {"model": name, "server": server, **{knob: getattr(settings, knob) for knob in _CHANGE_ANSWERS}}
    kept = _Later(settings.database) if settings.reply_cache else None
    return Gateway(
        provider_for(name, settings),
        limits=Limits(settings.max_concurrency, settings.requests_per_minute, settings.tokens_per_minute),
        patience=Patience(down=settings.provider_patience),
        prices=prices_with(settings.prices),
        price=_own(name, server),
        max_cost=settings.max_cost,
        kept=kept,
        at_close=kept.close if kept else None,
        identity=json.dumps(identity, sort_keys=True),
    )


def _server(name: str, settings: "Settings") -> str:
    """Where the model is asked, if it is not the provider's own server."""
    variables = _SERVERS.get(name.partition(":")[0], ())
    return settings.base_url or next((url for v in variables if (url := os.environ.get(v))), "")


def _own(name: str, server: str) -> Price | None:
    """The price of a model on a server of one's own: none."""
    return FREE if is_local(server) or (name.startswith("ollama:") and not server) else None


@dataclass
class _Later:
    """Kept replies in a database that is opened at the first question."""

    url: str

    def get(self, key: str) -> Reply | None:
        return self._stores.replies.get(key)

    def put(self, key: str, model: str, reply: Reply) -> None:
        self._stores.replies.put(key, model, reply)

    def close(self) -> None:
        if "_stores" in self.__dict__:
            self._stores.close()

    @cached_property
    def _stores(self) -> "Stores":
        return open_stores(self.url)
