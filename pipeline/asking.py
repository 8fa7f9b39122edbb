"""Clauses that the cues of the knowledge base do not settle, put to a language model: what it says, with its evidence looked up."""

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import get_args

from pipeline.errors import ClauselineError, told
from pipeline.generate import Backend, Grounder
from pipeline.prompt import render, wanted_schema
from pipeline.retrieve import Searcher, chunk
from pipeline.validate import Opinion
from schemas import Answer, CheckResult, DocType, Document, StageError, Task, analysis_for

_SHOWN = 6  # passages that a question is shown


@dataclass
class ClauseAsker:
    """Asks a backend that reads messages whether a document has a clause; what was asked and spent is kept.

    Args:
        backend: any that reads messages.
        document: what is asked about.
        doc_type: its type.
    """

    backend: Backend
    document: Document
    doc_type: DocType
    answers: list[Answer] = field(default_factory=list)
    errors: list[StageError] = field(default_factory=list)

    @cached_property
    def _searcher(self) -> Searcher:
        return Searcher.by_words_and_meaning(chunk(self.document))

    def __call__(self, question: str, query: str) -> Opinion | None:
        """What the backend says; None where it gives no usable answer. After an error it is not asked again.

        Args:
            question: what is required, in plain words.
            query: words by which the passages are found.
        """
        if self.errors:
            return None
        analysis = analysis_for(self.doc_type)
        passages = tuple(self._searcher.search(query, _SHOWN))
        task = Task(
            "check_clause", self.doc_type, self.document, passages, None, question,
            wanted=wanted_schema("check_clause", analysis.model, None),
            render=partial(render, "check_clause", analysis, passages=passages, question=question),
        )  # fmt: skip
        try:
            answer = self.backend.answer(task)
        except ClauselineError as error:
            self.errors.append(told(error, "validate"))
            return None
        self.answers.append(answer)
        said, why = answer.fields.get("result"), answer.fields.get("explanation")
        if said is None or said.value not in get_args(CheckResult):
            return None
        grounder = Grounder(self.document, passages)
        evidence = tuple(e for quote in said.quotes if (e := grounder.ground(quote)))
        return Opinion(said.value, said.confidence, evidence, str(why.value or "") if why else "")
