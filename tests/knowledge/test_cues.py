"""The cue language: what a cue finds, what filters it, what it may not do."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge.cues import GAP, anchors, faults, find_cue, pieces

WORDS = st.sampled_from(
    ["return", "deposit", "tenant", "landlord", "shall", "not", "within", "days", "rent", "lease", "waive", "."]
)


def found(cue, text):
    return [text[a:b] for a, b in find_cue(cue, text, 0, len(text))]


def test_a_cue_starts_at_a_word_and_leaves_the_ending_open():
    assert found("deposit", "the deposits of a redeposit") == ["deposit"]


def test_a_gap_stays_within_a_sentence_and_eighty_characters():
    assert found("return .. deposit", "return any part of the deposit") == ["return any part of the deposit"]
    assert found("return .. deposit", "return the keys. the deposit is kept") == []
    assert found("return .. deposit", "return " + "x" * (GAP + 1) + " deposit") == []


def test_word_classes_cover_the_parties_names():
    for word in ("landlord", "lessor's", "the owner", "management"):
        assert found("{landlord} .. may enter", f"{word} may enter")
    assert found("{not} .. liable", "in no event be liable") == ["no event be liable"]
    assert found("{not} .. liable", "notices are liable") == []


@pytest.mark.parametrize(
    ("cue", "why"),
    [
        ("(a+)+b word", "repeat"),
        ("(?=x)word", "look-around"),
        ("(word) \\1", "back-references"),
        ("word.*rent", "gap"),
        ("Word", "lower case"),
        ("a|b", "alternatives"),
        ("of", "three letters"),
        ("word(", "compile"),
        ("{landlrd} word", "unknown word class"),
        ("word\x08", "backslash"),
    ],
)
def test_a_cue_that_could_be_slow_or_says_nothing_is_refused(cue, why):
    assert any(why in fault for fault in faults(cue))


def test_a_good_cue_has_no_faults():
    assert faults("(return|refund)(s|ed)? .. {landlord} .. deposit\\b") == []


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_what_a_cue_finds_holds_its_anchors(text):
    for cue in ("return .. deposit", "{tenant} .. (waive|deposit)", "(within|days) of", "{landlord} shall not"):
        for start, end in find_cue(cue, text, 0, len(text)):
            for piece in pieces(cue):
                assert all(any(word in text[start:end] for word in words) for words in anchors(piece))


def test_a_hostile_text_costs_linear_time():
    cue = "{landlord} .. {not} .. (liable|responsible) .. (injur|damage|loss)"
    text = "landlord may not be responsible " * 4_000
    started = time.process_time()
    find_cue(cue, text, 0, len(text))
    assert time.process_time() - started < 2
