"""Builds the sample documents from samples/sources: `python samples/build.py [NAME...]`.

A source is Markdown with a YAML head that says which document to make of it:

    ---
    output: leases/ohio.pdf        # .pdf, .docx or .txt, below samples/
    scan: 1.2                      # optional: degrees of skew of a scan without a text layer
    header: Name of the form | Version 2     # optional, as `footer` is: left | right, on every page
    style: {fonts: [Helvetica, Helvetica-Bold], size: 10, justify: true, title: left, columns: 2, grid: false}
    widths: {2: [150, 320]}        # optional: of the columns, in points, by their number; `small` for the size of their text
    gold: {doc_type: lease, fields: {rent_amount: {value: 950, quote: "$950.00"}}, violations: [deposit above the cap]}
    ---
    # TITLE
    ## 1. Heading
    ### 1.1 Heading of the second order
    A paragraph, with **bold**, a __filled blank__ and a footnote's mark^{a}. Lines that end in two spaces break.
    > an indented paragraph, ^ small print, ~ a centred line
    - an item
    | a table | of cells |
    ---page---  ---landscape---  ---portrait---  ---contents---

The gold of `leases/ohio.pdf` is written beside it as `leases/ohio.gold.json`. Documents come out the same to the byte each time.
"""

import io
import json
import re
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
BREAKS = {f"---{kind}---": kind for kind in ("page", "landscape", "portrait", "contents")}
MARKS = {"# ": "title", "## ": "heading", "### ": "subheading", "> ": "indented", "^ ": "small", "~ ": "centred"}
STAMP = (2025, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a source: its kind (a value of BREAKS or MARKS, "text", "item" or "table"), its text or its rows."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(source: str) -> Iterator[Block]:
    """The blocks of a source's body, in order."""
    for part in re.split(r"\n\s*\n", source.strip()):
        first, _, rest = part.strip().partition("\n")
        mark = re.match(r"#{1,3} |[>^~] ", first)
        if first in BREAKS:
            yield Block(BREAKS[first])
        elif first.startswith("|"):
            lines = part.replace("<br>", "\n ").strip().split("\n|")
            rows = [
                tuple(re.sub(" *\n *", "\n", c.strip()) for c in line.strip().strip("|").split("|")) for line in lines
            ]
            yield Block("table", rows=tuple(row for row in rows if not all(re.fullmatch(r":?-+:?", c) for c in row)))
        elif mark and mark[0].startswith("#"):
            yield Block(MARKS[mark[0]], first[mark.end() :])
            if rest.strip():
                yield Block("text", flowed(rest))
        elif mark:
            yield Block(MARKS[mark[0]], flowed(part.strip()[2:]))
        elif first.startswith("- "):
            for item in re.split(r"\n- ", "\n" + part.strip())[1:]:
                yield Block("item", " ".join(item.split()))
        else:
            yield Block("text", flowed(part))


def flowed(text: str) -> str:
    """Lines joined to a paragraph, except where two spaces ask for a break."""
    return re.sub(r"(?<!  )\n", " ", text.strip()).replace("  \n", "\n")


def write_pdf(path: Path, body: list[Block], head: dict[str, Any]) -> None:
    """Draw a source as a digital PDF, with the head's `header` and `footer` on every page."""
    from reportlab.lib.pagesizes import landscape, letter
    from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
    from reportlab.platypus.tableofcontents import TableOfContents

    look = head.get("style", {})
    fonts = look.get("fonts", ["Times-Roman", "Times-Bold"])
    styles = pdf_styles(fonts, look)
    margin, gap = look.get("margin", 72), 18

    def running(canvas: Any, document: Any) -> None:
        width, height = canvas._pagesize
        canvas.setFont(fonts[0], 9)
        for y, words in (
            (height - 40, head.get("header", "")),
            (36, head.get("footer", " | Page {page}").format(page=document.page)),
        ):
            left, _, right = (part.strip() for part in str(words).partition("|"))
            canvas.drawString(margin, y, left)
            canvas.drawRightString(width - margin, y, right)

    def template(name: str, size: tuple[float, float], columns: int) -> PageTemplate:
        width = (size[0] - 2 * margin - gap * (columns - 1)) / columns
        frames = [
            Frame(margin + i * (width + gap), 58, width, size[1] - 58 - 62, 0, 0, 0, 0, id=f"{name}{i}")
            for i in range(columns)
        ]
        return PageTemplate(id=name, frames=frames, pagesize=size, onPage=running)

    class Paper(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
        def afterFlowable(self, flowable: Flowable) -> None:
            name = getattr(getattr(flowable, "style", None), "name", "")
            if name in ("Heading2", "Heading3"):
                self.notify("TOCEntry", (int(name == "Heading3"), flowable.getPlainText(), self.page))

    document = Paper(str(path), pagesize=letter, title=head.get("title", ""), author="", invariant=True)
    document.addPageTemplates(
        [template("portrait", letter, look.get("columns", 1)), template("landscape", landscape(letter), 1)]
    )
    contents = TableOfContents(dotsMinLevel=0, levelStyles=[styles["Contents"], styles["Contents2"]])
    story = [flowable for block in body for flowable in pdf_flowables(block, styles, head, contents)]
    document.multiBuild(story)


def pdf_styles(fonts: list[str], look: dict[str, Any]) -> Any:
    """The paragraph styles of a document, by name."""
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet

    styles = getSampleStyleSheet()
    size = look.get("size", 11)
    body = styles["BodyText"]
    body.fontName, body.fontSize, body.leading, body.spaceAfter = fonts[0], size, size * 1.27, size * 0.5
    body.alignment = TA_JUSTIFY if look.get("justify") else TA_LEFT
    for name, changes in {
        "Indented": {"leftIndent": 24},
        "Small": {"fontSize": size - 2.5, "leading": size - 0.5, "alignment": TA_LEFT},
        "Centred": {"alignment": TA_CENTER},
        "Cell": {"spaceBefore": 0, "spaceAfter": 0, "alignment": TA_LEFT},
        "Contents": {"spaceBefore": 0, "spaceAfter": 2},
        "Contents2": {"leftIndent": 18, "spaceBefore": 0, "spaceAfter": 1},
    }.items():
        styles.add(ParagraphStyle(name, parent=body, **changes))
    styles["Bullet"].fontName, styles["Bullet"].fontSize, styles["Bullet"].leading = fonts[0], size, size * 1.27
    for name, points in (("Title", size + 4), ("Heading2", size + 1), ("Heading3", size)):
        styles[name].fontName, styles[name].fontSize, styles[name].leading = fonts[-1], points, points * 1.2
        styles[name].keepWithNext = 1
    if look.get("title") == "left":
        styles["Title"].alignment = TA_LEFT
    return styles


def markup(text: str) -> str:
    """A source's bold, blanks and signs in the paragraph language of the PDF writer."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")
    safe = re.sub(r" (?= )", "\u00a0", safe)  # else the writer takes a gap for one space
    safe = safe.replace("[ ]", "[\u00a0]")  # and breaks a line within a box
    safe = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", safe)
    safe = re.sub(r"(?<!_)__([^_].*?)__(?!_)", r"<u>\1</u>", safe)
    safe = re.sub(r"\^\{(.+?)\}", r"<super>\1</super>", safe)
    safe = re.sub(r"[≥≤≠αβ→]", r'<font name="Symbol">\g<0></font>', safe)
    return re.sub(r"[✘❏✔]", r'<font name="ZapfDingbats">\g<0></font>', safe)


def pdf_flowables(block: Block, styles: Any, head: dict[str, Any], contents: Any) -> Iterator[Any]:
    """What is drawn for a block."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import NextPageTemplate, PageBreak, Paragraph, Spacer, Table

    named = {"title": "Title", "heading": "Heading2", "subheading": "Heading3", "item": "Bullet", "text": "BodyText"}
    if block.kind == "contents":
        yield contents
    elif block.kind in BREAKS.values():
        if block.kind != "page":
            yield NextPageTemplate(block.kind)
        yield PageBreak()
    elif block.kind == "table":
        number = len(block.rows[0])
        size = head.get("small", {}).get(number, styles["Cell"].fontSize)
        cell = ParagraphStyle("Fit", parent=styles["Cell"], fontSize=size, leading=size * 1.2)
        rows = [[Paragraph(markup(c), cell) for c in row] for row in block.rows]
        lines = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if head.get("style", {}).get("grid", True) else []
        pad = [(side, (0, 0), (-1, -1), 3) for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")]
        widths = head.get("widths", {}).get(number)
        yield Table(
            rows,
            colWidths=widths,
            repeatRows=int(number > 2),
            style=[*lines, *pad, ("VALIGN", (0, 0), (-1, -1), "TOP")],
        )
        yield Spacer(1, 8)
    else:
        style = styles[named.get(block.kind, block.kind.capitalize())]
        yield Paragraph(markup(block.text), style, bulletText="•" if block.kind == "item" else None)


def write_docx(path: Path, body: list[Block], head: dict[str, Any]) -> None:
    """Write a source as a Word document."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = docx.Document()
    look = head.get("style", {})
    document.styles["Normal"].font.name = look.get("fonts", ["Calibri"])[0]
    document.styles["Normal"].font.size = Pt(look.get("size", 11))
    document.sections[0].header.paragraphs[0].text = head.get("header", "").replace(" | ", "\t\t")
    document.sections[0].footer.paragraphs[0].text = head.get("footer", "")
    for block in body:
        if block.kind == "table":
            table = document.add_table(
                len(block.rows), len(block.rows[0]), style="Table Grid" if look.get("grid", True) else None
            )
            for i, row in enumerate(block.rows):
                for j, text in enumerate(row):
                    write_runs(table.cell(i, j).paragraphs[0], text)
        elif block.kind in BREAKS.values():
            document.add_page_break()  # type: ignore[no-untyped-call]
        elif block.kind in ("title", "heading", "subheading"):
            document.add_heading(block.text, {"title": 0, "heading": 2, "subheading": 3}[block.kind])
        else:
            paragraph = document.add_paragraph(style="List Bullet" if block.kind == "item" else None)
            write_runs(paragraph, block.text)
            if block.kind == "centred":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            if block.kind == "indented":
                paragraph.paragraph_format.left_indent = Pt(24)
    core = document.core_properties
    core.title, core.author = head.get("title", ""), ""
    core.created = core.modified = datetime(*STAMP)
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():  # the same time on every part: the same bytes from every build
            new.writestr(zipfile.ZipInfo(part, STAMP), old.read(part), zipfile.ZIP_DEFLATED)


def write_runs(paragraph: Any, text: str) -> None:
    """Add text to a Word paragraph: bold and underlined where the source has it so."""
    for run in re.split(r"(\*\*.+?\*\*|(?<!_)__[^_].*?__(?!_))", text):
        if run.startswith("**"):
            paragraph.add_run(run[2:-2]).bold = True
        elif run.startswith("__") and not run.startswith("___"):
            paragraph.add_run(run[2:-2]).underline = True
        else:
            paragraph.add_run(run)


def write_scan(path: Path, body: list[Block], head: dict[str, Any]) -> None:
    """Draw a source, then photograph it: grey, grainy, `scan` degrees askew, without a text layer."""
    import numpy
    import pypdfium2
    from PIL import Image

    write_pdf(path, body, head)
    grain = numpy.random.default_rng(7)
    pages = []
    for page in pypdfium2.PdfDocument(path.read_bytes()):
        paper = (
            page.render(scale=150 / 72, grayscale=True)
            .to_pil()
            .rotate(head["scan"], fillcolor=250, resample=Image.Resampling.BICUBIC)
        )
        noisy = numpy.asarray(paper, dtype=float) + grain.normal(0, 9, (paper.height, paper.width))
        pages.append(Image.fromarray(noisy.clip(0, 255).astype("uint8")))
    stamp = time.struct_time((*STAMP, 0, 1, 0))
    pages[0].save(
        path,
        format="PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=150,
        quality=60,
        creationDate=stamp,
        modDate=stamp,
    )


def read_source(source: Path) -> tuple[dict[str, Any], str]:
    """The head and the body of a source."""
    _, head, body = source.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def build(source: Path, below: Path = HERE) -> Path:
    """Make one document and its gold below a folder; the path of the document."""
    head, body = read_source(source)
    path = below / str(head["output"])
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".txt":
        path.write_text(re.sub(r"^#+ |\*\*|(?<!_)__(?!_)", "", body.strip(), flags=re.M) + "\n", encoding="utf-8")
    else:
        write = write_docx if path.suffix == ".docx" else write_scan if "scan" in head else write_pdf
        write(path, list(blocks(body)), head)
    if "gold" in head:
        gold = json.dumps(head["gold"], indent=1, ensure_ascii=False, default=str)
        path.with_suffix(".gold.json").write_text(gold + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    for found in sorted((HERE / "sources").rglob("*.source")):
        if not sys.argv[1:] or found.stem in sys.argv[1:]:
            print(build(found).relative_to(HERE))
