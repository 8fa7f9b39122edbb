"""Prompt files are found by name and version, and every analysis has those it needs."""

from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

import prompts
from pipeline import Pipeline, Settings
from pipeline.errors import WrongUsage
from pipeline.prompt import render
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


def test_a_variant_is_taken_where_a_prompt_has_it() -> None:
    assert prompts.file_of("protocol/extract", variant="few-shot") == "protocol/extract.few-shot.v1.j2"
    assert prompts.file_of("lease/check_clause", variant="few-shot") == prompts.file_of("lease/check_clause")


def test_variants_of_ones_own_are_files_of_ones_own_folder(tmp_path: Path) -> None:
    (tmp_path / "lease").mkdir()
    (tmp_path / "lease" / "extract.terse.v2.j2").write_text(
        '{% extends "lease/extract.v1.j2" %}{% block system %}Be terse.{% endblock %}'
    )
    lease, protocol = analysis_for("lease"), analysis_for("clinical_protocol")
    variant = prompts.checked(f"{tmp_path}/terse")
    assert render("extract", lease, lease.groups[0], variant=variant)[0] == ("system", "Be terse.")
    assert (
        render("extract", lease, lease.groups[0], variant=variant)[1:] == render("extract", lease, lease.groups[0])[1:]
    )
    assert render("extract", protocol, variant=variant) == render("extract", protocol)


def test_an_unknown_variant_lists_those_there_are_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "extract.mine.v1.j2").write_text("")
    for name in ("no-such", f"{tmp_path}/no-such", "../samples/few-shot", "no such folder/x"):
        with pytest.raises(LookupError, match="few-shot, zero-shot") as error:
            prompts.checked(name)
        assert "\n" not in str(error.value)
        assert (f"{tmp_path}/mine" in str(error.value)) == name.startswith(str(tmp_path))


def test_a_pipeline_refuses_a_prompt_there_is_not() -> None:
    with pytest.raises(WrongUsage, match="no prompt 'no-such'; there are: few-shot, zero-shot"):
        Pipeline(Settings(prompt="no-such"))


def test_a_template_of_a_user_is_kept_from_python(tmp_path: Path) -> None:
    (tmp_path / "lease").mkdir()
    (tmp_path / "lease" / "extract.evil.v1.j2").write_text(
        "{% block system %}{{ ''.__class__.__mro__[1].__subclasses__() }}{% endblock %}{% block human %}{% endblock %}"
    )
    with pytest.raises(SecurityError):
        render("extract", analysis_for("lease"), variant=f"{tmp_path}/evil")
