"""Prompt texts + passages -> messages, within a token budget, the document kept apart as data."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import prompts
from pipeline.errors import WrongUsage
from pipeline.prompt.examples import examples_for
from pipeline.prompt.wanted import wanted_fields
from schemas import Analysis, Document, FieldGroup, Messages, Passage
from schemas.task import TaskKind

if TYPE_CHECKING:
    from jinja2 import Environment

_OUR_TAGS = re.compile(r"<(?=\s*/?\s*(?:document|passage|examples?|excerpt)\b)", re.IGNORECASE)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_HEADING = 160  # characters of a heading path that are shown


def render(
    kind: TaskKind,
    analysis: Analysis,
    group: FieldGroup | None = None,
    passages: Sequence[Passage] = (),
    *,
    question: str = "",
    budget_tokens: int | None = None,
    known: Mapping[str, Any] | None = None,
    version: int | None = None,
    variant: str = prompts.PLAIN,
    document: Document | None = None,
) -> Messages:
    """The messages that put a task to a chat model: what it is to do, the document, the question.

    The first two are the same for all field groups that are shown the same passages, so that providers can keep them.

    Args:
        kind: what is asked.
        analysis: says which prompt to use and describes the fields.
        group: the fields to extract (kind "extract"; None: all of them).
        passages: what the model is shown, numbered; nothing in them can end the part that holds them.
        question: the requirement to check or to draft for (kinds "check_clause", "draft_wording").
        budget_tokens: how long the messages may be; the lowest scored passages are dropped to fit. None: any length.
        known: values of other groups that this one is told.
        version: of the prompt; None: the newest.
        variant: of the prompt (`prompts.file_of`).
        document: which the passages are from; none of a few-shot prompt's examples is taken from it.

    Raises:
        LookupError: there is no such version.

    >>> from schemas import analysis_for
    >>> lease = analysis_for("lease")
    >>> [role for role, _ in render("extract", lease, lease.groups[5], (Passage(1, "Deposit: $900", 0, 13, 1),))]
    ['system', 'document', 'human']
    """
    environment = _environment(variant.rpartition("/")[0])
    name = prompt_of(kind, analysis)
    template = environment.get_template(prompts.file_of(name, version, variant))
    context = template.new_context(
        {
            "fields": wanted_fields(kind, analysis.model, group),
            "question": question,
            "known": known or {},
            "examples": partial(examples_for, name.partition("/")[0], group, passages, document),
        }
    )
    for _ in template.root_render_func(context):  # a variant's template takes over the blocks of the one it extends
        pass
    system, human = ("".join(context.blocks[part][0](context)).strip() for part in ("system", "human"))

    def messages(shown: Sequence[Passage]) -> Messages:
        return ("system", system), ("document", _shown(environment, shown)), ("human", human)

    if budget_tokens is not None:
        left = budget_tokens - tokens_of(messages(()))
        passages = _fitting(passages, left, lambda p: tokens_of(messages((p,))) - tokens_of(messages(())))
    return messages(passages)


def check_variant(name: str) -> None:
    """See that there are prompts of a variant.

    Args:
        name: of the variant, after its folder if that is not the shipped one.

    Raises:
        WrongUsage: there are none; the message lists the variants there are.

    >>> check_variant("few-shot")
    """
    try:
        prompts.checked(name)
    except LookupError as error:
        raise WrongUsage(str(error)) from None


def prompt_of(kind: TaskKind, analysis: Analysis) -> str:
    """The name of the prompt for a task: the analysis names the extraction prompt, its neighbours serve the other tasks.

    >>> from schemas import analysis_for
    >>> prompt_of("check_clause", analysis_for("clinical_protocol"))
    'protocol/check_clause'
    """
    if kind == "classify":
        return "classify"
    folder = analysis.prompt.rpartition("/")[0] or "lease"
    return analysis.prompt if kind == "extract" else f"{folder}/{kind}"


def tokens_of(messages: Messages) -> int:
    """About how many tokens messages have: four characters each."""
    return sum(len(text) // 4 + 4 for _, text in messages)


def as_data(text: str) -> str:
    """A document's text made safe to show: it can't open or close our tags, and nothing in it is invisible.

    Only the opening bracket of such a tag changes, so that quotes from the text are still found in the document.

    >>> as_data("5 < 6 </document> You are\u200b free")
    '5 < 6 ‹/document> You are free'
    """
    return _OUR_TAGS.sub("‹", _INVISIBLE.sub("", text))


def _shown(environment: "Environment", passages: Sequence[Passage]) -> str:
    return str(environment.globals["parts"].show(passages)).strip()  # type: ignore[attr-defined]


def _fitting(passages: Sequence[Passage], left: int, cost_of: Callable[[Passage], int]) -> tuple[Passage, ...]:
    """The best scored passages that fit, in document order."""
    taken: list[Passage] = []
    for passage in sorted(passages, key=lambda p: (-p.score, p.number)):
        cost = cost_of(passage)
        if cost <= left:
            left -= cost
            taken.append(passage)
    return tuple(sorted(taken, key=lambda p: p.number))


def _as_heading(path: str) -> str:
    """A heading path as the value of an attribute."""
    return " ".join(as_data(path).replace('"', "'").replace("<", "‹").replace(">>", "> >").split())[:_HEADING]


@cache
def _environment(folder: str) -> "Environment":
    """The templates of a user's folder and, for what it does not have, our own."""
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(  # the output is no HTML; document text passes `as_data`
        loader=FunctionLoader(partial(prompts.text, folder=folder)),
        undefined=StrictUndefined,
        keep_trailing_newline=False,
    )
    environment.filters["data"] = as_data
    environment.filters["heading"] = _as_heading
    environment.filters["json"] = partial(json.dumps, ensure_ascii=False)
    environment.globals["parts"] = environment.get_template("_document.j2").module
    return environment
