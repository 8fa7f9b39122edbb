"""Whether pets may be kept: in clauses, labels and checkboxes."""

import re
from collections.abc import Iterator, Mapping

from pipeline.generate.offline.lease.candidates import Candidate, context, cue, fired, place, priors
from pipeline.generate.offline.lease.layout import LIMIT, Labelled, Layout
from pipeline.generate.offline.lease.quotes import words_about
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.keywords import places

_PETS = (
    cue("pets", "inside", r"pets?\b", 1.0),
    cue("animals", "inside", r"animal|dog|cat|bird|parrot|rabbit", 0.5),
    cue("keep", "sentence", r"\b(?:keep|kept|allow\w*|permit\w*|bring|brought|have|harbor\w*|own|prohibit\w*|accept\w*|authori[sz]\w*|admit\w*|welcome)\b", 1.0),
    cue("pets_heading", "heading", r"\bpets?\b|animal", 1.4),
    cue("pets_label", "label", r"\bpets?\b|animal", 1.4),
    cue("business", "sentence", r"\b(?:laborator\w*|research|testing|hospital|veterinar\w*|food|feed|hazard\w*|pest|livestock feed)\b", -0.8),
    cue("assistance", "sentence", r"\b(?:service|assistance|support|guide)[ -](?:and support )?(?:animals?|dogs?)", -0.3),
    cue("consent", "sentence", r"\bconsent|permission|approv|addendum", 0.2),
    cue("penalty", "sentence", r"\b(?:fine|unauthorized|violation|removed|damage|bites?|noise|waste)\b", -0.4),
)  # fmt: skip
PRIORS = {
    "pets_allowed": priors(
        _PETS, bias=-2.6, at_front=0.1, early=0.0, in_contents=-2.0, no_pets=2.2, negated=1.0, may=2.2, counted=1.0, checked=3.5, label_value=2.4, other=0.6, fee=0.8, is_true=0.0, residential=0.3,
    )
}  # fmt: skip

