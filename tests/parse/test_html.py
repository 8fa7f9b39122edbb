"""HTML is read as a browser shows it: blocks, tables, lists, hidden text, page breaks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import CorruptDocument, DocumentTooLarge
from pipeline.parse.html import read_html
from schemas import Document


def read(body: str | bytes) -> Document:
    data = body if isinstance(body, bytes) else f"<html><body>{body}</body></html>".encode()
    return read_html(Path("lease.html"), data, "0" * 64)


def lines(body: str) -> list[str]:
    return read(body).text.split("\n")


def test_blocks_are_lines_and_inline_elements_are_not() -> None:
    assert lines("<p>The <b>Ten</b>ant\n   shall&nbsp;&nbsp;pay on the 1<sup>st</sup></p><div>Rent<br>Deposit</div>tail") == [
        "The Tenant shall pay on the 1st", "Rent", "Deposit", "tail"]  # fmt: skip


def test_size_weight_and_headings_are_kept() -> None:
    document = read('<h2>1. RENT</h2><p style="font:bold 10pt Arial">TERM</p><p><font size="1">fine print</font></p>')
    heading, bold, fine = document.lines()
    assert (heading.kind, heading.bold, bold.kind, bold.bold) == ("heading", True, "body", True)
    assert fine.size < heading.size
    assert document.outline == ((2, "1. RENT", 1),)


def test_a_table_of_data_becomes_rows_and_cells() -> None:
    body = """<table><tr><th>Year</th><th></th><th colspan=2>Monthly rent</th></tr>
      <tr><td>1</td><td>&nbsp;</td><td>$</td><td>1,450.00</td></tr><tr><td>2</td><td></td><td>$</td><td>1,500.00</td></tr>
      </table>"""
    document = read(body)
    table = document.tables[0]
    assert table.rows() == [["Year", "Monthly rent"], ["1", "$1,450.00"], ["2", "$1,500.00"]]
    assert document.text == "Year\tMonthly rent\n1\t$1,450.00\n2\t$1,500.00"
    assert all(document.slice(c.start, c.end) == c.text for c in table.cells)
    assert {line.kind for line in document.lines()} == {"table"}


def test_cells_with_paragraphs_stand_on_lines_of_their_own() -> None:
    document = read(
        "<table><tr><td>Landlord</td><td><p>Acme LLC</p><p>1 Main St</p></td></tr>"
        "<tr><td>Tenant</td><td>Bo Li</td></tr></table>"
    )
    assert document.text == "Landlord\nAcme LLC\n1 Main St\nTenant\tBo Li"
    assert document.tables[0].rows()[0] == ["Landlord", "Acme LLC\n1 Main St"]
    assert all(document.slice(c.start, c.end) == c.text for c in document.tables[0].cells)


def test_tables_that_only_arrange_text_flow() -> None:
    clause = "<table><tr><td></td><td>(a)</td><td>Tenant pays rent.</td></tr><tr><td></td><td>(b)</td><td>Monthly.</td></tr></table>"
    frame = f"<table><tr><td>{clause}<p>END</p></td></tr></table>"
    document = read(frame)
    assert document.text.split("\n") == ["(a) Tenant pays rent.", "(b) Monthly.", "END"]
    assert document.tables == ()


def test_numbers_without_a_stop_are_data_and_no_labels() -> None:
    document = read("<table><tr><td>1</td><td>$950</td></tr><tr><td>2</td><td>$975</td></tr></table>")
    assert document.tables[0].rows() == [["1", "$950"], ["2", "$975"]]


def test_ordered_lists_show_their_numbers() -> None:
    assert lines('<ol type="a" start="3"><li>one</li><li value="7"><p>two</p></li><li>three</li></ol><ul><li>dot</li></ul>') == [
        "c. one", "g. two", "h. three", "dot"]  # fmt: skip


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">secret</p>',
        '<span style="visibility: hidden">secret</span>',
        '<font color="#FFFFFF">secret</font>',
        '<span style="color:white">secret</span>',
        '<p style="font-size:0">secret</p>',
        "<p hidden>secret</p>",
        "<style>.x {display:none}</style><p class='x'>secret</p>",
    ],
)
def test_hidden_text_is_left_out_and_told(hidden: str) -> None:
    document = read(f"<p>shown</p>{hidden}")
    assert document.text == "shown"
    assert "hidden" in document.warnings[0]


def test_white_on_a_dark_ground_is_shown() -> None:
    document = read('<div style="background-color:#003366"><span style="color:#fff">RENT</span></div>')
    assert document.text == "RENT"
    assert document.warnings == ()


def test_scripts_styles_and_comments_are_dropped() -> None:
    assert lines("<script>var x = 1</script><style>p {}</style><!-- note --><p>Rent</p><noscript>no</noscript>") == [
        "Rent"
    ]


def test_page_breaks_of_styles_and_rules_under_page_numbers_end_pages() -> None:
    document = read(
        '<p>one</p><p>1</p><hr><p>two</p><p>- 2 -</p><p style="page-break-before:always">three</p><hr><p>still three</p>'
    )
    assert [document.slice(p.start, p.end) for p in document.pages] == ["one\n1", "two\n- 2 -", "three\nstill three"]
    assert [document.slice(x.start, x.end) for x in document.lines() if x.kind == "page_number"] == ["1", "- 2 -"]


def test_page_numbers_left_in_flowing_text_are_known_by_their_series() -> None:
    paragraphs = "".join(
        f"<p>Clause {i} says something</p>" + (f"<p>{i // 10 + 1}</p>" if i % 10 == 9 else "") for i in range(60)
    )
    numbers = [line for line in read(paragraphs).lines() if line.kind == "page_number"]
    assert len(numbers) == 6


def test_form_values_are_part_of_the_text() -> None:
    document = read(
        'Name: <input name="tenant" value="Bo Li"> Pets: <input type="checkbox" checked>yes <input type="checkbox">no '
        '<select name="state"><option>Ohio<option selected>Utah</select><input type="hidden" value="x">'
    )
    assert document.text == "Name: Bo Li Pets: ☒ yes ☐ no Utah"
    assert [(f.name, f.value) for f in document.form_fields] == [("tenant", "Bo Li"), ("state", "Utah")]


def test_declared_encodings_are_obeyed_unless_it_is_utf8() -> None:
    assert read(b'<html><head><meta charset="iso-8859-1"></head><p>\x93Rent\x94</p></html>').text == "“Rent”"
    assert read('<html><head><meta charset="iso-8859-1"></head><p>“Rent”</p></html>'.encode()).text == "“Rent”"


def test_an_edgar_wrapper_is_taken_off() -> None:
    wrapped = "<DOCUMENT>\n<TYPE>EX-10.1\n<SEQUENCE>2\n<FILENAME>ex10.htm\n<TEXT>\n<HTML><BODY><P>LEASE</P></BODY></HTML>\n</TEXT>\n</DOCUMENT>"
    assert read(wrapped.encode()).text == "LEASE"


def test_html_without_text_is_said_to_be_empty() -> None:
    with pytest.raises(CorruptDocument, match="save it again"):
        read_html(Path("a.html"), b"<!-- -->", "0" * 64)


def test_deep_nesting_and_unclosed_tags_lose_nothing() -> None:
    assert "deep" in read("<font>" * 1_500 + "deep").text
    assert read("<table><tr><td>" * 300 + "inside" + "</table>" * 300).text.count("inside") == 1


TAGS = ["p", "div", "b", "table", "tr", "td", "li", "ol", "br", "hr", "h1", "span", "input", "pre", "font"]


@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t}>" for t in TAGS]),
            st.sampled_from(
                ['<p style="display:none">', '<td colspan="999999999">', '<ol start="x">', "<td rowspan=3>"]
            ),
            st.text(max_size=20),
        ),
        max_size=40,
    )
)
def test_any_soup_is_read_and_its_lines_slice_the_text_in_order(parts: list[str]) -> None:
    try:
        document = read("x" + "".join(parts))
    except CorruptDocument:
        return
    said = [document.slice(line.start, line.end) for line in document.lines()]
    assert "\n".join(said) == document.text
    for table in document.tables:
        assert all(document.slice(c.start, c.end) == c.text for c in table.cells)
        assert all(row for row in table.rows())


def test_more_markup_than_fits_into_memory_is_refused() -> None:
    with pytest.raises(DocumentTooLarge, match="split it"):
        read(b"<p>" * 2_600_000)
