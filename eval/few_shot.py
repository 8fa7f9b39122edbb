"""The worked examples of few-shot prompts, made from our own samples: python -m eval.few_shot."""

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from eval.gold import GoldDocument, GoldField, load_gold
from pipeline import Pipeline, Settings
from schemas import Analysis, Document, FieldGroup, analysis_for

FOLDERS = {"lease": ("samples/gold", "samples/leases"), "protocol": ("samples/protocols",)}
"""Only what we wrote ourselves: the examples ship with the package."""

_MARGIN = 160  # characters shown on either side of a quote, up to the end of the line
_JOINED = 120  # characters between two excerpts up to which they are one
_SURE, _DERIVED = 1.0, 0.7  # confidence stated for a value the document says outright, and for one that is inferred

Span = tuple[int, int]


def examples(documents: Iterable[GoldDocument]) -> Iterator[dict[str, Any]]:
    """The example of each labelled document, by field group: excerpts around the quotes, and the right answer.

    Args:
        documents: labelled; scans are left out, for their text is not as it was written.
    """
    pipeline = Pipeline(Settings(ocr="off", backend="offline"))
    for gold in documents:
        document = pipeline.read(gold.path)
        analysis = analysis_for(gold.doc_type)
        groups = {g.name: shown for g in analysis.groups if (shown := _shown(document, analysis, g, gold))}
        if groups:
            yield {"source": gold.path.name, "sha256": document.sha256, "groups": groups}


def _shown(document: Document, analysis: Analysis, group: FieldGroup, gold: GoldDocument) -> dict[str, Any] | None:
    """What an example shows of a group; None where a quote is not found, or nothing is said."""
    said = {name: gold.fields.get(name) for name in group.fields}
    stated = {name: label for name, label in said.items() if label is not None and label.value is not None}
    places = {name: _place(document.text, label.quote) for name, label in stated.items() if label.quote}
    if not places or any(place is None for place in places.values()) or len(places) < len(stated):
        return None
    found = [place for place in places.values() if place is not None]
    spans = _joined(sorted(_widened(document.text, place) for place in found))
    answer = {}
    for name in group.fields:
        place = places.get(name)
        number = next((i for i, (a, b) in enumerate(spans, 1) if place and a <= place[0] and place[1] <= b), None)
        quote = document.text[slice(*place)] if place else None
        answer[name] = _answer(said[name], quote, number, [document.text[slice(*span)] for span in spans])
    excerpts = [
        {"number": i, "heading": _heading(document, a), "text": document.text[a:b]} for i, (a, b) in enumerate(spans, 1)
    ]
    return {"passages": excerpts, "answer": answer}


def _answer(label: GoldField | None, quote: str | None, number: int | None, shown: Sequence[str]) -> dict[str, Any]:
    """The right answer of a field as a model is to give it."""
    if label is None or label.value is None or quote is None:
        return {"value": None, "quote": None, "passage": None, "confidence": _SURE}
    said: Any = quote
    if isinstance(label.value, list):
        said = [item if any(str(item) in text for text in shown) else quote for item in label.value]
    return {
        "value": label.value, "quote": said, "passage": number, "confidence": _DERIVED if label.note else _SURE,
    }  # fmt: skip


def _place(text: str, quote: str) -> Span | None:
    """Where a quote stands, whatever its spaces."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    return found.span() if found else None


def _widened(text: str, place: Span) -> Span:
    """A quote's place with what stands around it, up to whole lines."""
    start = text.rfind("\n", 0, max(0, place[0] - _MARGIN)) + 1
    end = text.find("\n", min(len(text), place[1] + _MARGIN))
    return start, len(text) if end < 0 else end


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans that overlap or nearly touch as one."""
    joined = list(spans[:1])
    for _, (start, end) in pairwise(spans):
        if start - joined[-1][1] <= _JOINED:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _heading(document: Document, offset: int) -> str:
    path = [s for s in document.sections if s.start <= offset < s.end]
    return " > ".join(f"{s.number} {s.title}".strip() for s in path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the repository")
    root = parser.parse_args().root
    for kind, folders in FOLDERS.items():
        documents = [gold for folder in folders for gold in load_gold(root / folder)]
        made = list(examples(d for d in documents if d.doc_type in {"lease", "clinical_protocol"}))
        path = root / "prompts" / kind / "examples.json"
        path.write_text(
            json.dumps(made, ensure_ascii=False, separators=(",", ":")).replace('},{"source"', '},\n{"source"') + "\n"
        )
        groups = sum(len(e["groups"]) for e in made)
        print(f"{path}: {len(made)} of {len(documents)} documents, {groups} groups, {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
