"""DOCX is read as Word shows it with all changes accepted: labels, tables, notes, boxes, fields."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import CorruptDocument, DocumentTooLarge
from pipeline.parse.docx import read_docx
from schemas import Document

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(body: str, **parts: str) -> bytes:
    """A Word file with a body and other parts by name (numbering, styles, footnotes, header1 ...)."""
    links = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for name in parts
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
        **{f"word/{name}.xml": f"<w:{_root(name)} {SPACES}>{xml}</w:{_root(name)}>" for name, xml in parts.items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in files.items():
            archive.writestr(name, xml)
    return buffer.getvalue()


def _root(name: str) -> str:
    return {"header": "hdr", "footer": "ftr"}.get(name.rstrip("0123456789"), name)


def read(body: str, **parts: str) -> Document:
    return read_docx(Path("lease.docx"), package(body, **parts), "0" * 64, 300_000_000)


def p(text: str, properties: str = "", run: str = "") -> str:
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, level: int = 0, list_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(number: int, text: str, form: str = "decimal", more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


LEASE_LIST = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "ARTICLE %1.", "upperRoman")
    + level(1, "%1.%2", more="<w:isLgl/>")
    + level(2, "(%3)", "lowerLetter")
    + level(3, "•", "bullet")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_labels_of_lists_are_counted_level_by_level() -> None:
    body = item("TERM") + item("Length", 1) + item("years", 2) + item("months", 2) + item("dot", 3)
    body += item("Start", 1) + item("days", 2) + item("RENT") + item("Base", 1)
    assert read(body, numbering=LEASE_LIST).text.split("\n") == [
        "ARTICLE I. TERM", "1.1 Length", "(a) years", "(b) months", "dot", "1.2 Start", "(a) days", "ARTICLE II. RENT",
        "2.1 Base"]  # fmt: skip


def test_lists_of_one_definition_go_on_counting_unless_told_to_start_anew() -> None:
    body = item("A") + item("B", list_id=2) + item("C", list_id=3) + item("D", list_id=3)
    assert [x.split(".")[0] for x in read(body, numbering=LEASE_LIST).text.split("\n")] == [
        "ARTICLE I", "ARTICLE II", "ARTICLE I", "ARTICLE II"]  # fmt: skip


def test_labels_come_with_styles_too() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:pPr><w:numPr><w:ilvl w:val="2"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = p("first", '<w:pStyle w:val="Clause"/>') + p("second", '<w:pStyle w:val="Clause"/>')
    body += p("none", '<w:pStyle w:val="Clause"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert read(body, numbering=LEASE_LIST, styles=styles).text == "(a) first\n(b) second\nnone"


def test_heading_styles_make_headings_and_an_outline() -> None:
    styles = (
        '<w:style w:styleId="H"><w:name w:val="heading 1"/><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>'
        '<w:style w:styleId="H2"><w:name w:val="Lease 2"/><w:basedOn w:val="H"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    body = "".join(p(f"ARTICLE {i}", '<w:pStyle w:val="H"/>') + p("Text.") for i in range(5)) + p(
        "Sub", '<w:pStyle w:val="H2"/>'
    )
    document = read(body, styles=styles)
    first, text, *_ = document.lines()
    assert (first.kind, first.bold, first.size) == ("heading", True, 14.0)
    assert (text.kind, text.bold, text.size) == ("body", False, 10.0)
    assert document.outline[0] == (1, "ARTICLE 0", 1)
    assert document.outline[-1] == (2, "Sub", 1)


def test_whole_clauses_in_heading_styles_are_text_and_no_outline() -> None:
    styles = '<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>'
    document = read("".join(p("Tenant shall pay. " * 20, '<w:pStyle w:val="H"/>') for _ in range(6)), styles=styles)
    assert {line.kind for line in document.lines()} == {"body"}
    assert document.outline == ()


def test_changes_are_read_as_accepted() -> None:
    body = f"<w:p>{r('Rent is ')}<w:del>{r('$900')}<w:r><w:delText>$900</w:delText></w:r></w:del><w:ins>{r('$950')}</w:ins>"
    body += f"<w:moveFrom>{r('gone')}</w:moveFrom><w:moveTo>{r(' a month')}</w:moveTo></w:p>"
    body += f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('One ')}</w:p>{p('paragraph.')}"
    assert read(body).text == "Rent is $950 a month\nOne paragraph."


def test_fields_show_their_results() -> None:
    def mark(kind: str, inside: str = "") -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'

    code = "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>"
    body = f"<w:p>{r('RENT ')}{mark('begin')}{code}{mark('separate')}{r('12')}{mark('end')}"
    body += f'<w:fldSimple w:instr="DATE">{r(" May 1")}</w:fldSimple></w:p>'
    box = '<w:ffData><w:checkBox><w:default w:val="0"/>{}</w:checkBox></w:ffData>'
    body += f"<w:p>{mark('begin', box.format('<w:checked/>'))}{mark('end')}{r('pets')}{mark('begin', box.format(''))}{mark('end')}{r('none')}</w:p>"
    assert read(body).text == "RENT 12 May 1\n☒ pets☐ none"


def test_breaks_tabs_hyphens_and_symbols() -> None:
    body = "<w:p><w:r><w:t>Name:</w:t><w:tab/><w:t>Bo</w:t><w:br/><w:t>non</w:t><w:noBreakHyphen/><w:t>payment</w:t>"
    body += '<w:softHyphen/><w:t>s </w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'
    assert read(body).text == "Name: Bo\nnon-payments ☑"


def test_tables_stand_in_their_place_with_spans() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    rows = [
        "<w:trPr><w:tblHeader/></w:trPr>" + cell("Term", '<w:gridSpan w:val="2"/>') + cell("Rent"),
        cell("Year 1", '<w:vMerge w:val="restart"/>') + cell("H1") + cell("$900"),
        cell("", "<w:vMerge/>") + cell("H2") + cell("$950"),
        "<w:trPr><w:del/></w:trPr>" + cell("deleted") + cell("row"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    document = read(p("before") + table + p("after"))
    assert document.text == "before\nTerm\tRent\nYear 1\tH1\t$900\nH2\t$950\nafter"
    found = document.tables[0]
    assert found.rows() == [["Term", "", "Rent"], ["Year 1", "H1", "$900"], ["", "H2", "$950"]]
    assert found.header_rows == 1
    assert (document.slice(found.start, found.end).split("\n")[0], found.cells[2].row_span) == ("Term\tRent", 2)
    assert all(document.slice(c.start, c.end) == c.text for c in found.cells)


def test_a_table_that_frames_the_page_flows() -> None:
    framed = f"<w:tbl><w:tr><w:tc>{p('LEASE', run='<w:b/>')}{item('Rent')}</w:tc></w:tr></w:tbl>"
    document = read(framed, numbering=LEASE_LIST)
    assert (document.text, document.tables) == ("LEASE\nARTICLE I. Rent", ())
    assert next(document.lines()).bold


def test_heads_and_feet_are_read_once_and_known_as_such() -> None:
    references = '<w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/>'
    body = p("one", f"<w:sectPr>{references}</w:sectPr>") + p("two") + f"<w:sectPr>{references}</w:sectPr>"
    document = read(body, header1=p("Oak Street Lease"), footer1=p("Initials ____") + p("3"))
    kinds = [(document.slice(x.start, x.end), x.kind) for x in document.lines()]
    assert kinds == [
        ("Oak Street Lease", "header"), ("one", "body"), ("two", "body"), ("Initials ____", "footer"), ("3", "page_number"),
    ]  # fmt: skip
    assert [page.number for page in document.pages] == [1, 2]


def test_notes_follow_the_page_that_refers_to_them() -> None:
    notes = f'<w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote><w:footnote w:id="2">{p("A note.")}</w:footnote>'
    body = (
        f'<w:p>{r("Rent")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + p("next")
    )
    document = read(body, footnotes=notes)
    assert [(document.slice(x.start, x.end), x.kind) for x in document.lines()] == [
        ("Rent", "body"), ("A note.", "footnote"), ("next", "body")]  # fmt: skip
    assert document.page_at(document.text.index("A note")).number == 1


def test_text_boxes_are_read_once() -> None:
    box = f"<wps:txbx><w:txbxContent>{p('In a box')}</w:txbxContent></wps:txbx>"
    old = f"<w:pict><v:textbox><w:txbxContent>{p('In a box')}</w:txbxContent></v:textbox></w:pict>"
    both = f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    assert read(f"<w:p>{r('Around')}{both}</w:p><w:p><w:r>{old}</w:r></w:p>").text == "Around\nIn a box\nIn a box"


def test_filled_content_controls_are_form_fields() -> None:
    def control(content: str, name: str, more: str = "") -> str:
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{name}"/>{more}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'
        )

    body = f"<w:p>{r('Tenant: ')}{control(r('Bo Li'), 'Tenant')}{r(', rent: ')}{control(r('Click here'), 'Rent', '<w:showingPlcHdr/>')}</w:p>"
    document = read(body + control(p("12 Oak St"), "Premises"))
    assert document.text == "Tenant: Bo Li, rent: ____\n12 Oak St"
    assert [(f.name, document.slice(f.start, f.end)) for f in document.form_fields] == [
        ("Tenant", "Bo Li"), ("Premises", "12 Oak St")]  # fmt: skip


def test_hidden_text_is_left_out_and_told() -> None:
    document = read(p("shown") + p("secret", run="<w:vanish/>"))
    assert (document.text, document.warnings) == ("shown", ("text that can't be seen was left out",))


def test_pages_end_where_word_ended_them() -> None:
    body = p("one") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>"
    body += f"<w:p>{r('runs on')}<w:r><w:lastRenderedPageBreak/><w:t> to three</w:t></w:r></w:p>" + p("three")
    document = read(body + p("four", "<w:pageBreakBefore/>"))
    assert [document.slice(x.start, x.end) for x in document.pages] == ["one", "two\nruns on to three", "three", "four"]


def test_a_zip_bomb_is_refused_by_what_it_unpacks_to() -> None:
    data = package("<w:p/>" + " " * 70_000_000)
    assert len(data) < 100_000
    with pytest.raises(DocumentTooLarge, match="unpacks"):
        read_docx(Path("a.docx"), data, "0" * 64, 300_000_000)
    with pytest.raises(DocumentTooLarge):
        read_docx(Path("a.docx"), package(p("x" * 10_000)), "0" * 64, 1_000)


def test_entities_are_refused() -> None:
    buffer = io.BytesIO()
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        + f"<w:document {SPACES}><w:body>{p('&b;')}</w:body></w:document>"
    )
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", bomb)
    with pytest.raises(CorruptDocument, match="entities"):
        read_docx(Path("a.docx"), buffer.getvalue(), "0" * 64, 300_000_000)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_file_that_is_cut_off_is_said_to_be(cut: float) -> None:
    data = package("".join(p(f"line {i}") for i in range(500)))
    with pytest.raises(CorruptDocument, match=r"cut off or damaged"):
        read_docx(Path("a.docx"), data[: int(len(data) * cut)], "0" * 64, 300_000_000)


def test_a_document_without_a_body_is_corrupt() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {SPACES}/>")
    with pytest.raises(CorruptDocument):
        read_docx(Path("a.docx"), buffer.getvalue(), "0" * 64, 300_000_000)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=60), max_size=12))
def test_lines_slice_the_text_in_order(texts: list[str]) -> None:
    from xml.sax.saxutils import escape

    document = read("".join(p(escape(text)) for text in texts))
    assert "\n".join(document.slice(x.start, x.end) for x in document.lines()) == document.text


@pytest.mark.parametrize("run", ['<w:sz w:val="1"/>', '<w:color w:val="FFFFFF"/>', '<w:color w:val="fdfdfd"/>'])
def test_text_too_small_or_white_on_white_is_left_out_and_told(run: str) -> None:
    document = read(p("shown") + p("secret", run=run))
    assert (document.text, document.warnings) == ("shown", ("text that can't be seen was left out",))


def test_white_on_a_ground_of_its_own_is_read() -> None:
    on_white = '<w:color w:val="FFFFFF"/>'
    shaded = p("on a band", '<w:shd w:val="clear" w:fill="000000"/>', on_white)
    marked = p("marked", run=on_white + '<w:highlight w:val="black"/>')
    cell = f"<w:tbl><w:tr><w:tc>{p('in a cell', run=on_white)}</w:tc></w:tr></w:tbl>"
    assert read(shaded + marked + cell + p("grey", run='<w:color w:val="C0C0C0"/>')).text == (
        "on a band\nmarked\nin a cell\ngrey"
    )
