"""Builds the sample documents from samples/sources: `python samples/build.py [NAME...]`.

A source is Markdown with a YAML head that says which document to make of it:

    ---
    output: leases/ohio.pdf        # .pdf, .docx or .txt, below samples/
    scan: 1.2                      # optional: degrees of skew of a scan without a text layer
    gold: {doc_type: lease, fields: {rent_amount: {value: 950, quote: "$950.00"}}}
    ---
    # TITLE
    ## 1. Heading
    A paragraph, with **bold**. Lines that end in two spaces break.
    - an item
    | a table | of cells |
    ---page---

The gold of `leases/ohio.pdf` is written beside it as `leases/ohio.gold.json`.
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
PAGE_BREAK = "---page---"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a source: kind "title", "heading", "text", "item", "table" or "page", its text or its rows."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(source: str) -> Iterator[Block]:
    """The blocks of a source's body, in order."""
    for part in re.split(r"\n\s*\n", source.strip()):
        lines = part.strip().split("\n")
        if lines == [PAGE_BREAK]:
            yield Block("page")
        elif lines[0].startswith("|"):
            rows = [tuple(c.strip() for c in line.strip().strip("|").split("|")) for line in lines]
            yield Block("table", rows=tuple(row for row in rows if not all(re.fullmatch(r":?-+:?", c) for c in row)))
        elif lines[0].startswith("# "):
            yield Block("title", lines[0][2:])
        elif lines[0].startswith("## "):
            yield Block("heading", lines[0][3:])
            if rest := "\n".join(lines[1:]).strip():
                yield Block("text", rest)
        elif lines[0].startswith("- "):
            for item in re.split(r"\n- ", "\n" + part.strip())[1:]:
                yield Block("item", " ".join(item.split()))
        else:
            yield Block("text", re.sub(r"(?<!  )\n", " ", part.strip()).replace("  \n", "\n"))


def write_pdf(path: Path, body: list[Block], head: dict[str, Any]) -> None:
    """Draw a source as a digital PDF, with the head's `header` and page numbers on every page."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import letter
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

    styles = getSampleStyleSheet()
    font, bold = head.get("fonts", ["Times-Roman", "Times-Bold"])
    for name in ("BodyText", "Heading2", "Title", "Bullet"):
        styles[name].fontName = bold if name in ("Heading2", "Title") else font
    styles["BodyText"].leading, styles["BodyText"].fontSize = 14, 11
    styles["Heading2"].fontSize, styles["Title"].fontSize = 12, 15

    def markup(text: str) -> str:
        safe = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")
        return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", safe)

    def flow(block: Block) -> Flowable:
        if block.kind == "page":
            return PageBreak()
        if block.kind == "table":
            cells = [[Paragraph(markup(c), styles["BodyText"]) for c in row] for row in block.rows]
            widths = head.get("widths", {}).get(str(len(block.rows[0])))
            return Table(
                cells,
                colWidths=widths,
                style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")],
            )
        style = {"title": "Title", "heading": "Heading2", "item": "Bullet"}.get(block.kind, "BodyText")
        return Paragraph(markup(block.text), styles[style], bulletText="•" if block.kind == "item" else None)

    def running(canvas: Any, document: Any) -> None:
        canvas.setFont(font, 9)
        canvas.drawString(72, letter[1] - 40, head.get("header", ""))
        canvas.drawCentredString(letter[0] / 2, 36, f"Page {document.page}")

    story: list[Flowable] = []
    for block in body:
        story += [flow(block), Spacer(1, 6)]
    template = SimpleDocTemplate(str(path), pagesize=letter, title=head.get("title", ""), author="", invariant=True)
    template.build(story, onFirstPage=running, onLaterPages=running)


def write_docx(path: Path, body: list[Block], head: dict[str, Any]) -> None:
    """Write a source as a Word document."""
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = head.get("header", "")
    for block in body:
        if block.kind == "table":
            table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
            for i, row in enumerate(block.rows):
                for j, text in enumerate(row):
                    table.cell(i, j).text = text.replace("**", "")
        elif block.kind == "page":
            document.add_page_break()
        elif block.kind in ("title", "heading"):
            document.add_heading(block.text, 0 if block.kind == "title" else 2)
        else:
            paragraph = document.add_paragraph(style="List Bullet" if block.kind == "item" else None)
            for i, run in enumerate(block.text.split("**")):
                paragraph.add_run(run).bold = i % 2 == 1
    document.save(str(path))


def write_scan(path: Path, body: list[Block], head: dict[str, Any]) -> None:
    """Draw a source, then photograph it: grey, grainy, `scan` degrees askew, without a text layer."""
    import numpy
    import pypdfium2
    from PIL import Image

    digital = io.BytesIO()
    write_pdf(path, body, head)
    digital.write(path.read_bytes())
    grain = numpy.random.default_rng(7)
    pages = []
    for page in pypdfium2.PdfDocument(digital):
        paper = (
            page.render(scale=150 / 72, grayscale=True)
            .to_pil()
            .rotate(head["scan"], fillcolor=250, resample=Image.Resampling.BICUBIC)
        )
        noisy = numpy.asarray(paper, dtype=float) + grain.normal(0, 9, (paper.height, paper.width))
        pages.append(Image.fromarray(noisy.clip(0, 255).astype("uint8")))
    pages[0].save(path, format="PDF", save_all=True, append_images=pages[1:], resolution=150, quality=60)


def build(source: Path) -> Path:
    """Make one document and its gold; the path of the document."""
    _, head_text, body_text = source.read_text(encoding="utf-8").split("---\n", 2)
    head = yaml.safe_load(head_text)
    path = HERE / head["output"]
    path.parent.mkdir(parents=True, exist_ok=True)
    body = list(blocks(body_text))
    if path.suffix == ".txt":
        path.write_text(body_text.strip() + "\n", encoding="utf-8")
    else:
        write = write_docx if path.suffix == ".docx" else write_scan if "scan" in head else write_pdf
        write(path, body, head)
    if "gold" in head:
        gold = json.dumps(head["gold"], indent=1, ensure_ascii=False, default=str)
        path.with_suffix(".gold.json").write_text(gold + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    for found in sorted((HERE / "sources").rglob("*.md")):
        if not sys.argv[1:] or found.stem in sys.argv[1:]:
            print(build(found).relative_to(HERE))
