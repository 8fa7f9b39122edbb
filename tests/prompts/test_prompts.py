"""Prompt files are found by name and version, and every analysis has those it needs."""

import pytest

import prompts
from schemas import analysis_for


def test_the_newest_version_is_taken() -> None:
    assert prompts.file_of("classify") == f"classify.v{prompts.versions('classify')[-1]}.j2"


@pytest.mark.parametrize("name", ["no_such", "lease/no_such", "../pyproject", "lease/../classify", "/etc/passwd", ""])
def test_what_is_no_prompt_is_not_found(name: str) -> None:
    with pytest.raises(LookupError):
        prompts.text(prompts.file_of(name))


@pytest.mark.parametrize("doc_type", ["lease", "lease_amendment", "clinical_protocol"])
def test_every_analysis_has_its_prompts(doc_type: str) -> None:
    name = analysis_for(doc_type).prompt
    folder = name.rpartition("/")[0]
    for prompt in (name, f"{folder}/check_clause", f"{folder}/draft_wording"):
        text = prompts.text(prompts.file_of(prompt))
        assert "{% block system -%}" in text and "{% block human -%}" in text
        assert "parts.data_only()" in text and "parts.question()" in text
