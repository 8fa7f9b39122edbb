"""What every recogniser returns: a value and where it stands."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A normalised value and its slice `start`..`end` of the text it was found in."""

    start: int
    end: int
    value: T


def without_overlaps(found: list[Found[T]]) -> list[Found[T]]:
    """In order of place, keeping the longer of two that overlap.

    >>> without_overlaps([Found(0, 3, "a"), Found(1, 9, "b"), Found(12, 14, "c")])
    [Found(start=1, end=9, value='b'), Found(start=12, end=14, value='c')]
    """
    kept: list[Found[T]] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        if kept and item.start < kept[-1].end:
            if item.end - item.start > kept[-1].end - kept[-1].start:
                kept[-1] = item
        else:
            kept.append(item)
    return kept
