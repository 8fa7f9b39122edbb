"""What the workers of the cluster are asked to do in its tests."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.generate.chat.remote import RemoteClient
from schemas import Ask


@dataclass(frozen=True)
class Noted:
    """Writes the item into a file of `folder` named for it, a line each time, and then does what it says.

    "actor" ends the actor's own process, which no document can; "slow" takes a while; anything else is quick.
    """

    folder: Path

    def __call__(self, item: str) -> str:
        with (self.folder / item).open("a") as file:
            file.write(f"{os.getpid()}\n")
        match item.split("-"):
            case ["actor", *_]:
                os.kill(os.getppid(), signal.SIGKILL)
                time.sleep(10)
            case ["slow", *_]:
                time.sleep(0.3)
        return item.upper()

    def times(self, item: str) -> int:
        """How often the item was begun."""
        return len((self.folder / item).read_text().splitlines())


@dataclass(frozen=True)
class Asking:
    """Puts the item to the model of the run, and says on which process that was and what came back."""

    client: RemoteClient

    def __call__(self, item: str) -> str:
        return self.client.ask(Ask((("human", item),))).text


def length(item: str) -> int:
    return len(item)
