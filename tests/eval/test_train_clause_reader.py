"""What the encoder of clauses is taught from, and how it is measured; teaching itself needs torch and half an hour."""

import json

import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from eval.train_clause_reader import figures, kinds, suspected
from eval.train_clauses import Sentence
from eval.word_pieces import LONGEST, small_vocabulary, with_vocabulary
from pipeline.validate.clause_kinds import shipped_model


def described():
    """A tokenizer as the pre-trained one is described, with few pieces."""
    pieces = ["[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]", "r", "##e", "##n", "##t", "rent", "lease", "tenant"]
    whole = Tokenizer(models.WordPiece({piece: n for n, piece in enumerate(pieces)}, unk_token="[UNK]"))
    whole.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    whole.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    whole.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", special_tokens=[("[CLS]", 3), ("[SEP]", 4)])
    return json.loads(whole.to_str())


def test_a_sentence_has_the_same_pieces_in_the_smaller_vocabulary():
    kept = small_vocabulary(described(), ["tenant"], 0)
    small = Tokenizer.from_str(json.dumps(with_vocabulary(described(), kept)))
    assert small.encode("tenant").tokens == ["[CLS]", "tenant", "[SEP]"]
    assert small.encode("tenant").ids == [list(kept).index(piece) for piece in ("[CLS]", "tenant", "[SEP]")]


def test_a_word_that_is_not_kept_falls_into_smaller_pieces():
    kept = small_vocabulary(described(), [], 0)
    small = Tokenizer.from_str(json.dumps(with_vocabulary(described(), kept)))
    assert small.encode("rent").tokens == ["[CLS]", "r", "##e", "##n", "##t", "[SEP]"]


def test_a_sentence_is_cut_at_the_longest_that_is_read():
    small = Tokenizer.from_str(json.dumps(with_vocabulary(described(), small_vocabulary(described(), ["rent"], 0))))
    assert len(small.encode("rent " * 300).ids) == LONGEST


def test_lawful_sentences_that_no_word_makes_suspicious_are_left_out_and_each_is_learned_from_once():
    waiver = "Tenant waives trial by jury."
    given = [
        Sentence(waiver, "jury_waiver"),
        Sentence(waiver, "jury_waiver"),
        Sentence("Rent is $900 a month, due on the first.", ""),
    ]
    assert suspected(given, shipped_model()) == [Sentence("tenant waives trial by jury.", "jury_waiver")]


def test_the_figures_count_what_is_found_and_what_is_taken():
    said = np.zeros((3, len(kinds()) + 1))
    said[0, 0], said[1, 0], said[2, -1] = 0.8, 0.6, 1.0
    sentences = [Sentence("a", kinds()[0]), Sentence("b", ""), Sentence("c", "")]
    lines = list(figures(said, sentences))
    assert lines[1] == "at 0.5: 1 of 1 forbidden found, 1 of 2 lawful taken"
    assert lines[2] == "at 0.7: 1 of 1 forbidden found, 0 of 2 lawful taken"
