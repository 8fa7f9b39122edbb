"""What is made once for each document, however many questions are asked about it, and kept as long as the document is."""

import threading
import weakref
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from schemas import Document

T = TypeVar("T")


class PerDocument(Generic[T]):
    """Makes something of a document when it is first asked for; threads that ask for it meanwhile wait for the first.

    Args:
        make: makes it; what it makes must not hold the document, or it would be kept for good.

    >>> lengths = PerDocument(lambda document: len(document.text))
    >>> lengths(Document("a", "", "text/plain", "Rent", ()))
    4
    """

    def __init__(self, make: Callable[[Document], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: dict[int, _Once[T]] = {}

    def __call__(self, document: Document) -> T:
        """What was made of this very document."""
        key = id(document)
        with self._lock:
            once = self._made.get(key)
            if once is None:
                once = self._made[key] = _Once()
                weakref.finalize(document, self._made.pop, key, None).atexit = False
        return once.get(self._make, document)


class _Once(Generic[T]):
    """One value, made by the first that asks; after an error the next one tries again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: list[T] = []

    def get(self, make: Callable[[Any], T], document: Document) -> T:
        with self._lock:
            if not self._value:
                self._value.append(make(document))
            return self._value[0]
