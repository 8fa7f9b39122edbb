"""Several samples of one answer -> the answer most of them give."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline.generate.agreement import same
from schemas import FieldAnswer

Fields = Mapping[str, FieldAnswer]


def voted(samples: Sequence[Fields], kind_of: Callable[[str], str]) -> dict[str, FieldAnswer]:
    """For each field the value most samples give; of equal numbers that of the earliest sample.

    The confidence is the mean of the samples that give it; the feature `dissent` is the share of those that do not.

    Args:
        samples: the answers, the one at temperature 0 first.
        kind_of: a field's comparator (`schemas.terms.Comparator`).

    >>> answers = [{"rent": FieldAnswer(900)}, {"rent": FieldAnswer(950)}, {"rent": FieldAnswer("$950")}]
    >>> voted(answers, lambda _: "money")["rent"].value
    950
    """
    if len(samples) == 1:
        return dict(samples[0])
    names = dict.fromkeys(name for sample in samples for name in sample)
    return {name: _most([s[name] for s in samples if name in s], kind_of(name), len(samples)) for name in names}


def _most(answers: Sequence[FieldAnswer], kind: str, asked: int) -> FieldAnswer:
    """The answer most of these agree with; the samples that left the field out agree with none."""
    camps: list[list[FieldAnswer]] = []
    for answer in answers:
        for camp in camps:
            if same(kind, camp[0].value, answer.value):
                camp.append(answer)
                break
        else:
            camps.append([answer])
    winners = max(camps, key=len)
    chosen = next((a for a in winners if a.quotes), winners[0])
    confidence = sum(a.confidence for a in winners) / len(winners)
    dissent = 1 - len(winners) / asked
    return replace(chosen, confidence=confidence, features={**chosen.features, "dissent": round(dissent, 4)})