_ANIMALS = ("pet", "animal", "dog", "bird", "cat", "parrot", "rabbit")
_ANIMAL = re.compile(r"(?<![a-z])(?:pets?|animals?|dogs?|birds?|cats?|parrots?|rabbits?)(?![a-z])")
_ASSISTANCE = re.compile(r"\b(?:service|assistance|support|guide|emotional)[\s-]+(?:and support )?$")
_CLAUSE = re.compile(r"[.;:]\s|\n\s*\n|\n\s*\(?\w{1,2}[.)]\s|\bexcept\b|\bbut\b|\bunless\b|\)")
_NO = re.compile(
    r"\b(?:no(?! (?:more|greater|larger|fewer)\b)|not(?! (?:more|exceed\w*|to exceed|over|larger|greater|only)\b)|nor|neither|never|none|prohibit\w*|forbid\w*|forbidden|without|unauthorized|don['’]t)\b"
)
_BEFORE_NO = re.compile(
    r"\b(?:no|any|nor(?: any)?)(?P<other> (?:other|additional|more))?\s+(?:(?:\w+,? (?:and |or )?){0,3})$"
)
_MAY = re.compile(
    r"\b(?:may (?:keep|have|bring|own)|(?:is|are|be) (?:allowed|permitted|welcome|accepted)|entitled to (?:keep|have)|permitted to (?:keep|have)|welcome|allowed|permitted|accepts?|ok(?:ay)?\b|at most|up to (?:one|two|three|\d)|no more than|not more than)\b"
)
_COUNT = re.compile(r"\b(?:one|two|three|a|\d)\s*(?:\(\d\)\s*)?(?:\w+\s+){0,2}$")
_CHECKED = re.compile(r"(?:\[\s?x\s?\]|☒|☑|✓|\(\s?x\s?\))\s*(?:pets? )?(?:are |is |shall be )?(?P<answer>[a-z]+)")
_CHECK_NO = frozenset(("not", "no", "none", "prohibited", "forbidden"))


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for whether pets may be kept."""
    return {"pets_allowed": [*_clauses(layout), *_labels(layout)]}


def _clauses(layout: Layout) -> Iterator[Candidate]:
    """Clauses that allow or forbid animals."""
    low = layout.low[:LIMIT]
    for at in sorted(places(low, _ANIMALS)):
        match = _ANIMAL.match(low, at)
        if not match or _ASSISTANCE.search(low, max(0, at - 24), at):
            continue
        before, after = low[max(0, at - 150) : at], low[match.end() : match.end() + 110]
        begin = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
        stop = _CLAUSE.search(after)
        decided = _decide(before[begin:], match[0], after[: stop.start()] if stop else after, after)
        if not decided:
            continue
        value, marks = decided
        about = context(layout, match.start(), match.end(), before=160, after=160)
        features = (*fired(_PETS, about), *place(layout, at), *marks)
        if not {"keep", "pets_heading", "pets_label", "no_pets", "counted", "checked", "other", "fee"} & set(features):
            continue
        yield _candidate(layout, value, match.start(), match.end(), features)


def _decide(before: str, animal: str, after: str, beyond: str) -> tuple[bool, tuple[str, ...]] | None:
    """What a clause says of an animal, with the marks of how it says it."""
    if checked := _CHECKED.match(beyond.lstrip(" :")) or (
        re.match(r"[\s:]*(?:\[\s?\]|☐)", beyond) and _CHECKED.search(beyond[:60])
    ):
        return checked["answer"] not in _CHECK_NO, ("checked",)
    if re.match(r"\s+(?:deposit|fee|rent)s?\b", after):
        zero = re.match(r"[^.\n]{0,24}(?:\$ ?0\b|n/?a|none)", after)
        return (True, ("fee",)) if re.match(r"[^.\n]{0,40}\$ ?\d", after) and not zero else None
    if re.match(r"\s+(?:rules?|addendum|policy)\b", after) or re.match(r" (?:and|or) (?:dog|cat) hair", after):
        return None
    if no := _BEFORE_NO.search(before):
        forbids = no[0].startswith(("no", "nor")) or _NO.search(before) or _NO.search(after)
        if no["other"]:
            return True, ("other",)
        if forbids:
            return False, ("no_pets",)
    counted = ("counted",) if _COUNT.search(before) and animal != "animal" else ()
    near = f"{before[-60:]}{animal}{after[:14]}"
    if (counted or re.match(r" at most", after)) and _MAY.search(near) and not _NO.search(near):
        return True, ("may", *counted)
    if _NO.search(before) or _NO.search(after[:70]):
        return False, ("negated",)
    if _MAY.search(before) or _MAY.search(after):
        return True, ("may", *counted)
    return None


_NUMBERING = 24  # characters, at most, of "ARTICLE 19. " before a title
_SUBJECT = re.compile(r"(?:[a-z]\. |the )?(?:pets?|animals?)(?: (?:allowed|permitted|policy))?(?:\W+pets)?\W*$")


def _headed(layout: Layout) -> Iterator[Labelled]:
    """What follows "14. Pets." on its line, as the value of a label; a heading may be told with its number and without."""
    titles = {
        (layout.text.find(title, offset, offset + len(title) + _NUMBERING), title)
        for offset, title in layout.headings
        if _SUBJECT.match(title.lower())
    }
    for at, title in sorted(titles):
        if at >= 0:
            start = at + len(title)
            start += len(layout.text[start : start + 8]) - len(layout.text[start : start + 8].lstrip(" .:–—-"))
            end = layout.text.find("\n", start)
            yield Labelled(title, at, start, end if end >= 0 else len(layout.text))


def _labels(layout: Layout) -> Iterator[Candidate]:
    """ "Pets: none", "Pets | 1 cat", "Animals: [X] No", "14. Pets. One cat."."""
    for item in (*layout.labels, *_headed(layout)):
        if not _SUBJECT.match(item.label.lower()):
            continue
        value = layout.low[item.start : min(item.end, item.start + 80)].strip()
        value = re.sub(r"^(?:pets?|animals?)\s*:\s*", "", value)
        line = value.split("\n", 1)[0]
        if checked := _CHECKED.search(value):
            answer = checked["answer"] not in _CHECK_NO
            mark = "checked"
        elif re.match(r"(?:no|none|not|n/a|prohibited|nil|zero)\b", line):
            answer, mark = False, "label_value"
        elif re.match(r"(?:yes|allowed|permitted|ok|\d|one|two|an?\b|cats?|dogs?|small|upon|up to)", line):
            answer, mark = not re.search(r"\bnot (?:allowed|permitted)", line), "label_value"
        else:
            continue
        start = layout.low.find(line[:1], item.start) if line else item.start
        about = context(layout, item.start, item.start + max(1, len(line)))
        features = (*fired(_PETS, about), *place(layout, item.start), mark)
        yield _candidate(layout, answer, start, min(item.end, start + max(1, len(line))), features)


def _candidate(layout: Layout, value: bool, start: int, end: int, features: tuple[str, ...]) -> Candidate:
    marks = (*features, *(("is_true",) if value else ()))
    return Candidate(value, start, end, tuple(dict.fromkeys(marks)), quote=words_about(layout.text, start, end))
