"""One question to a chat model, asked once: by the provider's own means where it has them, and whole where it was cut off."""

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from pipeline.generate.chat.messages import Mark, langchain_messages
from pipeline.generate.chat.replies import Said, said_in
from pipeline.generate.chat.structure import in_form
from pipeline.generate.chat.trouble import ContextTooLong, Feature, filtered, refused_feature, trouble_of
from schemas import Ask, Messages, Reply

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from pipeline.settings import Settings

CONTEXT = 32_000  # tokens a model is taken to read when it does not say
WARM = 0.7  # temperature of the samples after the first
_CONTINUATIONS = 3
_GO_ON = "Your answer was cut off. Go on exactly where it stops, with the very next character: repeat nothing, explain nothing."
_ALL: frozenset[Feature] = frozenset({"structure", "caching", "sampling"})


def provider_for(name: str, settings: "Settings") -> "Provider":
    """The provider of a PROVIDER:MODEL string, as the settings want it.

    Raises:
        BackendUnavailable: the provider is unknown, its package is not installed, or it is not configured.
    """
    from pipeline.generate.chat.models import chat_model

    model, whole = chat_model(name, settings), settings.context == "document"
    return Provider(model, name, shared=whole, seed=settings.seed, context_tokens=settings.context_tokens)


class Provider:
    """Asks one chat model; what it turns out not to know (structured output, cache marks, a temperature) is not tried again.

    Args:
        model: any LangChain chat model.
        name: what results name as their source, for example "openai:gpt-4o-mini".
        shared: whether many questions show the same "document" part. It is then marked for the provider's prompt cache, and
            answers are JSON in text: providers put schemas and tools before the messages, so that a question with another
            form would not find the document in the cache.
        seed: of the first sample; the others have the next ones.
        context_tokens: how much the model can be shown; None: as it says.
    """

    def __init__(
        self,
        model: "BaseChatModel",
        name: str,
        *,
        shared: bool = False,
        seed: int = 0,
        context_tokens: int | None = None,
    ) -> None:
        self._context = context_tokens
        self._model = model
        self._name = name
        self._seed = seed
        self._mark = _mark_of(model) if shared else ""
        self._in_text = shared and (bool(self._mark) or type(model).__module__.startswith("langchain_openai"))
        self._known = _ALL
        self._bound: dict[tuple[Any, ...], Any] = {}
        self._closing: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        return self._name

    @property
    def context_tokens(self) -> int:
        """How much the model can be shown, as far as it says."""
        if self._context:
            return self._context
        profile: Any = getattr(self._model, "profile", None) or {}
        return int(profile.get("max_input_tokens") or getattr(self._model, "num_ctx", None) or CONTEXT)

    @property
    def attachments(self) -> frozenset[str]:
        """Media types of documents that the model reads itself, as far as LangChain knows."""
        profile: Any = getattr(self._model, "profile", None) or {}
        return frozenset({"application/pdf"}) if profile.get("pdf_inputs") else frozenset()

    async def reply(self, ask: Ask) -> Reply:
        """The model's reply. A server that refuses a feature is asked without it; one cut off is asked to go on, at most
        three times.

        Raises:
            Throttled: the provider asks to wait.
            Transient: its server failed, or could not be reached.
            ContextTooLong: the question is longer than the model reads.
            BackendUnavailable: it refuses the account, the model name or the question.
        """
        begin = monotonic()
        self._closing = self._closing or asyncio.create_task(self._close_with_loop())
        said = await self._put(ask)
        if said.stopped == "length":
            said = await self._whole(ask, said)
        return said.reply(monotonic() - begin)

    async def _close_with_loop(self) -> None:
        """Waits until the loop cancels its tasks at its end, and closes the HTTP client that belongs to it."""
        try:
            await asyncio.Event().wait()
        finally:
            if (client := getattr(self._model, "http_async_client", None)) is not None:
                await client.aclose()

    async def _whole(self, ask: Ask, said: Said) -> Said:
        """A reply that was cut off, continued in plain text; asked again in text where nothing of it is left."""
        if not said.text:
            said = said.then(await self._put(ask, formed=False))
        for _ in range(_CONTINUATIONS):
            if said.stopped != "length" or not said.text or said.data is not None:
                break
            try:
                more = await self._put(ask, (("ai", said.text), ("human", _GO_ON)), formed=False)
            except ContextTooLong:
                break
            said = said.continued(more)
        return said

    async def _put(self, ask: Ask, more: Messages = (), *, formed: bool = True) -> Said:
        """One question, by all that the model is known to know."""
        while True:
            using = self._known if formed else self._known - {"structure"}
            try:
                return said_in(await self._asked(ask, using).ainvoke(self._messages(ask, more, using)))
            except Exception as error:
                if filtered(error):
                    return Said(stopped="filtered")
                feature = refused_feature(error)
                if feature is None or feature not in using:
                    raise trouble_of(self._name, error) from error
                self._known -= {feature}

    def _messages(self, ask: Ask, more: Messages, using: frozenset[Feature]) -> list[Any]:
        taken = ask.attachment is not None and ask.attachment.media_type in self.attachments
        mark = self._mark if "caching" in using else ""
        return langchain_messages((*ask.messages, *more), ask.attachment if taken else None, mark)

    def _asked(self, ask: Ask, using: frozenset[Feature]) -> Any:
        """The model as this question needs it; built once, for binding a schema is slow."""
        shown = self._in_text and any(role == "document" for role, _ in ask.messages)
        form = to_json(ask.wanted) if ask.wanted and "structure" in using and not shown else b""
        key = (ask.sample, "sampling" in using, form)
        if key not in self._bound:
            model = self._sampling(ask.sample, "sampling" in using)
            self._bound[key] = in_form(model, ask.wanted) if form else model
        return self._bound[key]

    def _sampling(self, sample: int, known: bool) -> "BaseChatModel":
        """The model for a sample: the first is as it was made, the others are warm and have seeds of their own."""
        if sample == 0 and known:
            return self._model
        names = type(self._model).model_fields
        changed: dict[str, Any] = {}
        if getattr(self._model, "temperature", None) is not None:
            changed["temperature"] = WARM if known else None
        if getattr(self._model, "seed", None) is not None:
            changed["seed"] = self._seed + sample if known else None
        return self._model.model_copy(update={name: value for name, value in changed.items() if name in names})


def _mark_of(model: "BaseChatModel") -> Mark:
    """How the end of what is to be kept is marked for this model, if it must be marked at all."""
    package = type(model).__module__.partition(".")[0]
    if package == "langchain_anthropic":
        return "anthropic"
    named = f"{getattr(model, 'base_model_id', '')} {getattr(model, 'model_id', '')}"
    keeps = (
        "amazon.nova" in named or ("anthropic.claude" in named and "claude-3-" not in named) or "claude-3-7" in named
    )
    return "bedrock" if package == "langchain_aws" and keeps else ""
