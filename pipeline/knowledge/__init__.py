"""The jurisdiction knowledge base: packs of requirements as data, looked up by place and date."""

from pipeline.knowledge.check import check_pack, check_packs
from pipeline.knowledge.own import KnowledgeSource, OwnPacks
from pipeline.knowledge.packs import codes_for, knowledge_version, load_pack, load_packs, lookup, pack_codes

__all__ = [
    "KnowledgeSource",
    "OwnPacks",
    "check_pack",
    "check_packs",
    "codes_for",
    "knowledge_version",
    "load_pack",
    "load_packs",
    "lookup",
    "pack_codes",
]
