"""Up to where all passages have vectors, so that the search for those without need not look at every one."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COMMENT = "all chunks up to this one have vectors; 0 if that is not known"


def upgrade() -> None:
    column = sa.Column("complete", sa.Integer(), nullable=False, server_default="0", comment=COMMENT)
    op.add_column("vector_indexes", column)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "UPDATE vector_indexes SET complete = coalesce("
            "(SELECT c.id - 1 FROM chunks c WHERE NOT EXISTS (SELECT 1 FROM vectors v "
            "WHERE v.model = vector_indexes.model AND v.chunk = c.id) ORDER BY c.id LIMIT 1), "
            "(SELECT max(id) FROM chunks), 0)"
        )
