"""Judges what kind of forbidden clause the sentences of one document are: a model over words proposes, an encoder reads what it proposes.

What the encoder reads as lawful is let pass; where it agrees on the kind, less of the words is needed. Nearly all sentences of a lease
have no suspicious words and cost nothing more; at most MOST_READ of a document are read.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.validate.clause_kinds import shipped_model
from pipeline.validate.clause_reader import shipped_reader

MOST_READ = 60
_PROPOSED = 0.15  # probability, by its words, from which a sentence is read
_RAISED = 1.3  # what agreement on the kind is worth
# probability of any kind, as read, below which a sentence is lawful: with a word of denial, and without, where word order matters less
_LAWFUL_PROPOSAL = (0.5, 0.3)
_LAWFUL_WITH_CUES = (0.3, 0.08)
_DENIES = re.compile(r"\b(?:not|never|neither|nor|nothing|cannot|no|none|nobody)\b|n't\b")


@dataclass(frozen=True, slots=True)
class Judge:
    """Both models, asked about each sentence of a document once. Sentences are levelled."""

    _words: dict[str, Mapping[str, float]] = field(default_factory=dict, repr=False)
    _read: dict[str, Mapping[str, float]] = field(default_factory=dict, repr=False)

    @property
    def sentences_read(self) -> int:
        """How many sentences the encoder has read."""
        return len(self._read)

    def by_words(self, sentence: str, kinds: Sequence[str] | None = None) -> float:
        """How probable it is, 0..1, by the words of a sentence that it is a clause of one of the kinds.

        Args:
            sentence: what is judged.
            kinds: None for all of them.
        """
        if sentence not in self._words:
            self._words[sentence] = shipped_model().probabilities(sentence)
        return _sum(self._words[sentence], kinds)

    def as_read(self, sentence: str, kinds: Sequence[str] | None = None, answer: str = "") -> float:
        """The same by the encoder; by the words alone once it has read MOST_READ sentences.

        Args:
            sentence: what is judged.
            kinds: None for all of them.
            answer: what follows a question, read with it.
        """
        if sentence not in self._read:
            if len(self._read) >= MOST_READ:
                return self.by_words(sentence, kinds)
            self._read[sentence] = shipped_reader().probabilities(f"{sentence} {answer}")
        return _sum(self._read[sentence], kinds)

    def reads_lawful(self, sentence: str, answer: str = "", *, cued: bool = False) -> bool:
        """Whether the encoder takes a sentence for a lawful one.

        Args:
            sentence: what is judged.
            answer: what follows a question, read with it.
            cued: a cue of a clause was found in it; then the encoder must be surer to overrule it.
        """
        denying, plain = _LAWFUL_WITH_CUES if cued else _LAWFUL_PROPOSAL
        return self.as_read(sentence, None, answer) < (denying if _DENIES.search(sentence) else plain)

    def agreed(self, sentence: str, kinds: Sequence[str], answer: str = "") -> float:
        """How probable both find it: 0 where the words propose no kind or it reads lawful, else by the words, raised where both agree.

        >>> Judge().agreed("rent is due on the first day of each month.", ["self_help"])
        0.0
        """
        proposed = self.by_words(sentence, kinds)
        if proposed < _PROPOSED or self.reads_lawful(sentence, answer):
            return 0.0
        both = math.sqrt(proposed * self.as_read(sentence, kinds, answer))
        return min(1.0, max(proposed, _RAISED * both))


def _sum(said: Mapping[str, float], kinds: Sequence[str] | None) -> float:
    return sum(said.values()) if kinds is None else sum(said.get(kind, 0.0) for kind in kinds)
