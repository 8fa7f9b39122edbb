"""The report as a page of its own: everything said, nothing of the document taken as markup."""

from datetime import UTC, datetime

from lxml import html

from pipeline.validate import compare, to_html


def page(report, title="lease.pdf"):
    return html.fromstring(to_html(report, title))


def test_a_lease_in_order_says_so(ohio):
    tree = page(ohio.report())
    assert tree.xpath("//*[@class='status whole']")[0].text == "agreement is validated"
    assert not tree.xpath("//h2[text()='To be done']")


def test_a_fault_comes_with_its_quote_its_law_and_what_to_write(ohio):
    lease = ohio.edited("Within thirty (30) days after", "Within sixty (60) days after")
    [article] = page(lease.report()).xpath("//article[.//h3[contains(., 'Deposit returned')]]")
    text = article.text_content()
    assert "sixty (60) days" in text and "at most 30 days" in text
    assert article.xpath(".//a/@href")[0].startswith("https://codes.ohio.gov/")
    assert "Dana Whitlock" in article.xpath(".//*[@class='wording']")[0].text


def test_the_disclaimer_is_said_once_in_the_foot(ohio):
    text = to_html(ohio.report())
    assert text.count("not legal advice") == 1
    assert "not legal advice" in page(ohio.report()).xpath("//footer")[0].text


def test_what_a_document_says_is_never_markup(ohio):
    lease = ohio.added("Landlord may change the locks <script>alert(1)</script> and exclude Tenant <b>at once</b>.")
    report = lease.report()
    quoted = [e for r in report.requirements for e in r.evidence if "<script>" in e.quote]
    assert quoted
    tree = page(report, title="<img src=x>")
    assert not tree.xpath("//script") and not tree.xpath("//img") and not tree.xpath("//b")


def test_only_web_addresses_become_links(ohio):
    report = ohio.report()
    odd = report.requirements[0].model_copy(update={"url": "javascript:alert(1)"})
    tree = page(report.model_copy(update={"requirements": [odd]}))
    assert not [a for a in tree.xpath("//a/@href") if not a.startswith("http")]


def test_what_changed_stands_before_what_is_to_be_done(ohio):
    before = ohio.edited("Within thirty (30) days after", "Within sixty (60) days after").report()
    now = ohio.report()
    since = compare(before, now, made=datetime(2026, 1, 2, 3, 4, tzinfo=UTC), path="old.pdf")
    tree = page(now.model_copy(update={"since": since}))
    assert tree.xpath("//h2")[0].text == "Since the last report"
    assert "Deposit returned within 30 days" in tree.xpath("//table")[0].text_content()
