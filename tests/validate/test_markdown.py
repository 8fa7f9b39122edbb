"""The report as Markdown."""

from pipeline.validate import to_markdown
from pipeline.validate.markdown import FOOT


def test_the_report_says_what_to_do_with_law_quote_and_wording(california):
    report = california.added("The parties waive their right to a jury trial.").report()
    text = to_markdown(report, "lease.pdf")
    assert text.startswith("# lease.pdf: agreement is not fully validated\n")
    assert "## To be done" in text
    assert "### No waiver of jury trial or of procedural rights: violated (critical)" in text
    assert "> p. 1: “The parties waive their right to a jury trial.”" in text
    assert "[Cal. Civ. Code § 1953(a)(4)](https://leginfo.legislature.ca.gov/" in text


def test_the_disclaimer_stands_once_in_the_foot(ohio):
    text = to_markdown(ohio.report())
    assert text.rstrip().endswith(FOOT)
    assert text.count("not legal advice") == 1


def test_advice_is_apart_from_what_must_be_done(ohio):
    report = ohio.edited("twenty-four (24) hours' notice before entering", "a friendly greeting on entering").report()
    text = to_markdown(report)
    assert "## Advice" in text and "## To be done" not in text


def test_what_a_document_says_is_no_markup(ohio):
    report = ohio.added("Tenant <b>waives</b> the warranty of habitability | [x](http://y).").report()
    text = to_markdown(report)
    assert r"\<b\>" in text and r"\[x\](http://y)" in text
