"""Results are made anew when what they depend on changes."""

from pathlib import Path

from pipeline import Settings
from pipeline.batch.fingerprint import fingerprint


def test_a_changed_prompt_of_ones_own_counts(tmp_path: Path) -> None:
    file = tmp_path / "lease" / "extract.mine.v1.j2"
    file.parent.mkdir()
    file.write_text("one")
    settings = Settings(prompt=f"{tmp_path}/mine")
    before = fingerprint(settings)
    assert fingerprint(settings) == before
    (tmp_path / "notes.txt").write_text("no prompt")
    assert fingerprint(settings) == before
    file.write_text("two")
    assert fingerprint(settings) != before


def test_another_variant_counts() -> None:
    assert fingerprint(Settings(prompt="few-shot")) != fingerprint(Settings(prompt="zero-shot"))
