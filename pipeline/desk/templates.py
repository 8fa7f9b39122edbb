"""A standard lease that was uploaded becomes draft knowledge, as `clauseline kb build` makes it."""

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from pipeline.drafting import drafted, keep
from pipeline.generate import backend_for
from pipeline.knowledge.building import differences
from pipeline.settings import Settings
from pipeline.stores import open_knowledge
from schemas import Pack

if TYPE_CHECKING:
    from pipeline.generate.chat import ModelClient

DRAFT = "draft.json"


class DraftReport(BaseModel):
    """What came of a template; people accept it with `clauseline kb accept`."""

    template: str = Field(description="its name, the same for all its editions")
    jurisdiction: str = Field(description="code of the place it is for")
    version: str | None = Field(description="of the place's pack that holds the drafts; None where nothing was new")
    new: list[str] = Field(default_factory=list, description="ids of requirements")
    changed: list[str] = Field(default_factory=list)
    dropped: list[str] = Field(default_factory=list)
    left_out: list[str] = Field(default_factory=list, description="clauses whose content is asked already")
    remarks: list[str] = Field(default_factory=list)


def draft_from(path: Path, settings: Settings, client: "ModelClient | None" = None) -> DraftReport:
    """Draft requirements from a template and keep them; the same template again makes no new version.

    Args:
        path: the template.
        settings: what reads it, and where knowledge is kept.
        client: puts the questions of a backend that asks a chat model.

    Raises:
        KnowledgeError: it is no standard lease of a known place.
        StoreError: the draft can't be kept.
    """
    made = drafted(path, settings, backend_for(settings.backend, settings, client), None, None)
    with open_knowledge(settings.knowledge_url, settings.database_patience) as knowledge:
        pack = keep(made, knowledge)
    report = DraftReport(
        template=made.template.name, jurisdiction=made.template.code, version=None, remarks=list(made.remarks),
        left_out=[what for what, _ in made.left_out],
    )  # fmt: skip
    return report if pack is None else report.model_copy(update=_news(pack))


def _news(pack: Pack) -> dict[str, object]:
    found = differences(pack)
    return {
        "version": pack.version,
        "new": [r.id for r in found.new],
        "changed": [new.id for _, new in found.changed],
        "dropped": [r.id for r in found.dropped],
    }
