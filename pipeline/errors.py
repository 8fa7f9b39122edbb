"""The errors a user can meet. Each message is one line that says what happened and what to do about it."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.result import StageError
    from schemas.task import Answer

log = logging.getLogger("clauseline")


class ClauselineError(Exception):
    """Something a user can act on; `stage` names where it happened. Never shown with a traceback.

    >>> EncryptedDocument("a.pdf is encrypted; give its password with --password").stage
    'parse'
    """

    stage = "run"


class UnreadableFile(ClauselineError):
    """The file is missing, empty, not a regular file, or may not be read."""

    stage = "parse"


class UnsupportedFormat(ClauselineError):
    """The content is of a type no parser reads."""

    stage = "parse"


class CorruptDocument(ClauselineError):
    """The file is of a known type, but broken beyond repair."""

    stage = "parse"


class EncryptedDocument(ClauselineError):
    """The file opens only with a password."""

    stage = "parse"


class DocumentTooLarge(ClauselineError):
    """The file is over a limit of the settings: bytes, pages, page size, unpacked size."""

    stage = "parse"


class BackendUnavailable(ClauselineError):
    """The backend is unknown, not installed, not configured, or does not answer."""

    stage = "generate"


class InvalidAnswer(ClauselineError):
    """The backend answered, but not in the wanted form; `spent` is an answer without fields that says what that cost."""

    stage = "generate"

    def __init__(self, message: str, spent: Answer | None = None) -> None:
        super().__init__(message)
        self.spent = spent


class RunStopped(ClauselineError):
    """No further document can be done now; those that are not done are left for the next run, which resumes."""

    stage = "generate"


class ProviderDown(RunStopped):
    """The model's provider has failed again and again; asking it further would only cost time."""


class BudgetSpent(RunStopped):
    """What the run may cost is spent."""


class KnowledgeError(ClauselineError):
    """A knowledge pack or a look-up in it is wrong."""

    stage = "validate"


class StoreError(ClauselineError):
    """The database or the output folder can't be read or written."""

    stage = "store"


class ServiceDown(StoreError):
    """A service does not answer, or not now; the same may go through later."""


class ServiceRefused(StoreError):
    """A service refuses: no such thing, no permission, not installed or configured; trying again does not help."""


class Conflict(StoreError):
    """What was to be changed has been changed by another meanwhile; read it again and decide anew."""


class NothingToExport(ClauselineError):
    """The result holds nothing that can be written in the wanted format."""

    stage = "export"


class DocumentTimeout(ClauselineError):
    """A document took longer than the limit and was given up."""


class WorkerDied(ClauselineError):
    """The process working on the document ended without a result (killed, out of memory, crashed)."""


class WrongUsage(ClauselineError):
    """The command or call itself was wrong."""


def told(error: BaseException, stage: str) -> StageError:
    """An error as data: one line. What is no ClauselineError is a bug of ours, and its trace goes to the debug log only.

    Args:
        error: what was raised.
        stage: where, if the error does not say.

    >>> told(CorruptDocument("a.pdf is\\ndamaged"), "run").message
    'a.pdf is damaged'
    """
    from schemas.result import StageError

    if isinstance(error, ClauselineError):
        return StageError(stage=error.stage, type=type(error).__name__, message=" ".join(str(error).split()))
    log.debug("unexpected error in %s: %s", stage, trace_of(error))
    message = f"unexpected {type(error).__name__}; please report it (details with --log-level debug)"
    return StageError(stage=stage, type=type(error).__name__, message=message)


def trace_of(error: BaseException) -> str:
    """Of what type an error is and where it arose; not what it says, which may be words of a document.

    >>> trace_of(ValueError("not a number: 'Ada Byron'"))
    'ValueError'
    """
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{frames}".rstrip()
