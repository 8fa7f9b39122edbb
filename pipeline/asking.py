"""Clauses that the cues of the knowledge base do not settle, put to a language model: what it says, with its evidence looked up."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import get_args

from pipeline.extraction import Reader
from pipeline.generate import Grounder, QuoteIndex
from pipeline.prompt import render, wanted_schema
from pipeline.turns import side_by_side
from pipeline.validate import Opinion, Question
from schemas import Analysis, Answer, CheckResult, Passage, Task

_SHOWN = 6  # passages that a question is shown


@dataclass(frozen=True)
class ClauseAsker:
    """Asks a backend that reads messages whether a document has clauses; what is spent and what fails is put to the account.

    Args:
        reader: of the document.
        analysis: of its type.
    """

    reader: Reader
    analysis: Analysis

    def __call__(self, questions: Sequence[Question]) -> list[Opinion | None]:
        """What the backend says of each question, all asked at once; None where it gives no usable answer.

        Args:
            questions: what is required, in plain words, and words by which the passages are found.

        Raises:
            RunStopped: the backend can't be asked any more now.
        """
        distinct = list(dict.fromkeys(questions))
        shown = [tuple(self.reader.searcher.search(query, _SHOWN)) for _, query in distinct]
        tasks = [self._task(question, passages) for (question, _), passages in zip(distinct, shown, strict=True)]
        outcomes = side_by_side([partial(self.reader.backend.answer, task) for task in tasks])
        said: dict[Question, Opinion | None] = {}
        index = QuoteIndex.of(self.reader.document)
        for question, passages, outcome in zip(distinct, shown, outcomes, strict=True):
            if isinstance(outcome, Answer):
                self.reader.account.spend("validate", outcome)
                said[question] = self._opinion(outcome, Grounder(self.reader.document, passages, index))
        failed = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        for error in {str(error): error for error in failed}.values():  # one trouble of many questions is told once
            with self.reader.account.tolerating("validate"):
                raise error
        return [said.get(question) for question in questions]

    def _task(self, question: str, passages: tuple[Passage, ...]) -> Task:
        return Task(
            "check_clause", self.analysis.doc_type, self.reader.document, passages, None, question,
            wanted=wanted_schema("check_clause", self.analysis.model, None),
            render=partial(render, "check_clause", self.analysis, group=None, passages=passages, question=question),
        )  # fmt: skip

    @staticmethod
    def _opinion(answer: Answer, grounder: Grounder) -> Opinion | None:
        said, why = answer.fields.get("result"), answer.fields.get("explanation")
        if said is None or said.value not in get_args(CheckResult):
            return None
        evidence = tuple(e for quote in said.quotes if (e := grounder.ground(quote)))
        return Opinion(said.value, said.confidence, evidence, str(why.value or "") if why else "")
