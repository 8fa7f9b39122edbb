"""Fast search for fixed words: `str.find` is some twenty times faster than an alternation of a regular expression."""

from collections.abc import Iterable, Iterator


def lowered(text: str) -> str:
    """`text` in lower case with every offset kept (one letter's lower case is two characters long).

    >>> len(lowered("İstanbul")), lowered("May")
    (8, 'may')
    """
    return text.replace("\u0130", "I").lower()


def places(text: str, words: Iterable[str]) -> Iterator[int]:
    """Where each of `words` begins in `text`, word by word; `text` and `words` in the same case.

    >>> list(places("a day, two days", ["day", "week"]))
    [2, 11]
    """
    for word in words:
        at = text.find(word)
        while at >= 0:
            yield at
            at = text.find(word, at + 1)
