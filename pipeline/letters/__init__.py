"""Letters of a tenancy: written from its record by templates, and archived as they were sent."""

from pipeline.letters.archive import SentLetter, keep_letter, letter_content, sent_letters
from pipeline.letters.letter import BLANK, Letter, letter_kinds, write_letter

__all__ = [
    "BLANK", "Letter", "SentLetter", "keep_letter", "letter_content", "letter_kinds", "sent_letters", "write_letter",
]  # fmt: skip
