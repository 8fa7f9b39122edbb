"""Clauses read by a language model: a scripted chat model behind the real backend, prompt and command code."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.drafting import drafted
from pipeline.errors import BackendUnavailable
from pipeline.generate.chat import ChatBackend
from pipeline.knowledge.building import Draft
from pipeline.settings import Settings
from schemas import Ask, ClauseRequired, Requirement
from tests.generate.chat.scripted import ScriptedClient

LEASE = """MODEL RESIDENTIAL LEASE

This Residential Lease Agreement is made between ____________ ("Landlord") and ____________ ("Tenant") for a dwelling in Ohio.

1. Rent

Tenant shall pay rent of $________ per month to Landlord on or before the ____ day of each month.

2. Quiet Hours

Residents keep quiet between ten in the evening and seven in the morning, and within ten (10) days of a complaint answer it.

3. Keys

Tenant receives two keys to the dwelling and gives them back at the end of the lease term.
"""
GOOD = {
    "kind": "term", "name": "Quiet at night", "condition": "The lease asks for quiet at night.", "citation": None,
    "must_say": ["quiet|silence|noise", "evening|night"], "number": 10, "unit": "days", "bound": "at most",
}  # fmt: skip


def answering(answers: dict[str, Any]) -> ScriptedClient:
    """A model that answers about the clause it is shown: the value of each field, or a text as it stands."""

    def answer(ask: Ask) -> Any:
        shown = " ".join(text for role, text in ask.messages if role in {"document", "human"})
        said = next((answer for words, answer in answers.items() if words in shown), {"kind": "none"})
        if not isinstance(said, dict):
            return said
        return {name: {"value": said.get(name), "quote": None, "passage": None, "confidence": 1} for name in GOOD}

    return ScriptedClient(answer)


def build(tmp_path: Path, answers: dict[str, Any]) -> tuple[Draft, ScriptedClient]:
    path = tmp_path / "model-lease.txt"
    path.write_text(LEASE, encoding="utf-8")
    client = answering(answers)
    return drafted(path, Settings(boxes=False), ChatBackend(client), "US-OH", None), client


def of(draft: Draft, name: str) -> Requirement | None:
    return next((r for r in draft.requirements if r.name == name), None)


def test_a_good_answer_becomes_the_requirement(tmp_path: Path) -> None:
    draft, model = build(tmp_path, {"Residents keep quiet": GOOD})
    quiet = of(draft, "Quiet at night")
    assert quiet and quiet.draft and quiet.kind == "term" and quiet.condition == "The lease asks for quiet at night."
    assert isinstance(quiet.check, ClauseRequired) and quiet.check.number and quiet.check.number.const == 10
    assert quiet.check.all_of == (("quiet", "silence", "noise"), ("evening", "night"))
    assert of(draft, "Keys") is None, "the model says it asks nothing"
    shown = " ".join(text for _, text in model.asked[0].messages)
    assert "must_say" in shown and "<passage" in shown


@pytest.mark.parametrize("wrong, why", [
    ({"must_say": ["swimming pool", "lifeguard"]}, "does not hold of the clause"),
    ({"must_say": []}, "there are none"),
    ({"must_say": ["(quiet)+*"]}, "can't be looked for"),
    ({"number": 24}, "does not stand in the clause"),
    ({"kind": None}, "what kind of clause"),
    ({"name": None}, "no name"),
])  # fmt: skip
def test_a_bad_answer_falls_back_to_structure_with_one_line(tmp_path: Path, wrong: dict[str, Any], why: str) -> None:
    draft, _ = build(tmp_path, {"Residents keep quiet": GOOD | wrong})
    said = [remark for remark in draft.remarks if remark.startswith("Quiet Hours")]
    assert len(said) == 1 and why in said[0] and "drafted by its structure" in said[0] and "\n" not in said[0]
    assert of(draft, "Quiet Hours") is not None and of(draft, "Quiet at night") is None


def test_an_answer_that_is_no_json_falls_back_too(tmp_path: Path) -> None:
    draft, _ = build(tmp_path, {"Residents keep quiet": "I would rather not."})
    assert any("no usable answer" in remark for remark in draft.remarks) and of(draft, "Quiet Hours")


def test_a_citation_that_is_not_in_the_clause_is_not_believed(tmp_path: Path) -> None:
    draft, _ = build(tmp_path, {"Residents keep quiet": GOOD | {"citation": "Ohio Rev. Code § 9999.99"}})
    quiet = of(draft, "Quiet at night")
    assert quiet and quiet.citation == "Model Residential Lease, section 2"


def test_a_model_that_does_not_answer_at_all_is_said_and_nothing_is_drafted(tmp_path: Path) -> None:
    with pytest.raises(BackendUnavailable):
        build(tmp_path, {"Residents keep quiet": BackendUnavailable("refused")})
