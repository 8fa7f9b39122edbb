"""Where on the page the evidence stands."""

from pathlib import Path

from pipeline.parse import KeptPages, locate
from schemas import Document, Terms


def boxed(terms: Terms, document: Document, path: Path, password: str | None, kept: KeptPages | None) -> Terms:
    """The same terms, their evidence with boxes on the page.

    Args:
        terms: read from the document.
        document: as parsed.
        path: its file.
        password: that opens it.
        kept: its pages, where they have stayed open.

    Raises:
        ClauselineError: the file can't be read any more.
    """
    found = {name: getattr(terms, name) for name in type(terms).model_fields}
    evidence = [e for term in found.values() for e in term.evidence]
    located = locate(path, document, [(e.start, e.end) for e in evidence], password, kept)
    boxes = iter([[tuple(round(c, 1) for c in box) for box in places] for places in located])
    update = {
        name: term.model_copy(update={"evidence": [e.model_copy(update={"boxes": next(boxes)}) for e in term.evidence]})
        for name, term in found.items()
        if term.evidence
    }
    return terms.model_copy(update=update)
