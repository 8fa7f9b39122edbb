"""The sample templates from end to end: built, accepted, and leases made from them checked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import Pipeline
from pipeline.cli import main
from pipeline.knowledge import OwnPacks
from pipeline.settings import Settings
from pipeline.stores import kept_packs
from schemas import Pack, Requirement, RequirementResult

TEMPLATES = {
    path.name.removesuffix(path.suffix).removesuffix("-standard-lease"): path
    for path in sorted((Path(__file__).parents[3] / "samples" / "templates").iterdir())
    if path.suffix in (".pdf", ".docx")
}
CODES = {
    "ohio": "US-OH", "california": "US-CA", "texas": "US-TX", "florida": "US-FL", "new-york": "US-NY",
    "pennsylvania": "US-PA", "washington": "US-WA", "illinois": "US-IL",
}  # fmt: skip
LEFT_OUT = {
    "ohio": "Fair Housing", "california": "Pets", "texas": "FORWARDING ADDRESS", "florida": "Upkeep by Tenant",
    "new-york": "Subletting", "pennsylvania": "Belongings Left", "washington": "Duties of Tenant", "illinois": "Right to Repair",
}  # fmt: skip
OPEN = ("violated", "missing", "incomplete", "unclear")
every_state = pytest.mark.parametrize("state", CODES)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A database in which every template was built and accepted, and what `kb build` said of each."""
    url = f"sqlite:///{tmp_path_factory.mktemp('kb')}/own.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAUSELINE_DATABASE", url)
        said = {state: _run("build", str(path)) for state, path in TEMPLATES.items()}
        for code in CODES.values():
            _run("accept", code)
        yield url, said


@pytest.fixture(scope="module")
def pipeline(built: tuple[str, dict[str, str]]) -> Pipeline:
    return Pipeline(Settings(boxes=False, database=built[0]))


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["kb", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def _pack(url: str, state: str) -> Pack:
    return next(pack for pack in kept_packs(url) if pack.jurisdiction == CODES[state])


def _own(pipeline: Pipeline, lease: Path) -> list[RequirementResult]:
    report = pipeline.run(lease).validation
    assert report is not None
    return [r for r in report.requirements if "_standard_" in r.id]


def test_there_are_templates_of_eight_states_in_pdf_and_word() -> None:
    assert set(TEMPLATES) == set(CODES)
    assert {path.suffix for path in TEMPLATES.values()} == {".pdf", ".docx"}


@every_state
def test_a_template_gives_laws_terms_and_the_parts_of_the_form(built: tuple[str, dict[str, str]], state: str) -> None:
    own = _pack(built[0], state).requirements
    assert {r.kind for r in own} == {"law", "term", "structure"} and 8 <= len(own) <= 30
    assert all(r.template and r.template.file == TEMPLATES[state].name and r.template.page >= 1 for r in own)
    assert all(r.citation and r.condition and r.recommendation for r in own)
    assert not any(r.draft or r.confidence == "low" for r in own), "accepted is confirmed"
    parts = next(r for r in own if r.kind == "structure")
    assert len(parts.condition.split("; ")) >= 18


@every_state
def test_what_the_law_asks_already_is_left_out_and_said(built: tuple[str, dict[str, str]], state: str) -> None:
    said = built[1][state]
    asked = [line for line in said.splitlines() if "asked already by" in line]
    assert len(asked) >= 8 and any("US.lead_paint" in line for line in asked)
    ids = {r.id.rpartition(".")[2] for r in _pack(built[0], state).requirements if not r.replaces}
    assert not ids & {"deposit_return", "owner_agent", "self_help", "lead_paint"}


@every_state
def test_a_lease_that_follows_the_template_has_all_it_asks(
    pipeline: Pipeline, lease: Callable[..., Path], state: str
) -> None:
    own = _own(pipeline, lease(state))
    assert len(own) >= 8
    assert not [(r.id, r.result, r.explanation) for r in own if r.result in OPEN]


@every_state
def test_a_lease_without_a_clause_is_not_validated(pipeline: Pipeline, lease: Callable[..., Path], state: str) -> None:
    path = lease(state, without=LEFT_OUT[state])
    broken = [r for r in _own(pipeline, path) if r.result in OPEN]
    assert broken and all(r.mandatory for r in broken)
    assert any(r.kind != "structure" and r.suggested_wording for r in broken), "the clause's own wording is offered"


def test_a_stricter_template_replaces_the_law_it_sharpens(
    built: tuple[str, dict[str, str]], pipeline: Pipeline, lease: Callable[..., Path]
) -> None:
    assert "stricter than US-WA.deposit_return" in built[1]["washington"]
    thirty = ("Within twenty-one (21) days after the tenancy", "Within thirty (30) days after the tenancy")
    report = pipeline.run(lease("washington", replace=thirty)).validation
    assert report is not None
    results = {r.id.rpartition(".")[2]: r for r in report.requirements}
    assert results["deposit_return"].result == "violated" and "_standard_" in results["deposit_return"].id
    assert not any(r.id == "US-WA.deposit_return" for r in report.requirements)


def test_numbers_of_the_form_become_bounds(built: tuple[str, dict[str, str]]) -> None:
    def of(state: str, name: str) -> Requirement:
        return next(r for r in _pack(built[0], state).requirements if r.id.endswith(f".{name}"))

    assert "10" in of("texas", "late_fee_cap_percent").condition
    due = of("texas", "rent_paid_by_day_of_month").check
    assert due.type == "term_rule" and due.op == "==" and due.right and due.right.const == 1
    remedies = of("ohio", "remedies_of_tenant").check
    assert remedies.type == "clause_required" and remedies.number and remedies.number.const == 30


def test_a_report_says_which_knowledge_it_used(pipeline: Pipeline, lease: Callable[..., Path], tmp_path: Path) -> None:
    with_own = pipeline.run(lease("ohio")).validation
    without = Pipeline(Settings(boxes=False), knowledge=OwnPacks()).run(lease("ohio")).validation
    assert with_own and without
    assert with_own.knowledge_version == f"{without.knowledge_version}+{pipeline.knowledge.version}"
    assert not any("_standard_" in r.id for r in without.requirements)
