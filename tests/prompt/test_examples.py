"""Few-shot examples are like the question, never from the document in question, within their budget, and true to their source."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.gold import load_gold
from pipeline import Pipeline, Settings
from pipeline.prompt import render
from pipeline.prompt.examples import Example, examples_for, shipped
from schemas import Document, Passage, analysis_for

LEASE = analysis_for("lease")
SAMPLES = Path("samples")
RENT = next(group for group in LEASE.groups if group.name == "rent")


@pytest.fixture(scope="module")
def ohio() -> Document:
    return Pipeline(Settings(ocr="off")).read(SAMPLES / "leases/ohio.pdf")


def whole(document: Document) -> Passage:
    return Passage(1, document.text, 0, len(document.text), 1)


def sources(document: Document, shown: Passage | None = None) -> set[str]:
    asked = (shown or whole(document),)
    return {
        e.source for g in LEASE.groups for e in examples_for("lease", g, asked, document, count=40, budget_tokens=10**6)
    }


def test_the_document_itself_gives_no_example(ohio: Document) -> None:
    assert "ohio.pdf" in sources(replace(ohio, sha256="", text="nothing"), whole(ohio))
    assert "ohio.pdf" not in sources(replace(ohio, text="nothing"), whole(ohio))


def test_a_copy_of_it_in_other_bytes_gives_none_either(ohio: Document) -> None:
    respaced = " ".join(ohio.text.split()).replace("l", "1", 40).upper()
    assert "ohio.pdf" not in sources(replace(ohio, sha256="0" * 64, text=respaced))
    assert len(sources(replace(ohio, sha256="0" * 64, text=respaced))) > 20


def test_the_likest_come_last() -> None:
    hawaii = Passage(1, "General excise tax (4.712%) on the rent; rent with tax, application date, move-in", 0, 80, 1)
    assert examples_for("lease", RENT, (hawaii,))[-1].source == "hawaii-condominium.pdf"


def test_they_keep_to_their_number_and_budget(ohio: Document) -> None:
    found = examples_for("lease", RENT, (whole(ohio),), ohio, count=5, budget_tokens=700)
    assert 1 <= len(found) < 5 and sum(len(e.text) for e in found) <= 4 * 700


def test_only_the_fields_that_are_asked_for_are_answered() -> None:
    one = RENT.model_copy(update={"fields": ("late_fee",)})
    assert [list(e.answer) for e in examples_for("lease", one, ())] == [["late_fee"], ["late_fee"]]


@pytest.mark.parametrize("kind", ["lease", "protocol"])
def test_their_quotes_stand_in_their_excerpts(kind: str) -> None:
    for example in shipped(kind):
        texts = {p.number: p.text for p in example.passages}
        for answer in example.answer.values():
            quotes = answer["quote"] if isinstance(answer["quote"], list) else [answer["quote"]]
            assert answer["value"] is None or all(any(q in text for text in texts.values()) for q in quotes)
            assert answer["value"] is None or answer["passage"] in texts


def test_they_say_what_the_labels_say() -> None:
    labels = {g.path.name: g for folder in ("gold", "leases") for g in load_gold(SAMPLES / folder)}
    for example in shipped("lease"):
        gold = labels[example.source].fields
        assert {n: a["value"] for n, a in example.answer.items()} == {
            n: label.value if (label := gold[n]) else None for n in example.answer
        }


def test_every_example_is_of_our_own_samples() -> None:
    ours = {p.name for folder in ("gold", "leases", "protocols") for p in (SAMPLES / folder).iterdir()}
    examples: list[Example] = [e for kind in ("lease", "protocol") for e in shipped(kind)]
    assert examples and {e.source for e in examples} <= ours


def test_a_few_shot_prompt_shows_them_after_the_document_and_a_zero_shot_one_does_not(ohio: Document) -> None:
    system, shown, asked = render("extract", LEASE, RENT, (whole(ohio),), variant="few-shot", document=ohio)
    assert asked[1].count("<example>") == 2 and "<example>" not in system[1] + shown[1]
    assert "<example>" not in render("extract", LEASE, RENT, (whole(ohio),), document=ohio)[2][1]
