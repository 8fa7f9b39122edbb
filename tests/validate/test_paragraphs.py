"""Paragraphs cover a text once; headings stay with what they head."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.validate.paragraphs import LONGEST, paragraphs_of


@given(st.text(alphabet=st.sampled_from("ab. ;\n1(“A"), max_size=300))
def test_paragraphs_cover_the_text_once(text):
    spans = paragraphs_of(text, text)
    assert "".join(text[a:b] for a, b in spans) == text


def test_a_heading_belongs_to_what_it_heads_and_figures_do_not_start_an_item():
    text = "SECURITY DEPOSIT\n\nReturned within thirty\n(30) days of the end of the term, with an itemized list of every deduction made.\n(b) No interest."
    spans = [text[a:b] for a, b in paragraphs_of(text, text)]
    assert [s.split()[0] for s in spans] == ["SECURITY", "(b)"]


def test_a_line_that_ends_short_ends_its_paragraph_where_no_empty_line_does():
    text = "Tenant pays the rent on the first day of each month at the office of Landlord.\nNo pets.\nTenant keeps the home clean and reports leaks to Landlord without delay."
    assert next(text[a:b] for a, b in paragraphs_of(text, text)).endswith("No pets.\n")


def test_a_long_paragraph_is_cut_at_a_sentence():
    text = "Tenant keeps the home clean. " * 200
    spans = paragraphs_of(text, text)
    assert all(b - a <= LONGEST for a, b in spans) and all(text[:b].rstrip().endswith(".") for _, b in spans)
