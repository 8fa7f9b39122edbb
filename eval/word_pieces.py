"""The word pieces an encoder knows: the vocabulary it was pre-trained with, cut down to what leases are written in."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

LONGEST = 96  # word pieces of a sentence that are read
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def small_vocabulary(tokenizer: Mapping[str, Any], needed: Iterable[str], common: int) -> dict[str, int]:
    """The word pieces that are kept, with their numbers in the pre-trained vocabulary; a word without a piece falls into smaller ones.

    Args:
        tokenizer: the description of the pre-trained one.
        needed: pieces that occur in what is learned from.
        common: pieces kept for being frequent: the vocabulary is in order of frequency.

    >>> words = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "a": 4, "rent": 5, "##s": 6, "zebra": 7}
    >>> list(small_vocabulary({"model": {"vocab": words}}, ["rent"], 0))
    ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'a', 'rent', '##s']
    """
    every: dict[str, int] = tokenizer["model"]["vocab"]
    kept = set(needed) | set(_SPECIAL)
    kept |= {piece for piece in every if len(piece.removeprefix("##")) == 1 and piece.isascii()}
    kept |= {piece for piece, at in every.items() if at < common and not piece.startswith("[") and piece.isascii()}
    return {piece: at for piece, at in sorted(every.items(), key=lambda item: item[1]) if piece in kept}


def with_vocabulary(tokenizer: Mapping[str, Any], kept: Mapping[str, int]) -> dict[str, Any]:
    """The tokenizer's description for the pieces that are kept, numbered anew; it cuts a sentence at LONGEST pieces."""
    numbers = {piece: number for number, piece in enumerate(kept)}
    special = [t | {"id": numbers[t["content"]]} for t in tokenizer["added_tokens"] if t["content"] in numbers]
    post = json.loads(json.dumps(tokenizer["post_processor"]))
    for name, token in post.get("special_tokens", {}).items():
        token["ids"] = [numbers[name]]
    return {
        **tokenizer,
        "added_tokens": special,
        "post_processor": post,
        "model": {**tokenizer["model"], "vocab": numbers},
        "truncation": {"direction": "Right", "max_length": LONGEST, "strategy": "LongestFirst", "stride": 0},
        "padding": None,
    }
