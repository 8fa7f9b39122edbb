"""The words that tell a clause apart from the others of its template, as cues."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from schemas import US_STATES

_WORD = re.compile(r"[a-z]{4,}")
_ENDINGS = re.compile(r"(?:ations?|ments?|ness|ings?|ers?|ies|ied|ed|es|ly|al|s|y|e)$")
_SHORTEST = 4


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NUMBERS = _listed(
    """
    eight eighteen eighty eleven fifteen fifth fifty first five forty four fourteen fourth half hundred nine ninety
    once second seven seventy sixth sixty tenth third thirty thousand three twelve twenty twice quarter dollars
    percent hours days month months calendar
    """
)
_COMMON = _listed(
    """
    about above action after against agree agreement also another apply arise because been before being below
    between both cause cannot case condition date days does done during each either ends enter except follow
    following form from further give given gives hereby have held here however into keep known landlord law lease
    least less lessee lessor made make making manner must month monthly more name near need notice only other
    otherwise over owner paid part party parties pays period person place premises property provide provided
    reasonable receive received relate rent required right said same section shall should signed sign some such take
    tenancy tenant term than that their them then there therefore these they this those time unless under until upon
    used uses very what when where whether which while will with within without written would writing years year
    your
    """
)

_STATES = {word for name in US_STATES.values() for word in name.lower().split()}
_LEFT_OUT = _COMMON | _NUMBERS | {stem for stem in _STATES if len(stem) > 3}


def levelled(text: str) -> str:
    """A text as cues are matched against: lower case, blanks for white space, plain quotes, inner dots as commas.

    >>> levelled("R.C. 5321.16\\nTenant’s")
    "r,c. 5321,16 tenant's"
    """
    plain = re.sub(r"\s+", " ", text.lower()).translate(str.maketrans("‘’“”–—", "''\"\"--"))
    return re.sub(r"\.(?=[a-z0-9])", ",", plain)


def stem(word: str) -> str:
    """A word's beginning, which its other forms share; as a cue it finds them all.

    >>> [stem(w) for w in ("discriminates", "discrimination", "pets", "utilities")]
    ['discriminat', 'discrimin', 'pets', 'utilit']
    """
    cut = _ENDINGS.sub("", word)
    return cut if len(cut) >= _SHORTEST else word


def stems(text: str, *, every: bool = False) -> list[str]:
    """The stems of a text's telling words, in order, each once.

    Args:
        text: any text.
        every: take the words that every lease has, too.

    >>> stems("Landlord shall keep the elevators in working order.")
    ['elevator', 'work', 'order']
    """
    words = _WORD.findall(levelled(text))
    return list(dict.fromkeys(stem(w) for w in words if every or not {w, stem(w)} & _LEFT_OUT))


def rarest(wanted: Sequence[str], texts: Iterable[str]) -> list[str]:
    """Stems ordered by how few of the texts have them, then by place.

    >>> rarest(["order", "heat"], ["order and heat", "in order"])
    ['heat', 'order']
    """
    spread = Counter(s for text in texts for s in _all_stems(text))
    return sorted(wanted, key=lambda s: (spread[s], wanted.index(s)))


@lru_cache(1_000)
def _all_stems(text: str) -> frozenset[str]:
    return frozenset(stems(text, every=True))
