"""A text reduced to its letters and digits, with the offset of each: what quotes are looked up in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pipeline.generate.grounding import squeeze

Span = tuple[int, int]

_GRAM = 6  # letters that an approximate match must share somewhere with the quote
_HITS = 24  # places looked at for one such gram


@dataclass(frozen=True)
class Letters:
    """A text reduced to its letters and digits, and for each of them the offset it stands at in the text."""

    letters: str
    codes: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.int64]

    @classmethod
    def of(cls, text: str, left_out: Sequence[Span]) -> "Letters":
        """Reduce a text, without the spans `left_out`."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        codes = np.where(codes < 0x10000, codes, 0)
        present = np.flatnonzero(np.bincount(codes, minlength=1))
        lengths = np.zeros(int(present[-1]) + 1 if len(present) else 1, dtype=np.int64)
        starts = np.zeros_like(lengths)
        flat: list[int] = []
        for code in present.tolist():
            reduced = squeeze(chr(code))
            lengths[code], starts[code] = len(reduced), len(flat)
            flat.extend(map(ord, reduced))
        counts = lengths[codes]
        for low, high in left_out:
            counts[low:high] = 0
        offsets = np.repeat(np.arange(len(codes), dtype=np.int64), counts)
        within = np.arange(len(offsets)) - np.repeat(np.cumsum(counts) - counts, counts)
        reduced_codes = np.asarray(flat or [0], dtype=np.uint32)[starts[codes[offsets]] + within]
        return cls(reduced_codes.astype("<u4").tobytes().decode("utf-32-le"), reduced_codes, offsets)

    def between(self, low: int, high: int) -> Span:
        """The letters that stand between two offsets of the text."""
        first, last = np.searchsorted(self.offsets, (low, high))
        return int(first), int(last)

    def span(self, first: int, last: int) -> Span:
        """Where in the text the letters `first`..`last` stand."""
        return int(self.offsets[first]), int(self.offsets[last - 1]) + 1

    @cached_property
    def _grams(self) -> npt.NDArray[np.uint64]:
        """Every run of `_GRAM` letters, sorted: its hash, and in the lowest bits of that the place it stands at."""
        hashes = _gram_hashes(self.codes)
        shift = self._place_bits
        return np.sort((hashes >> shift << shift) | np.arange(len(hashes), dtype=np.uint64))

    @property
    def _place_bits(self) -> np.uint64:
        """How many bits the place of a letter takes."""
        return np.uint64(len(self.codes).bit_length())

    def aligned(self, wanted: str, within: Span | None) -> Span | None:
        """The letters most like `wanted`, if they are like it enough; `within` a span of the text is preferred."""
        from rapidfuzz.fuzz import partial_ratio_alignment

        best, best_score = None, 85.0 if len(wanted) >= 30 else 90.0
        slack = len(wanted) // 4 + _GRAM
        for near in self._similar(wanted, within):
            low = max(0, near - slack)
            window = self.letters[low : near + len(wanted) + slack]
            found = partial_ratio_alignment(wanted, window, score_cutoff=best_score)
            if found is not None and found.dest_end > found.dest_start and (best is None or found.score > best_score):
                best, best_score = (low + found.dest_start, low + found.dest_end), found.score
        return best

    def _similar(self, wanted: str, within: Span | None, most: int = 4) -> list[int]:
        """Where a text like `wanted` may begin: the alignments on which it shares most grams with this one."""
        grams = _gram_hashes(np.asarray([ord(c) for c in wanted], dtype=np.uint32))
        shift, known = self._place_bits, self._grams
        first_place = grams >> shift << shift
        low = np.searchsorted(known, first_place)
        place = (np.uint64(1) << shift) - np.uint64(1)  # the bits of a place
        hits = np.minimum(np.searchsorted(known, first_place | place, "right") - low, _HITS)
        width = max(8, len(wanted) // 4)
        nth = np.arange(hits.sum()) - np.repeat(np.cumsum(hits) - hits, hits)  # which hit of its gram, from 0
        places = known[np.repeat(low, hits) + nth] & place
        begins = places.astype(np.int64) - np.repeat(np.arange(len(grams)), hits)
        buckets, bucket, votes = np.unique(begins // width, return_inverse=True, return_counts=True)
        rank = np.bincount(bucket, weights=np.repeat(1 / np.maximum(hits, 1), hits))  # what is rare says more
        if within is not None:
            first, last = self.between(*within)
            inside = (first - width <= buckets * width) & (buckets * width <= last)
            votes, rank = votes + 2 * inside, rank + 2 * inside
        best = [i for i in np.argsort(-rank, kind="stable")[:most].tolist() if votes[i] > 1]
        return [max(0, int(buckets[i]) * width) for i in best]


def _gram_hashes(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """A hash of each run of `_GRAM` codes."""
    count = max(0, len(codes) - _GRAM + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for k in range(_GRAM):
        hashes = hashes * np.uint64(1_000_003) + codes[k : k + count].astype(np.uint64)
    return hashes
