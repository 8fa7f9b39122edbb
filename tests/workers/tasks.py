"""What the workers of the tests are asked to do: one function whose behaviour the item decides."""

import logging
import os
import re
import signal
import sys
import threading
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from pipeline.turns import side_by_side, waiting


def behave(item: str) -> str:
    """Do what the item says; by default return it in capitals."""
    match item.split():
        case ["pid"]:
            return str(os.getpid())
        case ["sleep", seconds]:
            time.sleep(float(seconds))
        case ["kill"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["exit", code]:
            os._exit(int(code))
        case ["leave"]:
            sys.exit("leaving")
        case ["crash"]:
            os.abort()
        case ["spin"]:
            re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter's lock for ever
        case ["raise"]:
            raise ValueError("no such thing")
        case ["odd-error"]:
            raise OddError("one", "two")
        case ["lambda"]:
            return lambda: None  # type: ignore[return-value]
        case ["grow", megabytes]:
            block = bytearray(os.urandom(1_000_000) * int(megabytes))
            time.sleep(30)
            return str(len(block))
        case ["log"]:
            logging.getLogger("clauseline").debug("a worker speaks")
        case ["print"]:
            print("noise")
    return item.upper()


class OddError(Exception):
    """An error that can't be read back from its pickle."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first)


class Warm:
    """Builds something on first use and keeps it: the number of times it was built tells."""

    built = 0

    @cached_property
    def number(self) -> int:
        Warm.built += 1
        return Warm.built

    def __call__(self, item: str) -> tuple[int, int]:
        return os.getpid(), self.number


def take_turns(item: str) -> str:
    """Do what each word says: "wait" S seconds outside the process, "work" S seconds in it, "die", or tell the process."""
    words = iter(item.split())
    for word in words:
        match word:
            case "wait":
                with waiting():
                    time.sleep(float(next(words)))
            case "work":
                time.sleep(float(next(words)))
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "both":  # two questions at once
                side_by_side([lambda: take_turns("wait 0.5"), lambda: take_turns("wait 0.5")])
            case "grow":
                block = bytearray(os.urandom(1_000_000) * int(next(words)))
                time.sleep(1)
                del block
    return str(os.getpid())


@dataclass(frozen=True)
class Warmed:
    """Has something loaded before workers are forked: by which process, `where` tells, with that of the worker.

    Args:
        how: "threads" starts a thread meanwhile, "fails" raises, "dies" ends the process.
    """

    how: str = ""
    loaded_by: ClassVar[int] = 0
    told: ClassVar[str | None] = None

    def warm(self) -> None:
        Warmed.loaded_by, Warmed.told = os.getpid(), os.environ.get("OTEL_SERVICE_NAME")
        match self.how:
            case "threads":
                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            case "fails":
                raise ImportError("nothing of the kind is installed")
            case "dies":
                os._exit(3)

    def __call__(self, item: str) -> str | tuple[int, int] | list[str | None] | int:
        match item.split():
            case ["where", *_]:
                time.sleep(0.2)  # so that the other worker has its turn
                return Warmed.loaded_by, os.getpid()
            case ["orphan"]:
                os.kill(os.getppid(), signal.SIGKILL)
                time.sleep(1)
            case ["collector"]:
                return [Warmed.told, os.environ.get("OTEL_SERVICE_NAME")]
            case ["open"]:
                return len(list(Path("/proc/self/fd").iterdir()))
        return behave(item)
