"""Prompt texts + passages -> messages, within a token budget, the document kept apart as data."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import prompts
from pipeline.prompt.wanted import wanted_fields
from schemas import Analysis, FieldGroup, Messages, Passage
from schemas.task import TaskKind

if TYPE_CHECKING:
    from jinja2 import Environment

_OUR_TAGS = re.compile(r"<(?=\s*/?\s*(?:document|passage)\b)", re.IGNORECASE)
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
) -> Messages:
    """The messages that put a task to a chat model.

    Args:
        kind: what is asked.
        analysis: says which prompt to use and describes the fields.
        group: the fields to extract (kind "extract"; None: all of them).
        passages: what the model is shown, numbered; nothing in them can end the part that holds them.
        question: the requirement to check or to draft for (kinds "check_clause", "draft_wording").
        budget_tokens: how long the messages may be; the lowest scored passages are dropped to fit. None: any length.
        known: values of other groups that this one is told.
        version: of the prompt; None: the newest.

    >>> from schemas import analysis_for
    >>> lease = analysis_for("lease")
    >>> [role for role, _ in render("extract", lease, lease.groups[5], (Passage(1, "Deposit: $900", 0, 13, 1),))]
    ['system', 'human']
    """
    template = _environment().get_template(prompts.file_of(prompt_of(kind, analysis), version))
    values = {
        "fields": wanted_fields(kind, analysis.model, group),
        "question": question,
        "known": known or {},
    }

    def messages(shown: Sequence[Passage]) -> Messages:
        context = template.new_context({**values, "passages": shown})
        system, human = ("".join(template.blocks[name](context)).strip() for name in ("system", "human"))
        return ("system", system), ("human", human)

    if budget_tokens is not None:
        left = budget_tokens - tokens_of(messages(()))
        passages = _fitting(passages, left, lambda p: tokens_of(messages((p,))) - tokens_of(messages(())))
    return messages(passages)


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
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(  # noqa: S701 - the output is no HTML; document text passes `as_data`
        loader=FunctionLoader(prompts.text), undefined=StrictUndefined, keep_trailing_newline=False
    )
    environment.filters["data"] = as_data
    environment.filters["heading"] = _as_heading
    environment.globals["parts"] = environment.get_template("_document.j2").module
    return environment
