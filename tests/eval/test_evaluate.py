"""The harness over the samples: gold in both layouts, a report one can open."""

import json
from pathlib import Path

import pytest

from eval.evaluate import Evaluation, evaluate, part_of
from eval.floor import shortfalls
from eval.gold import GoldDocument, load_gold
from eval.report import summary, write_html, write_json, write_parquet
from pipeline import Settings
from pipeline.errors import WrongUsage
from tests.services.openai_server import openai_server
from tests.services.script import Question, Turn

SAMPLES = Path(__file__).parents[2] / "samples" / "leases"


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """The offline backend, twice, over one sample."""
    corpus = tmp_path_factory.mktemp("corpus")
    for suffix in (".pdf", ".gold.json"):
        (corpus / f"ohio{suffix}").write_bytes((SAMPLES / f"ohio{suffix}").read_bytes())
    return evaluate(corpus, ["offline", "offline"], Settings(ocr="off", workers=1))


def test_figures_of_two_backends_side_by_side(evaluation: Evaluation) -> None:
    figures = summary(evaluation)
    assert [run["doc_type_accuracy"] for run in figures["runs"]] == [1.0, 1.0]
    assert figures["runs"][0]["groups"]["lease_core17"]["f1"] > 0.5
    assert figures["differences"]["lease"] == pytest.approx(1.0)


def test_the_report_is_one_file_that_needs_nothing_else(evaluation: Evaluation, tmp_path: Path) -> None:
    write_html(evaluation, tmp_path / "report.html")
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert html.count("<svg") == 4
    assert "http" not in html.replace("http-equiv", "")
    assert "<mark>" in html or not any(j.verdict == "wrong" for j in evaluation.runs[0].judged)


def test_every_judged_field_as_json_and_parquet(evaluation: Evaluation, tmp_path: Path) -> None:
    import pandas

    write_json(evaluation, tmp_path / "e.json")
    write_parquet(evaluation, tmp_path / "e.parquet")
    judged = json.loads((tmp_path / "e.json").read_text())["runs"][0]["judged"]
    assert len(pandas.read_parquet(tmp_path / "e.parquet")) == 2 * len(judged)


def test_gold_is_read_from_a_folder_per_document_too(tmp_path: Path) -> None:
    folder = tmp_path / "leases" / "one"
    folder.mkdir(parents=True)
    (folder / "document.txt").write_text("LEASE")
    (folder / "gold.json").write_text('{"doc_type": "lease", "fields": {"state": null, "city": {"value": "Powell"}}}')
    (document,) = load_gold(tmp_path)
    assert (document.name, document.path.name) == ("leases/one", "document.txt")
    assert document.fields["state"] is None and document.fields["city"] is not None


@pytest.mark.parametrize("broken", ["", "{}", '{"doc_type": "lease", "fields": [1]}'])
def test_a_broken_label_file_is_named(tmp_path: Path, broken: str) -> None:
    (tmp_path / "a.txt").write_text("LEASE")
    (tmp_path / "a.gold.json").write_text(broken)
    with pytest.raises(ValueError, match=r"a\.gold\.json"):
        list(load_gold(tmp_path))


def test_a_part_is_taken_of_each_folder() -> None:
    names = ["leases/a", "leases/b", "leases/c", "protocols/a", "protocols/b", "protocols/c"]
    documents = [GoldDocument(name, Path(name), "lease", {}) for name in names]
    assert [d.name for d in part_of(documents, (2, 3))] == ["leases/c", "protocols/c"]
    assert part_of(documents, None) == tuple(documents)


def test_the_floor_names_what_fell() -> None:
    assert shortfalls({"lease": {"f1": 0.80}}, {"lease.f1": 0.805}) == []
    assert shortfalls({"lease": {"f1": 0.70}}, {"lease.f1": 0.80}) == ["lease.f1 fell to 0.700 from 0.800"]


def answered(question: Question) -> Turn:
    """A model that knows Ohio, and the rent only from examples."""
    said = {"value": "Ohio", "quote": "Ohio", "passage": 1, "confidence": 0.9}
    nothing = {"value": None, "quote": None, "passage": None, "confidence": 0.9}
    fields = question.schema["properties"] if question.schema else {}
    rent = {"value": 1450, "quote": "$1,450.00", "passage": 1, "confidence": 0.9}
    known = {"state": said} | ({"rent_amount": rent} if "<example>" in question.text else {})
    return Turn(json.dumps({name: known.get(name, nothing) for name in fields}))


@pytest.mark.slow
def test_prompts_are_compared_like_backends_with_what_they_cost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for suffix in (".pdf", ".gold.json"):
        (tmp_path / f"ohio{suffix}").write_bytes((SAMPLES / f"ohio{suffix}").read_bytes())
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    with openai_server(answered) as server:
        settings = Settings(
            base_url=f"{server.url}/v1", reply_cache=False, second_opinion=False, workers=1, boxes=False
        )
        compared = evaluate(tmp_path, ["openai:m"], settings, prompts=["zero-shot", "few-shot"])
    write_html(compared, tmp_path / "report.html")
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    plain, shown = summary(compared)["runs"]
    assert (plain["name"], shown["name"]) == ("openai:m, zero-shot", "openai:m, few-shot")
    assert "openai:m, few-shot: F1" in html and str(shown["usage"]["input_tokens"]) in html
    assert shown["usage"]["input_tokens"] > plain["usage"]["input_tokens"] > 0
    assert (plain["fields"]["rent_amount"]["f1"], shown["fields"]["rent_amount"]["f1"]) == (0.0, 1.0)


def test_offline_is_run_once_whatever_the_prompts_and_an_unknown_one_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("LEASE. Rent: $950 a month.")
    (tmp_path / "a.gold.json").write_text('{"doc_type": "lease", "fields": {"rent_amount": {"value": 950}}}')
    settings = Settings(workers=1)
    runs = evaluate(tmp_path, ["offline"], settings, prompts=["zero-shot", "few-shot"]).runs
    assert [run.name for run in runs] == ["offline"]
    with pytest.raises(WrongUsage, match="there are: few-shot, zero-shot"):
        evaluate(tmp_path, ["offline"], settings, prompts=["zero-shot", "no-such"])
