"""A pipeline of few lines: what the document says decides what happens to it."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch import Processed
from pipeline.errors import CorruptDocument
from schemas import DocumentInfo, Passage, Result, StageError


@dataclass(frozen=True)
class FakeProcess:
    """Obeys the first words of a document, and notes in `log` that it was asked.

    Args:
        log: a file that gets a line for each document taken up.
        seconds: that each document takes.
    """

    log: Path
    seconds: float = 0.0

    def __call__(self, path: Path) -> Processed:
        with self.log.open("ab") as file:
            file.write(os.fsencode(path.name) + b"\n")
        text = path.read_text()
        match text.split():
            case ["kill"]:
                os.kill(os.getpid(), signal.SIGKILL)
            case ["sleep", seconds]:
                time.sleep(float(seconds))
            case ["corrupt"]:
                raise CorruptDocument("broken beyond repair;\nscan it again")
            case ["bug"]:
                raise KeyError("private words of the document")
            case ["partial"]:
                error = StageError(stage="generate", type="InvalidAnswer", message="one group had no answer")
                info = DocumentInfo(path=str(path), pages=1)
                return Processed(Result(document=info, status="partial", errors=[error]))
        time.sleep(self.seconds)
        result = Result(document=DocumentInfo(path=str(path), pages=1, characters=len(text)), doc_type="lease")
        return Processed(result, (Passage(1, text, 0, len(text), 1, ("Heading",)),))
