"""What is told of a document when it is done: attributes of its span, and sums."""

from typing import TYPE_CHECKING

from pipeline.telemetry.signals import Span, count, exporting

if TYPE_CHECKING:
    from schemas import Result


def tell(span: Span, result: "Result") -> None:
    """Tell of a result: figures and names, no value and no text.

    Args:
        span: of the document.
        result: of it.
    """
    if exporting() is None:
        return
    document, usage = result.document, result.usage
    scanned = len(document.ocr_pages)
    span.set(
        doc_type=result.doc_type, status=result.status, pages=document.pages, scanned_pages=scanned,
        backend=usage.backend, media_type=document.media_type,
    )  # fmt: skip
    count("documents", doc_type=result.doc_type, status=result.status)
    for source, pages in (
        ("textract", usage.textract_pages), ("ocr", scanned - usage.textract_pages), ("text", document.pages - scanned),
    ):  # fmt: skip
        if pages:
            count("pages", pages, source=source)
    for direction, tokens in (("input", usage.input_tokens), ("output", usage.output_tokens)):
        if tokens:
            count("tokens", tokens, direction=direction, backend=usage.backend)
    if usage.cost_usd:
        count("cost", usage.cost_usd, backend=usage.backend)
