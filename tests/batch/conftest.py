"""A desk for batch runs: documents in, results out, a log of what was really done."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import BatchSummary, run_batch
from pipeline.settings import Settings
from tests.batch.fakes import FakeProcess


@dataclass(frozen=True)
class Desk:
    """A folder with documents `documents`, an output folder `out`, a database, and a log of documents processed."""

    root: Path

    @property
    def documents(self) -> Path:
        return self.root / "documents"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def settings(self) -> Settings:
        return Settings(_env_file=None, database=f"sqlite:///{self.root}/store.db", workers=2, document_timeout=30)  # type: ignore[call-arg]

    @property
    def impatient(self) -> Settings:
        """Where a document is to hang: no longer than it must."""
        return self.settings.model_copy(update={"document_timeout": 3.0})

    @property
    def process(self) -> FakeProcess:
        return FakeProcess(self.root / "log")

    def write(self, **texts: str) -> None:
        """Documents by stem: text files."""
        self.documents.mkdir(exist_ok=True)
        for stem, text in texts.items():
            (self.documents / f"{stem}.txt").write_text(text)

    def run(self, *paths: Path, **options: Any) -> BatchSummary:
        options = {"settings": self.settings, "process": self.process} | options
        return run_batch(paths or [self.documents], self.out, **options)

    def processed(self) -> list[str]:
        """Names of the documents taken up since last asked, sorted."""
        log = self.root / "log"
        names = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return sorted(names)

    def result(self, name: str) -> dict[str, Any]:
        return dict(json.loads((self.out / name / "result.json").read_bytes()))

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.out / "results.jsonl").read_text().splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
