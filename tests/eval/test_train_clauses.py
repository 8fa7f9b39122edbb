"""Learning to recognise forbidden clauses, on a handful of sentences."""

from eval.train_clauses import Sentence, held_out, kinds, learn, report, sentences, written

LAWFUL = [
    "Rent is due on the first day of the month at the office.", "Tenant keeps the yard clean and mows the lawn in summer.",
    "Landlord repairs the furnace and the roof at its own cost.", "Two cars may be parked in the garage behind the house.",
]  # fmt: skip


def test_sentences_of_a_lease_keep_their_short_headings():
    lease = "1. RENT.\nThe rent is $900 a month.  It is due on the first day.\n\n2. KEYS. Two keys are given to Tenant."
    assert sentences(lease) == [
        "1. RENT. The rent is $900 a month.", "It is due on the first day.", "2. KEYS. Two keys are given to Tenant.",
    ]  # fmt: skip


def test_every_kind_has_forbidden_and_lawful_sentences():
    kept = list(written())
    for kind in kinds():
        assert sum(s.kind == kind for s in kept) >= 80
        assert sum(s.about == kind and not s.kind for s in kept) >= 80


def test_what_is_learned_is_found_again():
    training = [*written(), *(Sentence(text, "") for text in LAWFUL)]
    some = [
        s for s in training if s.kind in ("", "confession_of_judgment") and s.about in ("", "confession_of_judgment")
    ]
    others = [next(s for s in training if s.kind == kind) for kind in kinds()]
    model = learn([*some, *others], 20.0)
    figures = report(model, some)["confession_of_judgment"]
    assert figures["found"] > 0.9 * figures["sentences"]
    assert figures["taken"] < 0.1 * figures["sentences"]


def test_leases_held_out_are_kept_from_what_is_learned_from_with_all_their_sentences():
    leases = [Sentence("Rent is due.", "", name) for name in ("c1-ohio-1", "e1-utah-1", "e1-utah-1", "e3-iowa-1")]
    others, apart = held_out(leases, ["e1-", "e3-"])
    assert [s.about for s in others] == ["c1-ohio-1"]
    assert [s.about for s in apart] == ["e1-utah-1", "e1-utah-1", "e3-iowa-1"]
