"""Document type and jurisdiction of a document."""

from pipeline.classify.doc_type import Classified, doc_type_of
from pipeline.classify.jurisdiction import jurisdiction_of, parse_code

__all__ = ["Classified", "doc_type_of", "jurisdiction_of", "parse_code"]
