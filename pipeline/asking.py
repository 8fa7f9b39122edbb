"""Clauses that the cues of the knowledge base do not settle, put to a language model: what it says, with its evidence looked up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import get_args

from pipeline.extraction import Reader
from pipeline.generate import Grounder
from pipeline.prompt import render, wanted_schema
from pipeline.turns import side_by_side
from pipeline.validate import Opinion
from schemas import Analysis, Answer, CheckResult, Passage, Task, ValidationReport

_SHOWN = 6  # passages that a question is shown

Ask = Callable[[str, str], Opinion | None]


@dataclass
class ClauseAsker:
    """Asks a backend that reads messages whether a document has clauses; what is spent and what fails is put to the account.

    The clauses a validation wants to ask about are found by a first round of it, then asked all at once, and judged in a
    second round: that takes as long as one question, not as long as their sum.

    Args:
        reader: of the document.
        analysis: of its type.
    """

    reader: Reader
    analysis: Analysis
    _questions: dict[tuple[str, str], Opinion | None] = field(default_factory=dict)

    def judged(self, validate: Callable[[Ask], ValidationReport | None]) -> ValidationReport | None:
        """The report of a validation that may ask.

        Args:
            validate: makes the report; asks with what is required, in plain words, and words by which passages are found.

        Raises:
            RunStopped: the backend can't be asked any more now.
        """
        report = validate(self._noted)
        if not self._questions:
            return report
        self._ask_all()
        return validate(lambda question, query: self._questions.get((question, query)))

    def _noted(self, question: str, query: str) -> None:
        self._questions[question, query] = None

    def _ask_all(self) -> None:
        """Put the questions and keep what is said; where one can't be answered, the cues' finding stands."""
        shown = {key: tuple(self.reader.searcher.search(key[1], _SHOWN)) for key in self._questions}
        tasks = {key: self._task(key[0], passages) for key, passages in shown.items()}
        outcomes = side_by_side([partial(self.reader.backend.answer, task) for task in tasks.values()])
        account = self.reader.account
        for key, outcome in zip(tasks, outcomes, strict=True):
            if isinstance(outcome, Answer):
                account.spend("validate", outcome)
                self._questions[key] = self._opinion(outcome, shown[key])
        failed = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        for error in {str(error): error for error in failed}.values():  # one trouble of many questions is told once
            with account.tolerating("validate"):
                raise error

    def _task(self, question: str, passages: tuple[Passage, ...]) -> Task:
        return Task(
            "check_clause", self.analysis.doc_type, self.reader.document, passages, None, question,
            wanted=wanted_schema("check_clause", self.analysis.model, None),
            render=partial(render, "check_clause", self.analysis, group=None, passages=passages, question=question),
        )  # fmt: skip

    def _opinion(self, answer: Answer, passages: tuple[Passage, ...]) -> Opinion | None:
        said, why = answer.fields.get("result"), answer.fields.get("explanation")
        if said is None or said.value not in get_args(CheckResult):
            return None
        grounder = Grounder(self.reader.document, passages)
        evidence = tuple(e for quote in said.quotes if (e := grounder.ground(quote)))
        return Opinion(said.value, said.confidence, evidence, str(why.value or "") if why else "")
